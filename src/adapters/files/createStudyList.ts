import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { StudyList, StudyName } from '../../core/ports/StudyList.ts';
import { writeWhole } from './writeWhole.ts';

const schema = v.object({ folder: v.string(), study: v.string() });

/** One file a study below `directory`, an absolute path, so that many processes may add and remove at once. */
export function createStudyList(directory: string): StudyList {
  const fileOf = ({ folder, study }: StudyName): string =>
    join(
      directory,
      `${createHash('sha256')
        .update(JSON.stringify([folder, study]))
        .digest('hex')
        .slice(0, 40)}.json`,
    );
  return {
    async add(awaited) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await writeWhole(fileOf(awaited), awaited);
    },
    remove: (awaited) => rm(fileOf(awaited), { force: true }),
    async list() {
      const names = await readdir(directory).catch(() => []);
      const read = names.filter((name) => name.endsWith('.json')).map((name) => readName(join(directory, name)));
      return (await Promise.all(read)).filter((awaited) => awaited !== null);
    },
  };
}

async function readName(path: string): Promise<StudyName | null> {
  try {
    const parsed = v.safeParse(schema, JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.output : null;
  } catch {
    return null; // Another process told its news just now.
  }
}
