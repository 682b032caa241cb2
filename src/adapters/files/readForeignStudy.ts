import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import type { JournalEvent } from '../../core/study/JournalEvent.ts';
import { adoptJournal } from '../../core/study/adoptJournal.ts';
import { parsePlan } from '../../core/study/parsePlan.ts';
import type { StudyPlan } from '../../core/study/StudyPlan.ts';
import { readJournalFile } from './JournalFile.ts';

/** A study that lies elsewhere, checked: its plan and journal are sound, and its source is what the plan says. */
export interface ForeignStudy {
  readonly directory: string;
  readonly plan: StudyPlan;
  readonly events: readonly JournalEvent[];
}

/** More than any plan or journal has. */
const MOST_BYTES = 500e6;

/** Reads a study that nobody vouches for. @throws HoneError `usage` with what is wrong with it */
export async function readForeignStudy(directory: string): Promise<ForeignStudy> {
  const plan = parsePlan(await readFile(await sized(directory, 'plan.json'), 'utf8'));
  if (plan === null) throw refused(directory, 'its plan.json is none that is understood here');
  const { events } = readJournalFile(await sized(directory, 'journal.jsonl'));
  const { study } = plan;
  const adopted = adoptJournal(events, { from: study, to: study, continues: false, time: 0 });
  if (adopted === null) throw refused(directory, 'its journal.jsonl is damaged, or none that is understood here');
  for (const { path, sha256 } of plan.snapshot) {
    const hash = await hashOf(join(directory, 'source', path));
    if (hash !== sha256) throw refused(directory, `source/${path} is ${hash === null ? 'absent' : 'not what it was'}`);
  }
  return { directory, plan, events };
}

async function sized(directory: string, name: string): Promise<string> {
  const { size } = await lstat(join(directory, name));
  if (size > MOST_BYTES) throw refused(directory, `its ${name} is too large`);
  return join(directory, name);
}

async function hashOf(path: string): Promise<string | null> {
  const found = await lstat(path).catch(() => null);
  if (found === null || !found.isFile() || found.size > MOST_BYTES) return null;
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

function refused(directory: string, why: string): HoneError {
  return new HoneError('usage', `The study ${basename(directory)} cannot be imported: ${why}.`, {
    next: 'Archive all of its folder, as it is in .hone/studies, and import that.',
  });
}
