import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, realpath, rename, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { SavedOutputs } from '../../core/ports/StudyStore.ts';
import { listArtifacts } from './listArtifacts.ts';
import { translateFileError } from './translateFileError.ts';

/** What tools obey: a script's output has no place there. */
const OBEYED = new Set(['.git', '.hg', '.svn', '.hone', '.vscode', '.idea']);
/** Names that mean something else to Windows than to the container that wrote them. */
const FOREIGN = /[<>:"|?*\\]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Copies what untrusted code left in `directory` to the same places below `target`. Nothing is written through a link or outside, and a file
 * that is there is replaced only where `overwrite` says so.
 */
export async function saveArtifacts(
  directory: string,
  { target, overwrite }: { readonly target: string; readonly overwrite: boolean },
): Promise<SavedOutputs> {
  const [saved, existing, refused]: [string[], string[], string[]] = [[], [], []];
  try {
    await mkdir(target, { recursive: true });
    const root = await realpath(target); // The folder itself may be named by a link; nothing below it may be one.
    for (const { path } of await listArtifacts(directory)) {
      const parts = path.split('/');
      const place = join(root, ...parts);
      const found = isRefused(parts) ? 'blocked' : await lookAt(root, parts);
      if (found === 'blocked') refused.push(path);
      else if (found === 'file' && !overwrite) existing.push(path);
      else {
        await mkdir(dirname(place), { recursive: true });
        await copyWhole(join(directory, ...parts), place);
        saved.push(path);
      }
    }
    return { target: root, saved, existing, refused };
  } catch (error) {
    throw translateFileError(error, target);
  }
}

function isRefused(parts: readonly string[]): boolean {
  return parts.some((part) => OBEYED.has(part.toLowerCase()) || (process.platform === 'win32' && FOREIGN.test(part)));
}

/** What is at a place: nothing, a file, or something that is not written over: a link, a folder, or a way that leads through one that is no folder. */
async function lookAt(root: string, parts: readonly string[]): Promise<'free' | 'file' | 'blocked'> {
  let path = root;
  for (const [index, part] of parts.entries()) {
    path = join(path, part);
    const found = await lstat(path).catch(() => null);
    if (found === null) return 'free';
    if (index === parts.length - 1) return found.isFile() ? 'file' : 'blocked';
    if (!found.isDirectory()) return 'blocked';
  }
  return 'blocked';
}

/** Nobody sees half a file, and one that is replaced keeps its content until the new one is there. */
async function copyWhole(from: string, to: string): Promise<void> {
  const draft = `${to}.${randomUUID()}.part`;
  try {
    await copyFile(from, draft, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await rename(draft, to);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
