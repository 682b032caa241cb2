import { describe, expect, test } from 'vitest';
import { compareRuns, type ComparedRun } from '../../../../src/core/study/compareRuns.ts';
import type { StudyPlan } from '../../../../src/core/study/StudyPlan.ts';
import { buildMeasurement, buildStudy, buildTrial } from '../../../fakes/buildStudy.ts';

const plan = {
  script: 'train.py',
  command: { script: 'train.py', module: false, arguments: [], directory: '', environment: {}, environmentFile: null },
  limits: { memoryBytes: null, cpus: null, trialMinutes: null, artifactBytes: 1 },
  target: null,
  network: false,
  data: [],
  seed: 0,
  interpreter: null,
  assignment: {},
} as unknown as StudyPlan;

function run(value: number, parts: Partial<ComparedRun> = {}): ComparedRun {
  const trial = buildTrial({ result: buildMeasurement(value) });
  return { study: buildStudy({ trials: [trial] }), plan, trial, files: new Map(), ...parts };
}

describe('two runs', () => {
  test('of the same code and settings differ in their result alone', () => {
    const { difference, differences, files } = compareRuns(run(0.5), run(0.75));
    expect(difference).toBe(0.25);
    expect(differences).toEqual([{ section: 'result', name: 'accuracy on test data', values: ['0.5', '0.75'] }]);
    expect(files).toEqual([]);
  });

  test('are not measured against one another on different data', () => {
    const other = buildTrial({ result: buildMeasurement(0.9, { data: 'train' }) });
    expect(compareRuns(run(0.5), run(0.9, { trial: other })).difference).toBeNull();
  });

  test('differ in arguments, values, packages and files', () => {
    const arguments_ = { ...plan, command: { ...plan.command, arguments: ['--fast'] } };
    const trial = buildTrial({ result: buildMeasurement(0.5), hyperparameters: { units: 8 } });
    const study = buildStudy({ packages: { keras: '3.1' }, python: '3.12.1' });
    const other = run(0.5, { plan: arguments_, trial, study, files: new Map([['new.py', 'a\n']]) });
    const { differences, files } = compareRuns(run(0.5), other);
    expect(differences.map(({ name, values }) => [name, ...values])).toEqual([
      ['units', null, '8'],
      ['arguments', null, '--fast'],
      ['Python', null, '3.12.1'],
      ['keras', null, '3.1'],
    ]);
    expect(files).toEqual([{ path: 'new.py', texts: [null, 'a\n'], diff: '@@ -0,0 +1,1 @@\n+a\n' }]);
  });
});
