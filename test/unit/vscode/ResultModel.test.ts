import { describe, expect, it } from 'vitest';
import type { Study } from '../../../src/core/study/Study.ts';
import { PAGE, ResultModel, shownMeasurements } from '../../../src/vscode/studies/ResultModel.ts';
import type { ResultNode } from '../../../src/vscode/studies/ResultNode.ts';
import { buildEpochs, buildMeasurement, buildStudy, buildTrial } from '../../fakes/buildStudy.ts';

const FOLDER = '/home/ann/digits';

function modelOf(studies: readonly Study[]): ResultModel {
  return new ResultModel({
    folders: [FOLDER],
    remotes: [],
    studies: () => studies,
    get: ({ id }) => studies.find((study) => study.id === id) ?? null,
  });
}

function kinds(nodes: readonly ResultNode[]): readonly string[] {
  return nodes.map(({ kind }) => kind);
}

describe('ResultModel', () => {
  it('keeps runs and studies apart, and shows no empty group', () => {
    expect(modelOf([]).children(null)).toEqual([]);
    expect(
      modelOf([buildStudy()])
        .children(null)
        .map(({ key }) => key),
    ).toEqual(['run']);
    const both = modelOf([buildStudy(), buildStudy({ id: 'digits-2', kind: 'study' })]);
    expect(both.children(null).map(({ key }) => key)).toEqual(['study', 'run']);
  });

  it('shows a page of many, and one more for each press', () => {
    const model = modelOf(Array.from({ length: 450 }, (_, index) => buildStudy({ id: `run-${index}`, startedAt: -index })));
    const group = model.groupNode('run');
    const first = model.children(group);
    expect(first).toHaveLength(PAGE + 1);
    expect(first.at(-1)).toMatchObject({ kind: 'more', left: 250 });
    expect(model.showMore(group.key)).toBe(group);
    expect(model.children(group).at(-1)).toMatchObject({ kind: 'more', left: 50 });
    model.showMore(group.key);
    expect(kinds(model.children(group))).not.toContain('more');
  });

  it('gives a study the same node each time, so that it alone can be drawn again', () => {
    const model = modelOf([buildStudy()]);
    const node = model.studyNode({ folder: FOLDER, id: 'digits-1' });
    expect(model.children(model.groupNode('run'))[0]).toBe(node);
    expect(node?.parent).toBe(model.children(null)[0]);
  });

  it('has something below a run from the start, and its parts later', () => {
    const preparing = modelOf([buildStudy()]);
    expect(kinds(preparing.children(preparing.studyNode({ folder: FOLDER, id: 'digits-1' })))).toEqual(['step']);
    const trial = buildTrial({
      state: 'failed',
      epochs: buildEpochs(2),
      result: buildMeasurement(0.5),
      artifacts: [{ path: 'model.h5', bytes: 10 }],
    });
    const failed = modelOf([buildStudy({ state: 'failed', trials: [trial] })]);
    const parts = failed.children(failed.studyNode({ folder: FOLDER, id: 'digits-1' }));
    expect(kinds(parts)).toEqual(['failure', 'measurement', 'epochs', 'log', 'artifacts']);
  });

  it('lists epochs with the newest first', () => {
    const model = modelOf([buildStudy({ trials: [buildTrial({ state: 'running', epochs: buildEpochs(3) })] })]);
    const epochs =
      model.children(model.studyNode({ folder: FOLDER, id: 'digits-1' })).find(({ kind }) => kind === 'epochs') ?? null;
    expect(model.children(epochs).map((node) => 'index' in node && node.index)).toEqual([2, 1, 0]);
  });

  it('lists the trials of a study best first, running ones before and failed ones behind', () => {
    const trials = [
      buildTrial({ number: 0, result: buildMeasurement(0.8) }),
      buildTrial({ number: 1, state: 'failed' }),
      buildTrial({ number: 2, result: buildMeasurement(0.9) }),
      buildTrial({ number: 3, state: 'running' }),
    ];
    const order = (direction: 'maximize' | 'minimize'): readonly unknown[] => {
      const metric = { name: 'x', data: 'test', source: 'hook', direction } as const;
      const model = modelOf([buildStudy({ kind: 'study', metric, trials })]);
      return model.children(model.studyNode({ folder: FOLDER, id: 'digits-1' })).map((node) => 'trial' in node && node.trial);
    };
    expect(order('maximize')).toEqual([3, 2, 0, 1]);
    expect(order('minimize')).toEqual([3, 0, 2, 1]);
  });

  it('has no node for a study that was deleted', () => {
    expect(modelOf([]).studyNode({ folder: FOLDER, id: 'digits-1' })).toBeNull();
  });
});

describe('shownMeasurements', () => {
  it('keeps the last of each kind, the judged one first, then test before training data', () => {
    const judged = buildMeasurement(0.9);
    const measurements = [
      buildMeasurement(0.1, { name: 'loss', data: 'train' }),
      buildMeasurement(0.2, { name: 'loss', data: 'train' }),
      buildMeasurement(0.3, { name: 'loss', data: 'validation' }),
      buildMeasurement(0.4, { name: 'loss' }),
    ];
    const shown = shownMeasurements(buildTrial({ measurements, result: judged }));
    expect(shown.map(({ value }) => value)).toEqual([0.9, 0.4, 0.3, 0.2]);
  });
});
