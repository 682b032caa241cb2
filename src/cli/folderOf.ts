import { dirname, resolve } from 'node:path';
import { isWithin } from '../app/locateScript.ts';
import { HoneError } from '../base/HoneError.ts';
import type { CommandContext } from './CommandContext.ts';

/** The folder that a run belongs to: the working folder, or the script's own where it lies elsewhere. */
export async function folderOf({ ports, terminal }: CommandContext, script: string | undefined, cwd: string): Promise<string> {
  const given = resolve(cwd, script ?? '.');
  const kind = await ports.project.kindOf(given);
  if (kind === null) throw new HoneError('usage', `${given} does not exist.`, { next: 'Check the path.' });
  if (isWithin(cwd, given)) return cwd;
  const folder = kind === 'directory' ? given : dirname(given);
  terminal.say(`Working in ${folder}.`);
  return folder;
}
