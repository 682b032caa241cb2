import { describe, expect, it } from 'vitest';
import type { Study } from '../../../src/core/study/Study.ts';
import type { NodeView } from '../../../src/vscode/NodeView.ts';
import { nodeView } from '../../../src/vscode/NodeView.ts';
import { describeResultNode } from '../../../src/vscode/studies/describeResultNode.ts';
import { ResultModel } from '../../../src/vscode/studies/ResultModel.ts';
import type { ResultNode } from '../../../src/vscode/studies/ResultNode.ts';
import { buildEpochs, buildMeasurement, buildStudy, buildTrial } from '../../fakes/buildStudy.ts';

/** Every node below a study, and the study's own, as they look. */
function viewsOf(study: Study, severalFolders = false): ReadonlyMap<ResultNode['kind'], NodeView> {
  const get = (): Study => study;
  const model = new ResultModel({ remotes: [], folders: ['/home/ann/digits'], studies: () => [study], get });
  const views = new Map<ResultNode['kind'], NodeView>();
  const visit = (node: ResultNode): void => {
    views.set(
      node.kind,
      describeResultNode(node, {
        model,
        get,
        progress: () => null,
        remote: () => nodeView({ label: 'origin/main', context: 'remote' }),
        severalFolders,
      }),
    );
    model.children(node).forEach(visit);
  };
  model.children(null).forEach(visit);
  return views;
}

const failed = buildStudy({
  state: 'failed',
  reason: "NameError in lib.py, line 3: name 'modle' is not defined",
  trials: [
    buildTrial({
      state: 'failed',
      error: {
        type: 'NameError',
        message: "name 'modle' is not defined",
        frames: [
          { path: 'train.py', line: 9, function: '<module>', own: true },
          { path: 'lib.py', line: 3, function: 'build', own: true },
          { path: '/opt/hone/lib/keras.py', line: 700, function: 'fit', own: false },
        ],
      },
    }),
  ],
});

describe('describeResultNode', () => {
  it('shows the accuracy beside a run, which is open while it goes on', () => {
    const done = viewsOf(
      buildStudy({ state: 'complete', best: 0, trials: [buildTrial({ result: buildMeasurement(0.9, { rows: 450 }) })] }),
    );
    expect(done.get('study')).toMatchObject({
      label: 'digits-1',
      description: 'accuracy 90.0 % · test',
      children: 'collapsed',
      context: 'run.ended',
    });
    expect(done.get('measurement')).toMatchObject({ label: 'accuracy', description: '90.0 % · test · 450 rows' });
    expect(viewsOf(buildStudy()).get('study')).toMatchObject({ children: 'expanded', context: 'run.running' });
  });

  it('tells its menu whether a study can be paused, resumed, or has something to apply', () => {
    const context = (parts: Partial<Study>) => viewsOf(buildStudy({ kind: 'study', ...parts })).get('study')?.context;
    expect(context({})).toBe('study.running');
    expect(context({ best: 0 })).toBe('study.running');
    expect(context({ state: 'paused', best: 2 })).toBe('study.paused.best');
    expect(context({ state: 'failed', interrupted: true })).toBe('study.interrupted');
    expect(context({ state: 'target-reached', best: 2 })).toBe('study.ended.best');
  });

  it('counts the epochs that were trained, not those that were told of', () => {
    const epochs = [1, 50, 100].map((epoch) => ({ epoch, epochs: 100, metrics: { loss: 1 } }));
    expect(viewsOf(buildStudy({ trials: [buildTrial({ epochs })] })).get('epochs')?.description).toBe('100');
  });

  it('says why a run failed once, and how long it took once', () => {
    const tooltip =
      viewsOf({ ...failed, endedAt: 15_000 })
        .get('study')
        ?.tooltip.join('\n') ?? '';
    expect(tooltip.split('NameError in lib.py')).toHaveLength(2);
    expect(tooltip.split('14 s')).toHaveLength(2);
    expect(viewsOf(failed).get('log')?.description).toBe('');
  });

  it('says which folder a study is of only where there are several', () => {
    expect(viewsOf(buildStudy(), true).get('study')?.description).toBe('preparing… · digits');
  });

  it('leads from a failure to the innermost line of the user, not into a library', () => {
    const view = viewsOf(failed).get('failure');
    expect(view).toMatchObject({ label: 'NameError', description: "name 'modle' is not defined · lib.py:3" });
    expect(view?.command).toMatchObject({ id: 'hone.openError' });
  });

  it('leads to the output where a failure has no line', () => {
    const killed = buildStudy({ state: 'failed', trials: [buildTrial({ state: 'failed', reason: 'It was killed.' })] });
    expect(viewsOf(killed).get('failure')).toMatchObject({
      label: 'Failed',
      description: 'It was killed.',
      command: { id: 'hone.openLog' },
    });
  });

  it('shows the number of an epoch that says most, and all of them on hover', () => {
    const running = buildStudy({ phase: 'training', trials: [buildTrial({ state: 'running', epochs: buildEpochs(1, 5) })] });
    expect(viewsOf(running).get('epoch')).toMatchObject({
      label: 'Epoch 1',
      description: 'accuracy 1.0 %',
      tooltip: ['loss: 1', 'accuracy: 1.0 %'],
    });
  });

  it('has neither name nor action for what is gone', () => {
    const gone = buildStudy();
    const model = new ResultModel({ remotes: [], folders: ['/f'], studies: () => [gone], get: () => gone });
    const node = model.studyNode({ folder: '/f', id: 'digits-1' });
    const view =
      node === null
        ? null
        : describeResultNode(node, {
            model,
            get: () => null,
            progress: () => null,
            remote: () => nodeView({ label: 'origin/main', context: 'remote' }),
            severalFolders: false,
          });
    expect(view).toMatchObject({ context: 'gone', command: null });
  });
});
