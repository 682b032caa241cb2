import { describe, expect, test } from 'vitest';
import { superfluousArtifacts } from '../../../../../src/core/study/policy/superfluousArtifacts.ts';
import { buildMeasurement, buildStudy, buildTrial } from '../../../../fakes/buildStudy.ts';

const artifacts = [{ path: 'model.bin', bytes: 1e9 }];

function studyOf(
  values: readonly (number | null)[],
  direction: 'maximize' | 'minimize' = 'maximize',
): Parameters<typeof superfluousArtifacts>[0] {
  const objective = { name: 'accuracy', data: 'test', source: 'hook', direction } as const;
  return buildStudy({
    objective,
    trials: values.map((value, number) =>
      buildTrial({
        number,
        artifacts,
        ...(value === null ? { state: 'failed' as const } : { result: buildMeasurement(value, { direction }) }),
      }),
    ),
  });
}

describe('files of trials', () => {
  test('are kept of the baseline and the best three, in the direction of the metric', () => {
    const values = [0.5, 0.9, 0.6, null, 0.8, 0.7];
    expect(superfluousArtifacts(studyOf(values), null)).toEqual([2, 3]);
    expect(superfluousArtifacts(studyOf(values, 'minimize'), null)).toEqual([1, 3, 4]);
  });

  test('are kept of what was to be confirmed, and of what would be applied', () => {
    const study = studyOf([0.5, 0.9, 0.6, 0.65, 0.8, 0.7]);
    expect(superfluousArtifacts({ ...study, best: 2, attempts: [{ trial: 3, startedAt: 1 }] }, null)).toEqual([]);
  });

  test('are left alone while a trial runs, or has none', () => {
    const study = studyOf([0.5, 0.9, 0.8, 0.7, 0.6, 0.55]);
    const trials = study.trials.map((trial) => (trial.number === 4 ? { ...trial, state: 'running' as const } : trial));
    expect(superfluousArtifacts({ ...study, trials }, null)).toEqual([5]);
    expect(superfluousArtifacts({ ...study, trials: trials.map((trial) => ({ ...trial, artifacts: [] })) }, null)).toEqual([]);
  });

  test('go but for what would be applied where the disk has no room for two trials more', () => {
    const study = { ...studyOf([0.5, 0.9, 0.6]), best: 1 };
    expect(superfluousArtifacts(study, 2e9)).toEqual([]);
    expect(superfluousArtifacts(study, 1.9e9)).toEqual([0, 2]);
  });
});
