import { HoneError } from '../../base/HoneError.ts';

/** A file system's error as a sentence for a person: what could not be done, where, and what to do. */
export function translateFileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new HoneError('read-only', `${path} cannot be written to.`, {
        next: 'Give this user write access to the folder, or work on a copy.',
        cause: error,
      });
    case 'ENOSPC':
    case 'EDQUOT':
      return new HoneError('disk-full', `The disk is full: ${path} could not be written.`, {
        next: 'Free some space, for example with `hone delete`.',
        cause: error,
      });
    case 'ENOENT':
      return new HoneError('not-found', `${path} does not exist.`, { cause: error });
    default:
      return error;
  }
}
