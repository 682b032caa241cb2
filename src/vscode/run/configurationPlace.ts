import { posix } from 'node:path';
import { describeError, HoneError } from '../../base/HoneError.ts';

/** The line of hone.yaml that a failure is about, counted from 1, the first where it names none; null where it is about something else. */
export function configurationLine(error: unknown): number | null {
  if (!(error instanceof HoneError) || error.code !== 'configuration' || !describeError(error).includes('hone.yaml')) return null;
  return Number(/^hone\.yaml, line (\d+):/.exec(error.message)?.[1] ?? 1);
}

/** Where the hone.yaml of a script may lie, relative to its project, the nearest first. */
export function configurationPlaces(script: string): readonly string[] {
  const directory = posix.dirname(script);
  return directory === '.' ? ['hone.yaml'] : [`${directory}/hone.yaml`, ...configurationPlaces(directory)];
}
