import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Suggester } from '../../src/core/ports/Suggester.ts';
import type { Dimension } from '../../src/core/study/SearchPlan.ts';
import type { PastTrial, SuggestRequest } from '../../src/core/study/SuggestRequest.ts';
import { seededRandom } from '../../src/core/study/policy/seededRandom.ts';
import { buildDimension } from '../fakes/buildPlan.ts';

const never = new AbortController().signal;
const rate = buildDimension({ id: 'fit.größe', range: { kind: 'float', low: 0.0001, high: 0.1, log: true } });
const units = buildDimension({ id: 'units', range: { kind: 'int', low: 8, high: 128, log: true } });
const kernel = buildDimension({ id: 'kernel', range: { kind: 'categorical', choices: [[3, 3], [5, 5], null] } });
const dropout = buildDimension({ id: 'dropout', range: { kind: 'float', low: 0, high: 0.6, log: false } });
const dimensions: readonly Dimension[] = [rate, units, kernel, dropout];

/** Trials of which only the rate matters: 0.01 is best. */
function historyOf(count: number): readonly PastTrial[] {
  const random = seededRandom('history');
  return Array.from({ length: count }, (_, index) => {
    const exponent = -4 + 3 * random();
    const state = (['complete', 'complete', 'pruned', 'failed', 'running'] as const)[index % 5] ?? 'complete';
    const assignment = {
      'fit.größe': 10 ** exponent,
      units: 8 + Math.floor(120 * random()),
      kernel: [3, 3],
      dropout: 0.6 * random(),
    };
    const intermediate = state === 'pruned' ? [{ step: 1, value: 0.1 }] : [];
    return { assignment, state, value: state === 'complete' ? -Math.abs(exponent + 2) : null, intermediate };
  });
}

function request(parts: Partial<SuggestRequest> = {}): SuggestRequest {
  return { strategy: 'tpe', dimensions, direction: 'maximize', seed: 7, trial: 40, history: historyOf(40), ...parts };
}

/** What every suggester promises that does not draw at random: the same suite runs against a container and a process. */
export function describeSuggester(name: string, create: () => Suggester): void {
  describe(`${name} as a Suggester`, () => {
    let suggester: Suggester;
    beforeAll(() => {
      suggester = create();
    });
    afterAll(() => suggester.dispose());

    test.each(['tpe', 'random'] as const)(
      'answers the same request the same, also when it was closed in between: %s',
      async (strategy) => {
        const first = await suggester.suggest(request({ strategy }), never);
        await suggester.dispose();
        expect(await suggester.suggest(request({ strategy }), never)).toEqual(first);
        expect(first.note).toBeNull();
        expect(await suggester.suggest(request({ strategy, trial: 41 }), never)).not.toEqual(first);
      },
    );

    test('gives a value within its range for every dimension, also without a history', async () => {
      for (let trial = 1; trial <= 10; trial++) {
        const { assignment } = await suggester.suggest(request({ trial, history: [] }), never);
        expect(Object.keys(assignment).sort()).toEqual(dimensions.map(({ id }) => id).sort());
        expect(assignment['units']).toSatisfy((value) => Number.isInteger(value) && Number(value) >= 8 && Number(value) <= 128);
        expect([[3, 3], [5, 5], null]).toContainEqual(assignment['kernel']);
      }
    });

    test('learns from what was tried: more than half of its points are near the best', async () => {
      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, index) => suggester.suggest(request({ trial: 40 + index }), never)),
      );
      const near = answers.filter(({ assignment }) => Math.abs(Math.log10(Number(assignment['fit.größe'])) + 2) < 0.75);
      expect(near.length).toBeGreaterThan(8);
    });

    test('keeps away from what was tried: a tenth of its range in one dimension at least', async () => {
      const best = { 'fit.größe': 0.01, units: 32, kernel: [3, 3], dropout: 0.2 };
      const known: PastTrial = { assignment: best, state: 'complete', value: 1, intermediate: [] };
      const around = historyOf(60).map((past, index) => (index % 2 === 0 ? past : known));
      const numbers = [rate, units, dropout];
      for (let trial = 60; trial < 72; trial++) {
        const { assignment } = await suggester.suggest(request({ dimensions: numbers, trial, history: around }), never);
        const apart = Math.max(
          Math.abs(Math.log10(Number(assignment['fit.größe']) / best['fit.größe'])) / 3,
          Math.abs(Math.log2(Number(assignment['units']) / best.units)) / 4,
          Math.abs(Number(assignment['dropout']) - best.dropout) / 0.6,
        );
        expect(apart).toBeGreaterThan(0.1);
      }
    });

    test('tells what it cannot do, and answers the next question', async () => {
      const broken = buildDimension({ range: { kind: 'float', low: 1, high: 0, log: false } });
      await expect(suggester.suggest(request({ dimensions: [broken], history: [] }), never)).rejects.toMatchObject({
        code: 'protocol',
      });
      expect((await suggester.suggest(request(), never)).assignment).toHaveProperty('units');
    });

    test('stops when it is told to', async () => {
      await expect(suggester.suggest(request(), AbortSignal.abort())).rejects.toSatisfy(
        (error) => error instanceof Error && (error.name === 'AbortError' || ('code' in error && error.code === 'cancelled')),
      );
    });
  });
}
