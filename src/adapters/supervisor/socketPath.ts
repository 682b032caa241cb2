import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';

/**
 * Where the supervisor of a study listens. A hash keeps it below the 104 bytes that a socket's path may have; on Windows it is a
 * named pipe. The folder is private to this user, which is what keeps others out.
 */
export function socketPath(folder: string, study: string): string {
  const hash = createHash('sha256')
    .update(`${realpathSync(folder)}\0${study}`)
    .digest('hex')
    .slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\hone-${hash}`;
  return join(privateDirectory(), `${hash}.sock`);
}

function privateDirectory(): string {
  const { uid } = userInfo();
  const directory = join(process.env['XDG_RUNTIME_DIR'] ?? tmpdir(), `hone-${uid}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const found = lstatSync(directory);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) {
    throw new HoneError('configuration', `${directory} belongs to somebody else or is open to others.`, {
      next: 'Remove it, or set TMPDIR to a folder of your own.',
    });
  }
  return directory;
}
