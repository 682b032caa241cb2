import { join } from 'node:path';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import type { PipelineProposal } from './planPipeline.ts';

/**
 * Writes proposed Jenkins files, file by file; the record last, so that what was cut off is merged again.
 * @throws HoneError `usage` where a file holds another text by now; `read-only`, `disk-full`
 */
export async function writePipeline({ sources }: HonePorts, folder: string, { changes }: PipelineProposal): Promise<void> {
  for (const { path, before, after } of changes) await sources.write(folder, join(folder, path), before, after);
}
