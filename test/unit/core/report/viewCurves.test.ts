import { describe, expect, it } from 'vitest';
import { viewCurves } from '../../../../src/core/report/viewCurves.ts';
import { buildEpochs, buildStudy, buildTrial } from '../../../fakes/buildStudy.ts';

const trials = [0, 1, 2, 3].map((number) =>
  buildTrial({ number, state: number === 3 ? 'running' : 'complete', epochs: buildEpochs(5) }),
);
const shown = (chosen: readonly number[]) => viewCurves(buildStudy({ trials, best: 1 }), chosen).map(({ trial }) => trial);

describe('viewCurves', () => {
  it('shows those that run beside the chosen ones, or the best', () => {
    expect(shown([])).toEqual([1, 3]);
    expect(shown([0, 2])).toEqual([0, 2, 3]);
  });

  it('thins a long curve, and keeps its last epoch', () => {
    const [curve] = viewCurves(buildStudy({ best: 0, trials: [buildTrial({ epochs: buildEpochs(1000) })] }), []);
    expect(curve?.metric).toBe('accuracy');
    expect(curve?.epochs.length).toBeLessThanOrEqual(301);
    expect(curve?.epochs.at(-1)).toBe(1000);
  });
});
