import { describe, expect, it } from 'vitest';
import { viewCurves } from '../../../src/core/report/viewCurves.ts';
import { viewStudy } from '../../../src/core/report/viewStudy.ts';
import { parseFromPanel, parseToPanel, type ToPanel } from '../../../src/protocol/panelMessages.ts';
import { buildEpochs, buildMeasurement, buildStudy, buildTrial } from '../../fakes/buildStudy.ts';

describe('the messages of the panel', () => {
  it('carry a study as it is viewed, through the JSON that they are sent as', () => {
    const study = buildStudy({
      kind: 'study',
      best: 0,
      trials: [buildTrial({ result: buildMeasurement(0.9), epochs: buildEpochs(3) })],
    });
    const message: ToPanel = {
      type: 'study',
      study: viewStudy(study, { search: null, status: 'trial 1' }),
      curves: viewCurves(study, []),
      actions: ['pause', 'export'],
      memory: { folder: '/work', id: 'digits-1' },
    };
    expect(parseToPanel(JSON.parse(JSON.stringify(message)))).toEqual(message);
  });

  it.each([
    null,
    'ready',
    {},
    { type: 'act', action: 'delete' },
    { type: 'choose', trials: [1, 2, 3] },
    { type: 'choose', trials: [-1] },
    { type: 'choose', trials: ['1'] },
  ])('leave out what no page of ours sends: %j', (message) => {
    expect(parseFromPanel(message)).toBeNull();
  });

  it('take what it sends', () => {
    expect(parseFromPanel({ type: 'act', action: 'apply' })).toEqual({ type: 'act', action: 'apply' });
    expect(parseFromPanel({ type: 'choose', trials: [4, 0] })).toEqual({ type: 'choose', trials: [4, 0] });
  });
});
