import { lstat, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import type { ImportedStudy, ImportRequest } from '../../core/ports/StudyStore.ts';
import { findStudies } from './findStudies.ts';
import { readForeignStudy, type ForeignStudy } from './readForeignStudy.ts';
import { translateFileError } from './translateFileError.ts';
import { unpackStudies } from './unpackStudies.ts';
import { writeForeignStudy } from './writeForeignStudy.ts';

/** What archives of studies may hold at most. */
const LIMITS = { bytes: 8e9, entries: 100_000 };

/**
 * Brings studies from a folder or an archive into `.hone/studies` of a folder; all that is there is checked before anything is written.
 * `taken` are the ids that are in use.
 */
export async function importStudies(
  studies: string,
  { path, continues }: ImportRequest,
  taken: readonly string[],
  time: number,
): Promise<readonly ImportedStudy[]> {
  const found = await lstat(path).catch(() => null);
  if (found === null)
    throw new HoneError('not-found', `There is nothing at ${path}.`, {
      next: 'Name the folder of a study, or an archive of one.',
    });
  let draft: string | null = null;
  try {
    await mkdir(studies, { recursive: true });
    // No study is called so: nobody ever sees half of one.
    draft = await mkdtemp(join(studies, '.import-'));
    const from = found.isDirectory() ? path : join(draft, 'archive');
    if (!found.isDirectory()) await unpackStudies(path, from, LIMITS);
    const places = await findStudies(from);
    if (places.length === 0)
      throw new HoneError('usage', `${path} holds no study.`, { next: 'Name a folder with plan.json and journal.jsonl in it.' });
    const foreign: ForeignStudy[] = [];
    for (const place of places) foreign.push(await readForeignStudy(place));
    return await adopt(foreign, { studies, draft, continues, taken: new Set(taken), time });
  } catch (error) {
    throw error instanceof HoneError ? error : translateFileError(error, path);
  } finally {
    if (draft !== null) await rm(draft, { recursive: true, force: true });
  }
}

interface Adoption {
  readonly studies: string;
  readonly draft: string;
  readonly continues: boolean;
  readonly taken: Set<string>;
  readonly time: number;
}

async function adopt(
  foreign: readonly ForeignStudy[],
  { studies, draft, continues, taken, time }: Adoption,
): Promise<readonly ImportedStudy[]> {
  const imported: ImportedStudy[] = [];
  for (const study of foreign) {
    const from = study.plan.study;
    if (continues && taken.has(from)) {
      throw new HoneError('usage', `There is a study ${from} already, so this one cannot go on under its id.`, {
        next: `\`hone resume ${from}\` goes on with the one that is here.`,
      });
    }
    const to = freeId(from, taken);
    const made = join(draft, to);
    await writeForeignStudy(study, made, { to, continues, time });
    await rename(made, join(studies, to));
    taken.add(to);
    imported.push({ study: to, from });
  }
  return imported;
}

/** The id itself, else with the next number: `digits-3`. */
function freeId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  const base = id.replace(/-\d+$/u, '').slice(0, 50);
  for (let number = 2; ; number++) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}
