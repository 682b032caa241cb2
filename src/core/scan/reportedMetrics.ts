import { argumentOf, type Call, type Value } from '../python/flow/Value.ts';
import { canonicalMetric, metricRank } from './canonicalMetric.ts';
import { canonicalPath, rootOf } from './canonicalPath.ts';
import { wordsOf } from './classifyTask.ts';
import { dataOf, dataOfWords } from './dataOf.ts';
import { findReceiver } from './findReceiver.ts';
import type { Training } from './findTrainings.ts';
import { compiledMetric } from './compiledMetric.ts';
import type { Metric, MetricData, Task } from './Script.ts';

/** The scores that a script computes, writes or prints by itself, in order. */
export function reportedMetrics(calls: readonly Call[], trainings: readonly Training[], task: Task): Metric[] {
  const fitted = new Set(trainings.flatMap((training) => training.call.args.map((argument) => textOf(argument.expression))));
  return calls.flatMap((call) => {
    const metric =
      ofFunction(call, task) ?? ofScore(call, task) ?? ofEvaluate(call, calls) ?? ofLog(call) ?? ofFile(call) ?? ofPrint(call);
    if (metric === null) return [];
    const onFitted =
      metric.data === 'unknown' &&
      call.args.some(
        (argument) =>
          (argument.expression.kind === 'name' || argument.expression.kind === 'attribute') &&
          fitted.has(textOf(argument.expression)),
      );
    return [onFitted ? { ...metric, data: 'train' as const } : metric];
  });
}

function ofFunction(call: Call, task: Task): Metric | null {
  if (call.callee.kind !== 'external' || rootOf(canonicalPath(call.callee.path)) !== 'sklearn') return null;
  if (/^(?:cross_val_score|cross_validate)$/u.test(call.name)) {
    const scoring = argumentOf(call, 'scoring');
    const word = scoring === null ? null : wordsOf(scoring.value)[0];
    const named = word ? canonicalMetric(word) : defaultScore(task);
    return named && { ...named, data: 'validation', source: 'hook' };
  }
  if (!/\.metrics\b/u.test(call.callee.path) || /curve|matrix|report|^make_scorer|^pairwise|_display/iu.test(call.name))
    return null;
  const named = canonicalMetric(call.name);
  if (named === null) return null;
  const rooted = named.name === 'mse' && literalOf(argumentOf(call, 'squared')?.value) === false;
  return { ...named, name: rooted ? 'rmse' : named.name, data: dataOfArguments(call), source: 'hook' };
}

function ofScore(call: Call, task: Task): Metric | null {
  if (call.callee.kind !== 'member' || call.name !== 'score' || call.args.length < 2) return null;
  const receiver = findReceiver(call.callee.object);
  if (receiver.kind === 'preprocessor') return null;
  const named = defaultScore(task) ?? { name: 'accuracy', direction: 'maximize' as const };
  return { ...named, data: dataOfArguments(call), source: 'hook' };
}

function ofEvaluate(call: Call, calls: readonly Call[]): Metric | null {
  if (call.callee.kind !== 'member' || !/^(?:evaluate|evaluate_generator|test_on_batch)$/u.test(call.name)) return null;
  const named = compiledMetric(calls);
  return named && { ...named, data: dataOfArguments(call), source: 'hook' };
}

/** Lightning's `self.log('val_acc', …)`. */
function ofLog(call: Call): Metric | null {
  if (call.callee.kind !== 'member' || call.name !== 'log' || call.callee.object.kind !== 'object') return null;
  const name = literalOf(call.args[0]?.value);
  if (typeof name !== 'string') return null;
  const named = canonicalMetric(name);
  return named && { ...named, data: dataOfWords(name), source: 'hook' };
}

const RESULT_FILE =
  /(?:^|[/\\])(?:[\w-]*acc(?:uracy)?[\w-]*|results?|scores?|report|output|metrics?)\.(?:txt|csv|json|log|dat)$/iu;

function ofFile(call: Call): Metric | null {
  if (call.callee.kind !== 'external' || call.name !== 'open') return null;
  const path = literalOf(call.args[0]?.value);
  const mode = literalOf(argumentOf(call, 'mode', 1)?.value);
  if (typeof path !== 'string' || typeof mode !== 'string' || !/[wa]/u.test(mode) || !RESULT_FILE.test(path)) return null;
  return { name: canonicalMetric(path)?.name ?? 'accuracy', direction: 'maximize', data: dataOfWords(path), source: 'file' };
}

const SHOWN = /(?:\b|_)(?:accuracy|acc|f1(?:[ _-]?score)?|auc|roc[ _]auc|r2|r\^2|mse|rmse|mae|loss|error)(?:\b|_)/giu;

function ofPrint(call: Call): Metric | null {
  if (!/^(?:print|write|info|set_postfix|set_description|log|add_scalar)$/u.test(call.name) || call.args.length === 0)
    return null;
  const text = call.args
    .map((argument) => argument.expression.source.text.slice(argument.expression.start, argument.expression.end))
    .join(' ');
  // A text alone, without a value in it, tells no number.
  if (call.args.every((argument) => argument.value.kind === 'literal')) return null;
  const shown = [...text.matchAll(SHOWN)]
    .map((match) => canonicalMetric(match[0].replace('^', '')))
    .filter((metric) => metric !== null);
  const named = shown.sort((a, b) => metricRank(a.name) - metricRank(b.name))[0];
  return named === undefined ? null : { ...named, data: dataOfWords(text), source: 'print' };
}

function defaultScore(task: Task): { name: string; direction: 'maximize' } | null {
  if (task === 'classification') return { name: 'accuracy', direction: 'maximize' };
  return task === 'regression' ? { name: 'r2', direction: 'maximize' } : null;
}

function dataOfArguments(call: Call): MetricData {
  for (const argument of call.args) {
    const data = dataOf(argument);
    if (data !== 'unknown') return data;
  }
  return 'unknown';
}

function literalOf(value: Value | undefined): string | number | boolean | null | undefined {
  return value?.kind === 'literal' ? value.value : undefined;
}

function textOf(node: { readonly source: { readonly text: string }; readonly start: number; readonly end: number }): string {
  return node.source.text.slice(node.start, node.end);
}
