import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readStudy } from '../../../src/app/followStudy.ts';
import { HoneError } from '../../../src/base/HoneError.ts';
import type { RunnerEnd } from '../../../src/core/ports/Runtime.ts';
import type { StudyPlan } from '../../../src/core/study/StudyPlan.ts';
import type { FakeRuntimeOptions } from '../../fakes/FakeRuntime.ts';
import { ended, link, onTrial, store, superviseFake, unreleasedIn } from '../../fakes/superviseFake.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hone-supervise-'));
  writeFileSync(join(folder, 'train.py'), 'fit()\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const supervise = (options: FakeRuntimeOptions, change: Partial<StudyPlan> = {}) => superviseFake(folder, options, change);

describe('a supervisor', () => {
  test('runs the one trial of a run and journals what was measured', async () => {
    const { study, runtime } = await supervise(
      onTrial((runner) => {
        runner.say({ type: 'epoch', trial: 0, repeat: 0, epoch: 1, epochs: 2, metrics: { accuracy: 0.5 } });
        runner.say({ type: 'output', trial: 0, stream: 'stdout', text: 'hello\n' });
        runner.say(ended);
      }),
    );
    expect(study).toMatchObject({
      state: 'complete',
      best: 0,
      packages: { keras: '3.15.1' },
      trials: [{ value: 0.9, epochs: [{ epoch: 1 }] }],
    });
    expect(runtime.heard.find((message) => message.type === 'trial')).toMatchObject({
      script: 'train.py',
      arguments: ['a'],
      timeoutSeconds: 180,
      seed: null,
    });
    expect(runtime.disposals).toBe(1);
  });

  test('drops noise and what is sent twice', async () => {
    const { study } = await supervise(
      onTrial((runner) => {
        const epoch = { type: 'epoch', trial: 0, repeat: 0, epochs: null, metrics: {}, sequence: 2 } as const;
        runner.line('Warning: not JSON');
        runner.line('{"type":"epoch","trial":"zero"}');
        runner.say({ ...epoch, epoch: 1 });
        runner.say({ ...epoch, epoch: 1 });
        runner.say({ ...ended, sequence: 3 });
      }),
    );
    expect(study.trials[0]?.epochs).toHaveLength(1);
  });

  test.each([
    [{ outOfMemory: true, exitCode: 137 }, /more memory than its limit of 2000 MB/],
    [{ exitCode: 137, signal: 'SIGKILL' }, /killed from outside.* started again 5 times/],
    [{ engineRestarted: true, exitCode: 137, signal: 'SIGKILL' }, /Docker was restarted.* started again 5 times/],
    [{ exitCode: 3, diagnostics: 'boom\nno pipe' }, /exit code 3\): no pipe.* started again 5 times/],
  ])('names why a runner was lost: %j', async (end, reason) => {
    const { study } = await supervise(onTrial((runner) => runner.die(end)));
    expect(study).toMatchObject({ state: 'failed', reason: expect.stringMatching(reason), trials: [{ state: 'failed' }] });
  });

  describe('of a study whose container is lost', () => {
    const search = {
      strategy: 'tpe',
      dimensions: [],
      budget: { trials: 1, minutes: null, patience: null },
      confirmationSeeds: null,
      candidates: [],
      tweak: null,
      maxCost: { seconds: null, parameters: null },
      jobs: 1,
    } as const;
    const dying = (times: number, end: Partial<RunnerEnd>): FakeRuntimeOptions => {
      let deaths = 0;
      return onTrial((runner) => (deaths++ < times ? runner.die(end) : runner.say(ended)));
    };

    test('runs the same trial again in a new one', async () => {
      const { study, runtime } = await supervise(dying(2, { exitCode: 137, signal: 'SIGKILL' }), { kind: 'study', search });
      expect(study).toMatchObject({ state: 'complete', trials: [{ number: 0, state: 'complete', value: 0.9 }] });
      expect(study.losses).toMatchObject([
        { trial: 0, repeat: 0, cause: 'killed', delayMs: 200 },
        { trial: 0, repeat: 0, cause: 'killed', delayMs: 1000 },
      ]);
      expect(runtime.heard.filter(({ type }) => type === 'trial')).toMatchObject([
        { checkpoint: { resume: false } },
        { checkpoint: { resume: true } },
        { checkpoint: { resume: true } },
      ]);
      expect(runtime.disposals).toBe(3);
    });

    test.each([
      ['the sixth time', 6, { exitCode: 137, signal: 'SIGKILL' }, /killed from outside/],
      ['where the trial needed too much memory', 1, { exitCode: 137, outOfMemory: true }, /more memory/],
    ])('takes the trial for failed %s', async (_, deaths, end, reason) => {
      const { study } = await supervise(dying(deaths, end), { kind: 'study', search });
      expect(study).toMatchObject({
        state: 'failed',
        reason: expect.stringMatching(reason),
        trials: [{ number: 0, state: 'failed' }],
      });
    });
  });

  test('remembers that an engine that was away may still have its container', async () => {
    const away = () => Promise.reject(new HoneError('engine-lost', 'Docker went away.'));
    const { study } = await supervise({ ...onTrial((runner) => runner.say(ended)), release: away });
    expect(study.state).toBe('complete');
    expect(await unreleasedIn(folder).list()).toEqual([{ folder, study: 's-1' }]);
  });

  test('goes on with a run whose process was killed, and counts no epoch twice', async () => {
    const epoch = (number: number) => ({ type: 'epoch', trial: 0, repeat: 0, epoch: number, epochs: 3, metrics: {} }) as const;
    let orders = 0;
    const { study, runtime } = await supervise(
      onTrial((runner) => {
        if (orders++ === 0) {
          runner.say(epoch(1));
          runner.say({ type: 'checkpoint', trial: 0, repeat: 0, epoch: 1, bytes: 5, seconds: 1 });
          runner.say(epoch(2));
          runner.say({ ...ended, state: 'failed', result: null, exitCode: null, signal: 'SIGKILL', reason: 'Killed.' });
        } else {
          runner.say({ type: 'resumed', trial: 0, repeat: 0, epoch: 1, reason: null });
          runner.say(epoch(2));
          runner.say(epoch(3));
          runner.say(ended);
        }
      }),
    );
    expect(study).toMatchObject({ state: 'complete', losses: [{ cause: 'killed' }] });
    expect(study.trials[0]?.epochs.map(({ epoch: number }) => number)).toEqual([1, 2, 3]);
    const checkpoints = runtime.heard.map((message) => (message.type === 'trial' ? message.checkpoint : null));
    expect(checkpoints.filter((one) => one !== null)).toMatchObject([{ heard: 0 }, { resume: true, heard: 2 }]);
  });

  test.each([
    ['needed too much memory', { outOfMemory: true, signal: 'SIGKILL', reason: 'Out of memory.' }],
    ['took too long', { signal: 'SIGKILL', reason: 'The script was stopped at its time limit of 180 seconds.' }],
    ['raised', { signal: null, exitCode: 1, reason: 'ValueError: bad' }],
  ])('runs a script that %s no second time', async (_, end) => {
    const { study, runtime } = await supervise(
      onTrial((runner) => runner.say({ ...ended, state: 'failed', result: null, exitCode: null, ...end })),
    );
    expect(study).toMatchObject({ state: 'failed', losses: [], reason: expect.stringContaining(end.reason) });
    expect(runtime.heard.filter(({ type }) => type === 'trial')).toHaveLength(1);
  });

  test('ends a study as failed, in a sentence, where nothing can be prepared', async () => {
    const prepare = (): never => {
      throw new HoneError('image-build', 'No matching distribution found for foo==9.', { next: 'Correct requirements.txt.' });
    };
    const { study } = await supervise({ onMessage: () => {}, prepare });
    expect(study).toMatchObject({
      state: 'failed',
      reason: 'No matching distribution found for foo==9. Correct requirements.txt.',
      trials: [],
    });
  });

  test('stops preparing when it is cancelled', async () => {
    const prepare: FakeRuntimeOptions['prepare'] = async (_plan, onProgress, signal) => {
      onProgress({ text: 'Building', fraction: 0.5 });
      (await link.connect(folder, 's-1'))?.send({ type: 'cancel' });
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
      throw new Error('unreachable');
    };
    const { study } = await supervise({ onMessage: () => {}, prepare });
    expect(study).toMatchObject({ state: 'cancelled', trials: [] });
  });

  test('compares with the target, where one is set', async () => {
    const { study } = await supervise(
      onTrial((runner) => runner.say(ended)),
      { target: 0.95 },
    );
    expect(study).toMatchObject({ state: 'target-missed', reason: 'accuracy is 0.9, the target is 0.95.' });
  });
});

test('a study whose supervisor is gone is shown as interrupted', async () => {
  const { study } = await supervise(onTrial((runner) => runner.say(ended)));
  const directory = store.directory(folder, 's-1');
  const whole = (await store.readJournal(folder, 's-1')).events.length;
  rmSync(join(directory, 'journal.jsonl'));
  const journal = store.openJournal(folder, 's-1');
  journal.append({
    type: 'study-created',
    study: 's-1',
    kind: 'run',
    name: null,
    root: '',
    script: study.script,
    runtime: 'local',
    metric: null,
    target: null,
    notes: [],
  });
  journal.close();
  expect(whole).toBeGreaterThan(5);
  expect(await readStudy({ store, link, now: Date.now }, folder, 's-1')).toMatchObject({ state: 'failed', interrupted: true });
});
