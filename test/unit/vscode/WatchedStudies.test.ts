import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WatchedStudies, type StudyChange } from '../../../src/vscode/studies/WatchedStudies.ts';
import { buildStudy } from '../../fakes/buildStudy.ts';
import { FakeHone } from '../../fakes/FakeHone.ts';

const FOLDER = '/home/ann/digits';
const REF = { folder: FOLDER, id: 'digits-1' };

let hone: FakeHone;
let studies: WatchedStudies;
let changes: StudyChange[];
let errors: unknown[];

beforeEach(() => {
  hone = new FakeHone();
  changes = [];
  errors = [];
  studies = new WatchedStudies(
    async () => hone,
    (error) => errors.push(error),
  );
  studies.onDidChange((change) => changes.push(change));
});

afterEach(() => {
  studies.dispose();
  expect(errors).toEqual([]);
});

describe('WatchedStudies', () => {
  it('finds a run that was started by somebody else, and follows it', async () => {
    hone.put(buildStudy());
    studies.watch(FOLDER);
    await vi.waitFor(() => expect(hone.followers('digits-1')).toBe(1));
    hone.put(buildStudy({ phase: 'training', sequence: 5 }), 'followers');
    await vi.waitFor(() => expect(studies.get(REF)?.phase).toBe('training'));
  });

  it('follows a run once, however often it is told of', async () => {
    hone.put(buildStudy());
    studies.watch(FOLDER);
    await vi.waitFor(() => expect(hone.followers('digits-1')).toBe(1));
    hone.put(buildStudy({ sequence: 2 }));
    hone.put(buildStudy({ sequence: 3 }));
    await vi.waitFor(() => expect(studies.get(REF)?.sequence).toBe(3));
    expect(hone.followers('digits-1')).toBe(1);
  });

  it('does not go back when an older state arrives later', async () => {
    hone.put(buildStudy());
    studies.watch(FOLDER);
    await vi.waitFor(() => expect(hone.followers('digits-1')).toBe(1));
    hone.put(buildStudy({ sequence: 9 }), 'followers');
    await vi.waitFor(() => expect(studies.get(REF)?.sequence).toBe(9));
    hone.put(buildStudy({ sequence: 4 }), 'watchers');
    hone.put(buildStudy({ id: 'digits-2' }));
    await vi.waitFor(() => expect(studies.get({ folder: FOLDER, id: 'digits-2' })).not.toBeNull());
    expect(studies.get(REF)?.sequence).toBe(9);
  });

  it('takes an end that is not in the journal: a supervisor that is gone', async () => {
    hone.put(buildStudy({ sequence: 9 }));
    studies.watch(FOLDER);
    await vi.waitFor(() => expect(studies.get(REF)).not.toBeNull());
    hone.put(buildStudy({ sequence: 9, state: 'failed', phase: 'ended', endedAt: 5000, interrupted: true }), 'watchers');
    await vi.waitFor(() => expect(studies.get(REF)?.state).toBe('failed'));
    expect(studies.active()).toEqual([]);
  });

  it('tells what a study was before, and that it was deleted', async () => {
    hone.put(buildStudy({ state: 'complete', phase: 'ended', endedAt: 5000 }));
    studies.watch(FOLDER);
    await vi.waitFor(() => expect(changes).toHaveLength(1));
    expect(changes[0]).toMatchObject({ ...REF, before: null });
    await hone.delete(FOLDER, 'digits-1');
    await vi.waitFor(() => expect(changes).toHaveLength(2));
    expect(changes[1]?.before?.id).toBe('digits-1');
    expect(changes[1]?.now).toBeNull();
  });

  it('remembers the latest step until the preparation is over', async () => {
    hone.put(buildStudy());
    studies.watch(FOLDER);
    await vi.waitFor(() => expect(hone.followers('digits-1')).toBe(1));
    hone.progress('digits-1', { text: 'Step 2 of 5', fraction: 0.4 });
    await vi.waitFor(() => expect(studies.progress(REF)).toEqual({ text: 'Step 2 of 5', fraction: 0.4 }));
    hone.put(buildStudy({ phase: 'training', sequence: 5 }));
    await vi.waitFor(() => expect(studies.progress(REF)).toBeNull());
  });

  it('waits until a study is as somebody needs it', async () => {
    studies.watch(FOLDER);
    const ready = studies.until(REF, (study) => study?.phase === 'training');
    hone.put(buildStudy());
    hone.put(buildStudy({ phase: 'training', sequence: 2 }));
    await ready;
    expect(studies.get(REF)?.phase).toBe('training');
  });

  it('lets go of a folder that was closed', async () => {
    hone.put(buildStudy());
    studies.watch(FOLDER);
    await vi.waitFor(() => expect(hone.followers('digits-1')).toBe(1));
    studies.unwatch(FOLDER);
    await vi.waitFor(() => expect(hone.followers('digits-1')).toBe(0));
    expect(studies.folders).toEqual([]);
    expect(changes.at(-1)?.now).toBeNull();
  });
});
