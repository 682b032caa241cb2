import { argumentOf, type Call } from '../python/flow/Value.ts';
import { canonicalMetric, type MetricName } from './canonicalMetric.ts';
import { wordsOf } from './classifyTask.ts';

const LOSS: MetricName = { name: 'loss', direction: 'minimize' };

/** The first metric that a Keras model is compiled with, its loss where it has none; null where nothing is compiled. */
export function compiledMetric(calls: readonly Call[]): MetricName | null {
  const compile = calls.findLast((call) => call.name === 'compile' && call.callee.kind === 'member');
  if (compile === undefined) return LOSS;
  const metrics = argumentOf(compile, 'metrics') ?? argumentOf(compile, 'weighted_metrics');
  const words = metrics === null ? [] : wordsOf(metrics.value);
  return words.map(canonicalMetric).find((named) => named !== null) ?? LOSS;
}
