import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileStudyStore } from '../../../src/adapters/files/FileStudyStore.ts';
import { createStudyList } from '../../../src/adapters/files/createStudyList.ts';
import { releaseStudies } from '../../../src/app/releaseStudies.ts';
import { buildPlan } from '../../fakes/buildPlan.ts';
import { createdEvent } from '../../../src/app/createdEvent.ts';
import { FakeRuntime } from '../../fakes/FakeRuntime.ts';

let folder: string;
let released: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hone-release-'));
  released = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const store = createFileStudyStore();
const list = () => createStudyList(join(folder, 'unreleased'));

function look(available: boolean): Promise<void> {
  return releaseStudies({
    store,
    unreleased: list(),
    checkEngine: async () => ({ available, text: '', next: null }),
    runtime: () => new FakeRuntime({ onMessage: () => {}, release: async (study) => void released.push(study) }),
  });
}

function addStudy(study: string, hasEnded: boolean): Promise<void> {
  mkdirSync(join(folder, '.hone', 'studies', study), { recursive: true });
  const journal = store.openJournal(folder, study);
  journal.append(createdEvent({ ...buildPlan(), study }));
  if (hasEnded) journal.append({ type: 'study-ended', state: 'cancelled', reason: null });
  journal.close();
  return list().add({ folder, study });
}

test('what a study left on an engine that was away is removed once that answers', async () => {
  await addStudy('a-1', true);
  await look(false);
  expect(released).toEqual([]);
  await look(true);
  await look(true);
  expect(released).toEqual(['a-1']);
});

test('a study that was deleted meanwhile is over, one of the same name that goes on is not', async () => {
  await list().add({ folder, study: 'gone-1' });
  await addStudy('a-1', false);
  await look(true);
  expect(released).toEqual(['gone-1']);
});
