import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openJournalFile, readJournalFile } from '../../../src/adapters/files/JournalFile.ts';
import { decide } from '../../../src/core/study/decide.ts';
import type { JournalEvent } from '../../../src/core/study/JournalEvent.ts';
import { reduceStudy } from '../../../src/core/study/reduceStudy.ts';
import type { StudyPlan } from '../../../src/core/study/StudyPlan.ts';
import { buildPlan } from '../../fakes/buildPlan.ts';
import { simulateStudy } from '../../fakes/simulateStudy.ts';

/** A search with epochs, as its journal tells it. */
function journalOfSearch(plan: StudyPlan): readonly JournalEvent[] {
  const epochs = [1].map((epoch) => ({ loss: 1 / epoch, accuracy: 0.5 + epoch / 10 }));
  const search = simulateStudy(plan, ({ trial, repeat }) => ({ value: 0.8 + trial / 100 + repeat / 1000, epochs, rows: 100 }));
  let step = search.next();
  for (let asked = 1; step.done !== true; asked++) step = search.next({ 'SVC.C': 0.2 + asked / 10, 'SVC.gamma': 0.002 * asked });
  return step.value.events;
}

function decisionAfter(plan: StudyPlan, events: readonly JournalEvent[]): unknown {
  const study = reduceStudy(events);
  return study === null ? null : decide(plan, study);
}

test('a journal that is cut at any byte loses the torn line alone, and the next decision is the same', () => {
  const directory = mkdtempSync(join(tmpdir(), 'hone-cut-'));
  const path = join(directory, 'journal.jsonl');
  const plan = buildPlan({ budget: { trials: 2, minutes: null, patience: null } });
  const events = journalOfSearch(plan);
  const writer = openJournalFile(path, () => 1);
  for (const { sequence: _, time: __, ...body } of events) writer.append(body);
  writer.close();
  const whole = readFileSync(path);
  const written = readJournalFile(path).events;
  expect(written.length).toBeGreaterThan(20);
  const decisions = Array.from({ length: written.length + 1 }, (_, count) => decisionAfter(plan, written.slice(0, count)));
  let lines = 0;
  let known = -1;
  for (let length = 0; length <= whole.length; length++) {
    if (length > 0 && whole[length - 1] === 10) lines++;
    writeFileSync(path, whole.subarray(0, length));
    const { events: left } = readJournalFile(path);
    if (left.length !== lines) expect.fail(`cut at byte ${length}: ${left.length} of ${lines} lines are left`);
    if (lines === known) continue; // The same lines give the same decision.
    known = lines;
    expect(decisionAfter(plan, left)).toEqual(decisions[lines]);
  }
  rmSync(directory, { recursive: true });
}, 30_000);
