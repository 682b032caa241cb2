import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import type { ImageRecipe } from '../../core/images/ImageRecipe.ts';
import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import type { Environment, Progress } from '../../core/ports/Runtime.ts';
import { buildTolerantly } from '../buildTolerantly.ts';
import { findVenv, nameVenv, type VenvPlace } from './findVenv.ts';
import { installPackages } from './installPackages.ts';
import { runProgram } from './runProgram.ts';

export interface VenvRequest extends VenvPlace {
  /** With the logins of the indexes. */
  readonly settings: ImageSettings;
}

/**
 * Makes an environment of Hone's own with what a recipe installs, or finds the one that was made before: one for each Python and each list of
 * packages. Its interpreter's path is the result's `image`. Throws HoneError image-build, disk-full, no-interpreter or cancelled.
 */
export async function makeVenv(
  request: VenvRequest,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Environment> {
  const startedAt = performance.now();
  const { recipe, directory } = request;
  const name = await nameVenv(request);
  const known = await findVenv(request);
  if (known !== null)
    return { image: known.python, digest: null, built: false, seconds: secondsSince(startedAt), notes: known.notes };
  onProgress({ text: announcement(recipe), fraction: 0 });
  // A folder of its own for each attempt: an environment cannot be moved, and another run may be making the same.
  const folder = join(directory, `${name}-${randomBytes(3).toString('hex')}`);
  try {
    const python = await createVenv(request, folder, signal);
    const notes = await buildTolerantly(
      recipe,
      async (current, relaxed) => {
        await installPackages({ ...request, recipe: current, python, folder }, onProgress, signal);
        return [...relaxed];
      },
      onProgress,
    );
    await writeFile(`${folder}.json`, JSON.stringify({ python, notes }));
    await rename(`${folder}.json`, join(directory, `${name}.json`));
    return { image: python, digest: null, built: true, seconds: secondsSince(startedAt), notes };
  } catch (error) {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    throw error;
  }
}

async function createVenv({ interpreter, directory }: VenvRequest, folder: string, signal: AbortSignal): Promise<string> {
  await mkdir(directory, { recursive: true });
  const options = { cwd: directory, environment: process.env };
  const { exitCode, output } = await runProgram([interpreter, '-I', '-m', 'venv', folder], options, () => {}, signal);
  if (exitCode === 0) return join(folder, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));
  const lacking = output.some((line) => /ensurepip|No module named '?venv/.test(line));
  const why = lacking
    ? 'its parts venv and pip are not installed'
    : (output.findLast((line) => line.trim() !== '')?.trim() ?? 'it says nothing');
  throw new HoneError('no-interpreter', `${interpreter} cannot make an environment: ${why}.`, {
    next: lacking
      ? 'Install them (python3-venv on Debian and Ubuntu), or choose another Python.'
      : 'Choose another Python with the setting hone.python.',
    cause: output.join('\n'),
  });
}

function announcement({ downloadBytes, buildSeconds, contents }: ImageRecipe): string {
  const minutes = Math.max(1, Math.round(buildSeconds / 60));
  return `Making an environment with ${contents.slice(0, 3).join(', ')} …, once: downloads about ${Math.round(downloadBytes / 1e6)} MB and takes about ${minutes} min`;
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
