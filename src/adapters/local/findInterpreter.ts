import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import { environmentFolders } from './environmentFolders.ts';
import { pythonVersion } from './pythonVersion.ts';
import { findOnPath } from './findOnPath.ts';

const OLDEST = [3, 8] as const;

/**
 * The Python that trains without containers: the configured one, else the folder's own environment, else the active one, else
 * the system's. At least 3.8.
 * @param configured a path (relative to the folder) or a name on the PATH
 * @throws HoneError `no-interpreter`
 */
export async function findInterpreter(folder: string, configured: string | null): Promise<string> {
  if (configured !== null) return requireUsable(locate(folder, configured), configured);
  for (const candidate of candidates(folder)) {
    const path = locate(folder, candidate);
    if (path !== null && isNewEnough(await pythonVersion(path))) return path;
  }
  throw new HoneError('no-interpreter', 'There is no Python 3.8 or later on this machine.', {
    next: 'Install Python or Docker, or set hone.python.',
  });
}

async function requireUsable(path: string | null, configured: string): Promise<string> {
  const version = path === null ? null : await pythonVersion(path);
  if (path !== null && isNewEnough(version)) return path;
  const why = version === null ? 'does not run' : `is Python ${version}; 3.8 or later is needed`;
  throw new HoneError('no-interpreter', `The configured interpreter ${configured} ${why}.`, {
    next: 'Correct `python` in hone.yaml, the setting hone.python, or HONE_PYTHON.',
  });
}

function candidates(folder: string): readonly string[] {
  const inside = process.platform === 'win32' ? ['Scripts/python.exe', 'python.exe'] : ['bin/python'];
  const own = environmentFolders(folder).flatMap((path) => inside.map((name) => join(path, name)));
  return [...own, 'python3', 'python'];
}

function locate(folder: string, name: string): string | null {
  if (!isAbsolute(name) && !/[\\/]/.test(name)) return findOnPath(name);
  const path = resolve(folder, name);
  return existsSync(path) ? path : null;
}

function isNewEnough(version: string | null): boolean {
  if (version === null) return false;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
