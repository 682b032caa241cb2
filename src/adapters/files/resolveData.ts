import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, parse, resolve } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import { isInside } from './isInside.ts';

/** Folders of the system, and what holds the keys of a user: a container has no business there. */
const SYSTEM = ['/etc', '/proc', '/sys', '/dev', '/run', '/var/run', '/var/lib/docker', '/boot', '/root/.ssh'];
const SECRETS = [
  '.ssh',
  '.gnupg',
  '.aws',
  '.azure',
  '.kube',
  '.docker',
  '.config',
  '.netrc',
  '.password-store',
  '.mozilla',
  'Library/Keychains',
  'AppData',
];

/** Data lies at the same path in a container, so it may not lie over what the container itself needs. */
const OF_IMAGES = ['/usr', '/bin', '/sbin', '/lib', '/lib64', '/opt/hone', '/hone', '/home/hone', '/tmp'];

/**
 * The real paths of the data that hone.yaml names outside the project. `~` is the home folder, other paths are relative to the root.
 * @throws HoneError `configuration` where one is absent, or is or holds a place of secrets or of the system
 */
export async function resolveData(root: string, paths: readonly string[]): Promise<readonly string[]> {
  return Promise.all(paths.map((path) => resolveOne(root, path)));
}

async function resolveOne(root: string, path: string): Promise<string> {
  const given = path === '~' || /^~[\\/]/.test(path) ? join(homedir(), path.slice(1)) : resolve(root, path);
  const real = await realpath(given).catch(() => null);
  if (real === null) {
    throw new HoneError('configuration', `The data ${path} of hone.yaml does not exist.`, {
      next: 'Correct `data`, or attach the disk that it is on.',
    });
  }
  const why = await objection(real);
  if (why === null) return real;
  throw new HoneError('configuration', `The data ${path} of hone.yaml is not shown to containers: ${why}.`, {
    next: 'Name the folder with the data itself.',
  });
}

/** Why a place is not shown to containers; null where nothing speaks against it. */
async function objection(path: string): Promise<string | null> {
  if (path === parse(path).root) return 'it is the whole disk';
  const touched = (await forbiddenPlaces()).find((place) => isInside(place, path) || isInside(path, place));
  if (touched !== undefined) return `${touched} holds keys or parts of the system`;
  const covered = OF_IMAGES.find((place) => isInside(path, place));
  return covered === undefined ? null : `it would hide ${covered} of the container`;
}

async function forbiddenPlaces(): Promise<readonly string[]> {
  const home = homedir();
  const places = [...SYSTEM, ...SECRETS.map((name) => join(home, name)), '/var/run/docker.sock'];
  const real = await Promise.all(places.map((place) => realpath(place).catch(() => null)));
  return [...new Set([...places, ...real.filter((place) => place !== null)])];
}
