import { join } from 'node:path';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import type { Proposal } from './proposeBest.ts';

/**
 * Writes a proposal to the user's files, file by file.
 * @throws HoneError `usage` where a file holds another text by now; `read-only`, `disk-full`
 */
export async function applyProposal({ sources }: HonePorts, folder: string, { changes }: Proposal): Promise<void> {
  for (const { path, before, after } of changes) await sources.write(folder, join(folder, path), before, after);
}
