import { createHash } from 'node:crypto';

/**
 * The name of a study's container. It is a lock: an engine has each name once. Folders may have studies of the same id, so the folder
 * is in it too.
 */
export function containerName(study: string, folder: string): string {
  const readable = study.replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 60);
  return `hone-${readable}-${hashOf(study, folder)}`;
}

/** The name of the volume with what scripts of a folder downloaded. */
export function cacheVolumeName(folder: string): string {
  return `hone-cache-${hashOf(folder)}`;
}

function hashOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 10);
}
