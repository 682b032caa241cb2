import { argumentOf, type Call, type CallArgument } from '../python/flow/Value.ts';
import { canonicalMetric } from './canonicalMetric.ts';
import { wordsOf } from './classifyTask.ts';
import { compiledMetric } from './compiledMetric.ts';
import { dataOf } from './dataOf.ts';
import type { Training } from './findTrainings.ts';
import type { Framework, Metric, MetricData, Task } from './Script.ts';

/** The numbers that training itself reports: Keras each epoch, a search its best score, boosting its evaluation set. */
export function trainingMetrics(
  calls: readonly Call[],
  trainings: readonly Training[],
  framework: Framework,
  task: Task,
): Metric[] {
  return trainings.flatMap((training): Metric[] => {
    const { call } = training;
    if (training.framework === 'keras' && /^(?:super\.)?(?:fit|fit_generator|search|train_on_batch)$/u.test(call.name)) {
      const named = compiledMetric(calls);
      return named === null ? [] : [{ ...named, data: validationOf(call), source: 'hook' }];
    }
    const search = searchOf(call);
    if (search !== null) return ofSearch(search, task);
    return framework === training.framework ? ofBoosting(training) : [];
  });
}

function validationOf(call: Call): MetricData {
  const data = argumentOf(call, 'validation_data');
  if (data !== null && !(data.value.kind === 'literal' && data.value.value === null))
    return dataOf(data) === 'test' ? 'test' : 'validation';
  return argumentOf(call, 'validation_split') === null ? 'train' : 'validation';
}

/** The call that made the search which is fitted. */
function searchOf(call: Call): Call | null {
  const made = call.callee.kind === 'member' ? call.callee.object : null;
  return made?.kind === 'result' && made.call.name.endsWith('SearchCV') ? made.call : null;
}

function ofSearch(search: Call, task: Task): Metric[] {
  const scoring = argumentOf(search, 'scoring');
  const word = scoring === null ? undefined : wordsOf(scoring.value)[0];
  if (word === undefined) {
    if (task === 'unknown') return [];
    return [{ name: task === 'regression' ? 'r2' : 'accuracy', direction: 'maximize', data: 'validation', source: 'hook' }];
  }
  const named = canonicalMetric(word);
  return named === null ? [] : [{ ...named, data: 'validation', source: 'hook' }];
}

function ofBoosting(training: Training): Metric[] {
  const { call } = training;
  const sets = argumentOf(call, 'eval_set') ?? argumentOf(call, 'evals') ?? argumentOf(call, 'valid_sets');
  if (sets === null || training.framework === 'sklearn' || training.framework === 'pytorch') return [];
  const word = [...argumentWords(argumentOf(call, 'eval_metric')), ...argumentWords(argumentOf(call, 'params', 0))].find(
    (text) => canonicalMetric(text) !== null,
  );
  const named = (word === undefined ? null : canonicalMetric(word)) ?? { name: 'loss', direction: 'minimize' as const };
  return [{ ...named, data: dataOf(sets) === 'test' ? 'test' : 'validation', source: 'hook' }];
}

function argumentWords(argument: CallArgument | null): string[] {
  if (argument === null) return [];
  const metric =
    argument.value.kind === 'dict'
      ? (argument.value.entries.get('metric') ?? argument.value.entries.get('eval_metric'))
      : argument.value;
  return metric === undefined ? [] : wordsOf(metric);
}
