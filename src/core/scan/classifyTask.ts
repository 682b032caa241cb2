import type { Trace } from '../python/flow/followModule.ts';
import { argumentOf, optionsOf, type Call, type Value } from '../python/flow/Value.ts';
import { canonicalPath, leafOf, rootOf } from './canonicalPath.ts';
import type { Training } from './findTrainings.ts';
import type { Framework, Task } from './Script.ts';

const CLASSIFICATION =
  /cross_?entropy|nll_?loss|bce|hinge|focal|logloss|log_loss|binary|multi:|multiclass|softmax|logistic|cosine_embedding|margin/iu;
const REGRESSION =
  /mean_squared|mean_absolute|\bmse\b|\bmae\b|mse_?loss|l1_?loss|smooth_?l1|huber|log_?cosh|poisson|\breg:|regression|\brmse\b|quantile|mape|msle|tweedie|gamma/iu;

/** What is predicted: as the estimator's class, the loss, the objective, the labels' metrics say, in this order. */
export function classifyTask(trace: Trace, trainings: readonly Training[], framework: Framework): Task {
  const own = trainings.filter((training) => training.framework === framework);
  const named = own
    .flatMap((training) => training.models)
    .find((model) => model.task === 'classification' || model.task === 'regression');
  if (named?.task) return named.task;
  const live = own.some((training) => training.call.live);
  const calls = trace.calls.filter((call) => !live || call.live);
  const losses = byWords(calls.flatMap(lossesOf));
  if (losses === 'classification' && own.some(isAutoencoder)) return 'unknown';
  if (losses !== null) return losses;
  if (framework === 'none') return byWords(calls.flatMap(tensorWordsOf)) ?? byMetrics(calls) ?? 'unknown';
  const metrics = byMetrics(calls);
  if (metrics !== null) return metrics;
  if (framework === 'xgboost' || framework === 'lightgbm') return 'regression';
  return 'unknown';
}

/** Words that name the loss or objective of a call. */
function lossesOf(call: Call): string[] {
  const words: string[] = [];
  if (call.callee.kind === 'external') {
    const path = canonicalPath(call.callee.path);
    if (/^torch\.nn\b/u.test(path) && /loss|entropy|nll/iu.test(leafOf(path))) words.push(leafOf(path));
    if (
      /^tensorflow\b|^keras\.losses\b|^keras\.backend\b/u.test(path) &&
      /cross_?entropy|mean_?squared|mean_?absolute|huber/iu.test(leafOf(path))
    )
      words.push(leafOf(path));
    if (['xgboost', 'lightgbm', 'catboost'].includes(rootOf(path)))
      for (const argument of call.args) words.push(...objectivesIn(argument.value, argument.keyword));
  }
  if (call.name === 'compile') {
    const loss = argumentOf(call, 'loss', 1);
    if (loss !== null) words.push(...wordsOf(loss.value));
  }
  return words;
}

/** TensorFlow's operations of which losses are written by hand. */
function tensorWordsOf(call: Call): string[] {
  if (call.callee.kind !== 'external' || rootOf(canonicalPath(call.callee.path)) !== 'tensorflow') return [];
  if (/^(?:softmax|sigmoid|argmax|arg_max)$/u.test(call.name)) return ['softmax'];
  return /^(?:square|squared_difference)$/u.test(call.name) ? ['mean_squared'] : [];
}

function objectivesIn(value: Value, keyword: string | null): string[] {
  if (keyword === 'objective' || keyword === 'loss_function') return wordsOf(value);
  return optionsOf(value).flatMap((option) => {
    if (option.kind !== 'dict') return [];
    return ['objective', 'loss_function', 'application', 'metric', 'eval_metric'].flatMap((key) => {
      const entry = option.entries.get(key);
      return entry === undefined ? [] : wordsOf(entry);
    });
  });
}

/** The names and strings that a value is made of. */
export function wordsOf(value: Value): string[] {
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string' ? [value.value] : [];
    case 'external':
      return [leafOf(value.path)];
    case 'result':
      return value.call.callee.kind === 'external' ? [leafOf(value.call.callee.path)] : [];
    case 'choice':
      return value.options.flatMap(wordsOf);
    case 'sequence':
      return value.items.flatMap(wordsOf);
    case 'dict':
      return [...value.entries.values()].flatMap(wordsOf);
    case 'member':
      return [value.name];
    default:
      return [];
  }
}

function byWords(spelled: readonly string[]): Task | null {
  const words = spelled.map((word) => word.replace(/([a-z])(?=[A-Z])/gu, '$1_').toLowerCase());
  if (words.some((word) => CLASSIFICATION.test(word) && !REGRESSION.test(word))) return 'classification';
  return words.some((word) => REGRESSION.test(word)) ? 'regression' : null;
}

function byMetrics(calls: readonly Call[]): Task | null {
  for (const call of calls) {
    if (call.callee.kind === 'external' && rootOf(canonicalPath(call.callee.path)) === 'sklearn') {
      if (
        /^(?:accuracy_score|f1_score|classification_report|confusion_matrix|roc_auc_score|log_loss|precision_score|recall_score|balanced_accuracy_score)$/u.test(
          call.name,
        )
      )
        return 'classification';
      if (
        /^(?:r2_score|mean_squared_error|mean_absolute_error|root_mean_squared_error|mean_absolute_percentage_error)$/u.test(
          call.name,
        )
      )
        return 'regression';
    }
    if (call.name === 'compile') {
      const metrics = argumentOf(call, 'metrics');
      if (metrics !== null && wordsOf(metrics.value).some((word) => /acc|auc|precision|recall|f1/iu.test(word)))
        return 'classification';
    }
    const scoring = argumentOf(call, 'scoring');
    const words = scoring === null ? [] : wordsOf(scoring.value);
    if (words.some((word) => /accuracy|f1|roc_auc|precision|recall|log_loss/iu.test(word))) return 'classification';
    if (words.some((word) => /^r2$|squared|absolute/iu.test(word))) return 'regression';
  }
  return null;
}

/** Fitted to reproduce its own input. */
function isAutoencoder(training: Training): boolean {
  const [x, y] = training.call.args.filter((argument) => argument.keyword === null);
  return x?.expression.kind === 'name' && y?.expression.kind === 'name' && x.expression.id === y.expression.id;
}
