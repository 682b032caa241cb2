import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { Range, Uri } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';
import { RemediableError } from '../commands/RemediableError.ts';
import type { FileInFolder } from '../Workspace.ts';
import { configurationLine, configurationPlaces } from './configurationPlace.ts';

/** The failure of a run; one that hone.yaml is to blame for leads to the line in it. */
export async function remedyConfiguration(error: unknown, script: FileInFolder): Promise<unknown> {
  const line = configurationLine(error);
  if (line === null || !(error instanceof HoneError)) return error;
  for (const place of configurationPlaces(script.path)) {
    const path = join(script.folder, place);
    if (!(await exists(path))) continue;
    const selection = new Range(line - 1, 0, line - 1, 0);
    return new RemediableError(error, {
      title: 'Open hone.yaml',
      command: 'vscode.open',
      arguments: [Uri.file(path), { selection }],
    });
  }
  return error;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
