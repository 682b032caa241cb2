import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { HoneError } from '../../base/HoneError.ts';
import type { ImageRecipe } from '../../core/images/ImageRecipe.ts';
import { pythonVersion } from './pythonVersion.ts';

/** Which environment of Hone's own, and where such are kept. */
export interface VenvPlace {
  /** Absolute path of the Python that it is made of; nothing is installed into that. */
  readonly interpreter: string;
  /** What it holds. */
  readonly recipe: ImageRecipe;
  /** Absolute path of the folder that holds all such environments. */
  readonly directory: string;
}

/** An environment that was made. */
export interface Venv {
  /** Absolute path of its own interpreter. */
  readonly python: string;
  /** What was relaxed when it was made, a sentence each. */
  readonly notes: readonly string[];
}

const recordSchema = v.pipe(v.string(), v.parseJson(), v.object({ python: v.string(), notes: v.array(v.string()) }));

/** The environment that was made of a Python for a list of packages; null where none was, or it does not run any more. */
export async function findVenv(place: VenvPlace): Promise<Venv | null> {
  const text = await readFile(join(place.directory, `${await nameVenv(place)}.json`), 'utf8').catch(() => null);
  const record = v.safeParse(recordSchema, text);
  if (!record.success || (await pythonVersion(record.output.python)) === null) return null;
  return record.output;
}

/** Says which Python and which packages: whatever else a recipe has is of no meaning here. Throws HoneError `no-interpreter`. */
export async function nameVenv({ interpreter, recipe }: VenvPlace): Promise<string> {
  const version = await pythonVersion(interpreter);
  if (version === null) {
    throw new HoneError('no-interpreter', `${interpreter} does not run.`, {
      next: 'Choose another Python with the setting hone.python or `python` in hone.yaml.',
    });
  }
  const lists = recipe.files.filter(({ path }) => /^(?:framework|project|constraints)\.txt$|^compatibility\//.test(path));
  const key = createHash('sha256')
    .update(JSON.stringify([interpreter, version, lists]))
    .digest('hex');
  return `${recipe.repository.replace(/^.*\//, '')}-${key.slice(0, 12)}`;
}
