import { rangeOf } from '../python/SourceRange.ts';
import { argumentOf, type Call, type Value } from '../python/flow/Value.ts';
import { canonicalPath, rootOf } from './canonicalPath.ts';
import { findReceiver } from './findReceiver.ts';
import type { Finding } from './Finding.ts';
import type { Training } from './findTrainings.ts';
import { fittedData, isModel, isWrittenDown, pairOf, type DataPair, type Fitted } from './fittedData.ts';
import { reportedMetrics } from './reportedMetrics.ts';
import { sameValue } from './sameValue.ts';

const PREDICTS = /^(?:predict\w*|decision_function|transform|__call__|evaluate\w*|score|test_on_batch|forward)$/u;
const EVALUATES = /^(?:score|evaluate)$/u;

/**
 * A score on the very rows that the model was fitted on, in a script that measures on no others; null where there is any doubt: rows
 * held out by `fit`, by folds, or by a prediction of other rows.
 */
export function findTrainingScore(calls: readonly Call[], trainings: readonly Training[]): Finding | null {
  const fitted = fittedData(trainings);
  const [first] = fitted;
  if (first === undefined || fitted.length < trainings.length || trainings.some(holdsOut)) return null;
  // The task only names the numbers, which is of no interest here.
  const reported = reportedMetrics(calls, trainings, 'classification');
  if (reported.some((metric) => metric.data !== 'train' && (metric.source === 'hook' || metric.data !== 'unknown'))) return null;
  if (fitted.some(({ x }) => isWrittenDown(x)) || calls.some((call) => looksElsewhere(call, fitted))) return null;
  for (const call of calls) {
    const measured = measuredBy(call, fitted);
    if (measured !== null) return describe(call, measured);
  }
  return null;
}

function describe(call: Call, fitted: Fitted): Finding {
  return {
    code: 'scored-on-training-data',
    severity: 'warning',
    message: 'This measures the model on the rows that it was fitted on.',
    explanation:
      'A model can remember the rows that it was fitted on, so this number says little about new ones, and a search for a better number ' +
      'finds what remembers best. Keep some rows out of the fit, as train_test_split does, and measure on those.',
    place: rangeOf(call.node),
    evidence: [{ place: rangeOf(fitted.call.node), message: 'The fit, on the same rows.' }],
  };
}

/** A fit that sets rows aside by itself, or is judged by others. */
function holdsOut({ call, framework, models }: Training): boolean {
  const keywords = ['validation_data', 'validation_split', 'eval_set', 'early_stopping'];
  const searches = call.callee.kind === 'member' && rootCallName(call.callee.object).endsWith('CV');
  return (
    framework === 'pytorch' || searches || models.length === 0 || keywords.some((keyword) => argumentOf(call, keyword) !== null)
  );
}

function rootCallName(value: Value): string {
  return value.kind === 'result' ? value.call.name : '';
}

/** Where a call measures a fitted model on what it was fitted on, after it was: that fit. */
function measuredBy(call: Call, fitted: readonly Fitted[]): Fitted | null {
  const { callee } = call;
  if (callee.kind === 'member' && EVALUATES.test(call.name)) {
    const pair = pairOf(call);
    return pair === null ? null : fitFor(call, callee.object, pair, fitted);
  }
  if (callee.kind !== 'external' || !/^sklearn\.metrics\b/u.test(canonicalPath(callee.path))) return null;
  const truth = argumentOf(call, 'y_true', 0);
  const guess = argumentOf(call, 'y_pred', 1) ?? argumentOf(call, 'y_score', 1);
  if (truth === null || guess?.value.kind !== 'result') return null;
  const { call: prediction } = guess.value;
  const [rows] = prediction.args;
  if (prediction.callee.kind !== 'member' || !prediction.name.startsWith('predict') || rows === undefined) return null;
  return fitFor(prediction, prediction.callee.object, { x: rows.value, y: truth.value }, fitted);
}

function fitFor(call: Call, model: Value, { x, y }: DataPair, fitted: readonly Fitted[]): Fitted | null {
  return (
    fitted.find((fit) => fit.call.order < call.order && isModel(model, fit) && sameValue(x, fit.x) && sameValue(y, fit.y)) ?? null
  );
}

/** A prediction for rows that no fit was given, or a fold: the number may come from there. */
function looksElsewhere(call: Call, fitted: readonly Fitted[]): boolean {
  if (call.callee.kind === 'external') {
    const path = canonicalPath(call.callee.path);
    return (
      rootOf(path) === 'sklearn' &&
      /cross_val|KFold|Shuffle|Split\b|LeaveOneOut|validation_curve/u.test(path) &&
      call.name !== 'train_test_split'
    );
  }
  if (!PREDICTS.test(call.name) || call.callee.kind !== 'member') return false;
  const receiver = findReceiver(call.callee.object);
  const [rows] = call.args;
  if (receiver.kind === 'preprocessor' || rows === undefined) return false;
  return !isWrittenDown(rows.value) && !fitted.some(({ x }) => sameValue(rows.value, x));
}
