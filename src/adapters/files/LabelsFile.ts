import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Labels } from '../../core/study/Labels.ts';
import { translateFileError } from './translateFileError.ts';

const text = v.exactOptional(v.nullable(v.string()));
const schema = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.object({ name: text, note: text })));

/** The labels of a folder's studies, in one file, so that looking at all of them costs one read. A damaged file counts as none. */
export async function readLabelsFile(folder: string): Promise<ReadonlyMap<string, Labels>> {
  const found = await readFile(pathIn(folder), 'utf8').catch(() => '{}');
  const parsed = v.safeParse(schema, found);
  return new Map(parsed.success ? Object.entries(parsed.output) : []);
}

/** Replaces the labels of one study, or takes them away. Others never see half a file. */
export async function writeLabelsFile(folder: string, study: string, labels: Labels | null): Promise<void> {
  const all = new Map(await readLabelsFile(folder));
  if (labels !== null) all.set(study, labels);
  else if (!all.delete(study)) return;
  const path = pathIn(folder);
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, `${JSON.stringify(Object.fromEntries(all), null, 1)}\n`);
    await rename(draft, path);
  } catch (error) {
    throw translateFileError(error, path);
  }
}

function pathIn(folder: string): string {
  return join(folder, '.hone', 'labels.json');
}
