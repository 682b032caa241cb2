import { describe, expect, test } from 'vitest';
import type { JournalBody, JournalEvent, Measurement } from '../../../../src/core/study/JournalEvent.ts';
import { reduceStudy } from '../../../../src/core/study/reduceStudy.ts';

const accuracy = (value: number | null): Measurement => ({
  name: 'accuracy',
  value,
  data: 'test',
  source: 'hook',
  direction: 'maximize',
  rows: 450,
});
const created: JournalBody = {
  type: 'study-created',
  study: 's-1',
  kind: 'run',
  name: null,
  root: '',
  script: 'train.py',
  runtime: 'local',
  metric: null,
  target: null,
  notes: [],
};

function journal(...bodies: JournalBody[]): JournalEvent[] {
  return [created, ...bodies].map((body, index) => ({ sequence: index + 1, time: 1000 * index, ...body }));
}

function started(trial: number): JournalBody {
  return { type: 'trial-started', trial, repeat: 0, assignment: {}, seed: null };
}

function ended(trial: number, result: Measurement | null, state: 'complete' | 'failed' = 'complete'): JournalBody {
  return {
    type: 'trial-ended',
    trial,
    repeat: 0,
    state,
    result,
    seconds: 1,
    exitCode: 0,
    signal: null,
    reason: null,
    error: null,
    artifacts: [],
  };
}

describe('a study', () => {
  test('is nothing without its beginning', () => {
    expect(reduceStudy([])).toBeNull();
    expect(reduceStudy(journal(started(0)).slice(1))).toBeNull();
  });

  test('gathers the epochs of a trial and the value that it ended with', () => {
    const study = reduceStudy(
      journal(
        started(0),
        { type: 'epoch', trial: 0, repeat: 0, epoch: 1, epochs: 3, metrics: { accuracy: 0.5 } },
        ended(0, accuracy(0.8)),
      ),
    );
    expect(study?.trials[0]).toMatchObject({
      state: 'complete',
      value: 0.8,
      epochs: [{ epoch: 1, epochs: 3, metrics: { accuracy: 0.5 } }],
    });
    expect(study?.metric).toEqual({ name: 'accuracy', data: 'test', source: 'hook', direction: 'maximize' });
    expect(study?.best).toBe(0);
  });

  test('tells of an interruption how its run went on', () => {
    const run = { trial: 0, repeat: 0 } as const;
    const lost: JournalBody = { type: 'trial-interrupted', ...run, cause: 'killed', reason: 'It was killed.', delayMs: 0 };
    const again: JournalBody = { type: 'trial-started', ...run, assignment: {}, seed: null, resume: true };
    const events = [started(0), lost, again, { type: 'trial-resumed', ...run, epoch: 21, reason: null }, lost] as const;
    const study = reduceStudy(journal(...events));
    expect(study?.losses.map(({ resumed }) => resumed)).toEqual([{ epoch: 21, reason: null }, null]);
  });

  test('has no best trial where none has a value', () => {
    expect(reduceStudy(journal(started(0), ended(0, null)))?.best).toBeNull();
    expect(reduceStudy(journal(started(0), ended(0, accuracy(0.9), 'failed')))?.best).toBeNull();
  });

  test('takes the lowest value for the best where less is better', () => {
    const loss = (value: number): Measurement => ({ ...accuracy(value), name: 'mse', direction: 'minimize' });
    expect(reduceStudy(journal(started(0), ended(0, loss(3)), started(1), ended(1, loss(2))))?.best).toBe(1);
  });

  test('never changes a trial that has ended', () => {
    const study = reduceStudy(journal(started(0), ended(0, accuracy(0.8)), ended(0, accuracy(0.99))));
    expect(study?.trials[0]?.value).toBe(0.8);
  });

  test('counts the time that passed, not what a clock was set to', () => {
    const [start, ...rest] = journal(started(0), { type: 'request', request: 'accept' });
    const events = [
      { ...start, steadyMs: 10 },
      ...rest.map((event, index) => ({ ...event, time: 9e12, steadyMs: 510 + index * 500 })),
    ];
    expect(reduceStudy(events as JournalEvent[])?.activeMs).toBe(1000);
  });

  test.each([
    ['nothing of a container whose start was not journalled', 'second', 0],
    ['as much of the container that it had as it did', 'first', 7],
  ])('has heard %s', (_, container, heard) => {
    const epoch = { type: 'epoch', trial: 0, repeat: 0, epoch: 1, epochs: 2, metrics: {}, runnerSequence: 7 } as const;
    const before = [created, { type: 'runner-started', container: 'first' } as const, started(0), epoch];
    expect(reduceStudy(journal(...before, { type: 'runner-attached', container }))?.heard).toBe(heard);
  });

  test('ends with its state and reason', () => {
    const study = reduceStudy(journal({ type: 'study-ended', state: 'failed', reason: 'No disk.' }));
    expect(study).toMatchObject({ state: 'failed', reason: 'No disk.', phase: 'ended', endedAt: 1000 });
  });
});
