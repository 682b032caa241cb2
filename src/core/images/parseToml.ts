import { parse } from 'smol-toml';
import { HoneError } from '../../base/HoneError.ts';
import type { ContextFile } from './ImageRecipe.ts';

/** A TOML file as plain data. Throws HoneError `configuration` where it is none. */
export function parseToml(file: ContextFile): Readonly<Record<string, unknown>> {
  try {
    return parse(file.text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new HoneError('configuration', `${file.path} cannot be read: ${reason}.`, {
      next: 'Correct it and run again.',
      cause: error,
    });
  }
}

/** The value at a path of keys in plain data; undefined where there is none. */
export function valueAt(data: unknown, ...keys: readonly string[]): unknown {
  let current = data;
  for (const key of keys) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}
