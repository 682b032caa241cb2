import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HoneError } from '../../base/HoneError.ts';
import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import { DEBUGPY } from '../../core/images/recipeForDebugger.ts';
import { pythonVersion } from './pythonVersion.ts';
import { userEnvironment } from './userEnvironment.ts';

const run = promisify(execFile);

/**
 * A folder for PYTHONPATH with debugpy in it, fetched once for each version of Python; null where the interpreter has its own. Nothing is
 * installed into the interpreter. Throws HoneError `no-interpreter` where it cannot be fetched.
 */
export async function installDebugger(interpreter: string, settings: ImageSettings): Promise<string | null> {
  if (await imports(interpreter)) return null;
  const [major, minor] = ((await pythonVersion(interpreter)) ?? '').split('.');
  const directory = join(cacheDirectory(), `debugpy-python${major}.${minor}`);
  if (existsSync(directory)) return directory;
  const draft = `${directory}.${process.pid}`;
  await mkdir(cacheDirectory(), { recursive: true });
  try {
    const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--disable-pip-version-check', '--target', draft, DEBUGPY];
    await run(interpreter, args, { env: { ...userEnvironment(), ...pipEnvironment(settings) }, windowsHide: true });
    await rename(draft, directory);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw new HoneError('no-interpreter', `debugpy could not be fetched for ${interpreter}.`, {
      next: `Install it there: ${interpreter} -m pip install debugpy.`,
      cause: error,
    });
  }
  return directory;
}

async function imports(interpreter: string): Promise<boolean> {
  return run(interpreter, ['-c', 'import debugpy'], { windowsHide: true }).then(
    () => true,
    () => false,
  );
}

/** An index's password is in the environment, not among the arguments, which every user of the machine can read. */
function pipEnvironment({ indexUrl, caBundle, wheels }: ImageSettings): NodeJS.ProcessEnv {
  return {
    ...(indexUrl === null ? {} : { PIP_INDEX_URL: indexUrl }),
    ...(caBundle === null ? {} : { PIP_CERT: caBundle }),
    ...(wheels === null ? {} : { PIP_FIND_LINKS: wheels }),
  };
}

function cacheDirectory(): string {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  const usual = process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  return join((process.platform === 'win32' ? LOCALAPPDATA : XDG_CACHE_HOME) ?? usual, 'hone');
}
