import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import { adoptJournal } from '../../core/study/adoptJournal.ts';
import { disarmPlan } from '../../core/study/parsePlan.ts';
import { renderJournalLine } from './JournalFile.ts';
import { listArtifacts } from './listArtifacts.ts';
import type { ForeignStudy } from './readForeignStudy.ts';

/** Most that the trials of an imported study may have left. */
const MOST_BYTES = 8e9;

/**
 * Writes a study from elsewhere into a new folder as a study of this one: its plan and journal under the id `to`, its source, and what its
 * trials left. Links are left behind.
 */
export async function writeForeignStudy(
  { directory, plan, events }: ForeignStudy,
  made: string,
  { to, continues, time }: { readonly to: string; readonly continues: boolean; readonly time: number },
): Promise<void> {
  const journal = adoptJournal(events, { from: plan.study, to, continues, time }) ?? [];
  await mkdir(join(made, 'source'), { recursive: true });
  await writeFile(join(made, 'journal.jsonl'), journal.map(renderJournalLine).join(''), { mode: 0o600 });
  for (const { path } of plan.snapshot) await copyInto(join(directory, 'source', path), join(made, 'source', path));
  // Of the work folder only a study that goes on has use: there the state of a training lies.
  for (const part of continues ? ['trials', 'work'] : ['trials']) {
    const files = await listArtifacts(join(directory, part));
    if (files.reduce((sum, { bytes }) => sum + bytes, 0) > MOST_BYTES) {
      throw new HoneError('usage', `The trials of ${plan.study} left more than an import takes.`, {
        next: 'Leave some of it out of the archive.',
      });
    }
    for (const { path } of files) await copyInto(join(directory, part, path), join(made, part, path));
  }
  const kept = continues ? plan : disarmPlan(plan);
  await writeFile(join(made, 'plan.json'), `${JSON.stringify({ ...kept, study: to }, null, 1)}\n`);
}

async function copyInto(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}
