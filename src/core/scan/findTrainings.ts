import type { Trace } from '../python/flow/followModule.ts';
import { externalBases } from '../python/flow/attribute.ts';
import { argumentOf, optionsOf, type Call, type Value } from '../python/flow/Value.ts';
import { canonicalPath, rootOf } from './canonicalPath.ts';
import { findReceiver } from './findReceiver.ts';
import { importedPaths } from './importedPaths.ts';
import type { Model } from './Model.ts';
import type { Framework } from './Script.ts';

/** A call that trains. */
export interface Training {
  readonly call: Call;
  readonly framework: Framework;
  readonly models: readonly Model[];
}

const FITS = new Set([
  'fit',
  'fit_generator',
  'fit_predict',
  'partial_fit',
  'train_on_batch',
  'fit_on_batch',
  'super.fit',
  'fit_one_cycle',
  'fine_tune',
  'learn',
]);
const VALIDATIONS =
  /^(?:cross_val_score|cross_validate|cross_val_predict|learning_curve|validation_curve|permutation_test_score)$/u;

/** All calls that train, in order, live or not. */
export function findTrainings(trace: Trace): Training[] {
  const roots = importedRoots(trace);
  const steps = trace.calls.some((call) => isOptimizerStep(call, true));
  const idleSteps = trace.calls.some((call) => isOptimizerStep(call, false));
  const trainings: Training[] = [];
  for (const call of trace.calls) {
    const training =
      ofFit(call, roots) ??
      ofFunction(call) ??
      ofLoop(call, roots, steps || (!call.live && idleSteps)) ??
      ofEngine(call) ??
      ofStranger(call);
    if (training !== null) trainings.push(training);
  }
  return trainings;
}

function ofFit(call: Call, roots: ReadonlySet<string>): Training | null {
  const { callee } = call;
  if (callee.kind !== 'member' || !FITS.has(callee.name)) return null;
  const receiver = findReceiver(callee.object);
  if (receiver.kind === 'preprocessor') return null;
  if (receiver.kind === 'models') return create(call, receiver.models, receiver.models[0]?.framework ?? 'none');
  if (isForeign(callee.object)) return null;
  const framework = guessFramework(call, roots);
  return framework === null ? null : create(call, [], framework);
}

function ofFunction(call: Call): Training | null {
  if (call.callee.kind !== 'external') return null;
  const path = canonicalPath(call.callee.path);
  const root = rootOf(path);
  if (['xgboost', 'lightgbm', 'catboost'].includes(root) && (call.name === 'train' || call.name === 'cv')) {
    const framework = root as 'xgboost' | 'lightgbm' | 'catboost';
    return create(call, [{ path, framework, family: 'boosting', task: null }], framework);
  }
  if (root !== 'sklearn' || !VALIDATIONS.test(call.name)) return null;
  const estimator = argumentOf(call, 'estimator', 0);
  const receiver = estimator === null ? null : findReceiver(estimator.value);
  if (receiver?.kind === 'preprocessor') return null;
  const models = receiver?.kind === 'models' ? receiver.models : [];
  return create(call, models, models[0]?.framework ?? 'sklearn');
}

/** Loops written out: `loss.backward()` beside an optimizer's step, a gradient tape, TensorFlow 1's `minimize`. */
function ofLoop(call: Call, roots: ReadonlySet<string>, steps: boolean): Training | null {
  if (call.callee.kind === 'external' && /^torch\..*\bbackward$/u.test(call.callee.path) && steps)
    return create(call, [], 'pytorch');
  if (call.callee.kind !== 'member') return null;
  if (call.name === 'backward' && steps && (roots.has('torch') || roots.has('pytorch_lightning')))
    return create(call, [], 'pytorch');
  const made = madeBy(call.callee.object);
  if (
    call.name === 'apply_gradients' ||
    (call.name === 'minimize' && /^(?:tensorflow|keras)\b.*Optimizer|^keras\.optimizers/u.test(made))
  ) {
    if (!roots.has('tensorflow') && !roots.has('keras')) return null;
    return create(call, [], call.name === 'apply_gradients' ? 'keras' : 'none');
  }
  return null;
}

const TORCH_ENGINES = [
  { root: 'ignite', method: 'run', maker: /create_supervised_trainer/u },
  { root: 'transformers', method: 'train', maker: /Trainer$/u },
  { root: 'trl', method: 'train', maker: /Trainer$/u },
  { root: 'ultralytics', method: 'train', maker: /./u },
];

/** Objects whose one method trains: Lightning's and Hugging Face's trainers, ignite's engines, Keras Tuner, estimators. */
function ofEngine(call: Call): Training | null {
  if (call.callee.kind !== 'member') return null;
  const made = madeBy(call.callee.object);
  const root = rootOf(made);
  const { name } = call;
  if (TORCH_ENGINES.some((engine) => engine.root === root && engine.method === name && engine.maker.test(made)))
    return create(call, [], 'pytorch');
  if (root === 'keras_tuner' && name === 'search') return create(call, [], 'keras');
  return root === 'tensorflow' && name === 'train' && /\.estimator\./u.test(made) ? create(call, [], 'none') : null;
}

function isOptimizerStep(call: Call, live: boolean): boolean {
  if (call.live !== live || call.callee.kind !== 'member') return false;
  if (call.name === 'zero_grad' || isCleared(call)) return true;
  return call.name === 'step' && !/lr_scheduler/u.test(madeBy(call.callee.object));
}

/** `w.grad.zero_()` in a loop: the step is written out by hand, `w -= rate * w.grad`. */
function isCleared({ name, looped, callee }: Call): boolean {
  if (name !== 'zero_' || !looped || callee.kind !== 'member') return false;
  const { object } = callee;
  const cleared = object.kind === 'member' && object.name === 'data' ? object.object : object;
  return cleared.kind === 'member' && cleared.name === 'grad';
}

/** A function `train` that cannot be read and is given a network or its optimizer: another file's, a course's. */
function ofStranger(call: Call): Training | null {
  if (call.callee.kind !== 'external' || !/^(?:train|fit)(?:_|$)|_train$/iu.test(call.name)) return null;
  if (KNOWN_ROOTS.has(rootOf(canonicalPath(call.callee.path)))) return null;
  const given = call.args.flatMap(({ value }) => optionsOf(value));
  const network = given.some((value) =>
    value.kind === 'object'
      ? externalBases(value.class).some((base) => canonicalPath(base) === 'torch.nn.Module')
      : /^torch\.(?:optim\.|nn\.Sequential$)/u.test(madeBy(value)),
  );
  return network ? create(call, [], 'pytorch') : null;
}

/** The canonical path of the function or class that a value goes back to; '' where it is none of a library's. */
export function madeBy(value: Value): string {
  let current: Value | undefined = value;
  for (let depth = 0; depth < 40 && current !== undefined; depth++) {
    if (current.kind === 'external') return canonicalPath(current.path);
    if (current.kind === 'member') current = current.object;
    else if (current.kind === 'item') current = current.of;
    else if (current.kind === 'result') current = current.call.callee;
    else if (current.kind === 'choice') [current] = optionsOf(current).filter((option) => option.kind !== 'literal');
    else return '';
  }
  return '';
}

/** Libraries of which it is known what trains. */
const KNOWN_ROOTS = new Set([
  'torch',
  'torchvision',
  'sklearn',
  'keras',
  'tensorflow',
  'xgboost',
  'lightgbm',
  'catboost',
  'numpy',
]);

const FOREIGN = new Set([
  'scipy',
  'statsmodels',
  'prophet',
  'fbprophet',
  'pmdarima',
  'numpy',
  'pandas',
  'gensim',
  'nltk',
  'surprise',
  'matplotlib',
  'lifelines',
  'arch',
  'pyspark',
  'shap',
  'lime',
  'category_encoders',
  'umap',
]);

/** Made by a library whose `fit` is none of ours. */
function isForeign(value: Value): boolean {
  return FOREIGN.has(rootOf(madeBy(value)));
}

/** Which framework a `fit` of an unknown object is of: by its arguments, then by what the file imports; null where it proves nothing. */
function guessFramework(call: Call, roots: ReadonlySet<string>): Framework | null {
  const keywords = new Set(call.args.map((argument) => argument.keyword));
  const neural = ['epochs', 'nb_epoch', 'batch_size', 'validation_data', 'validation_split', 'steps_per_epoch', 'callbacks'].some(
    (keyword) => keywords.has(keyword),
  );
  const keras = roots.has('keras') || roots.has('tensorflow');
  if (
    (neural || call.name === 'fit_generator' || call.name === 'train_on_batch') &&
    (keras || call.name !== 'fit' || !roots.has('torch'))
  )
    return 'keras';
  if (call.args.length < 2) return null;
  for (const [root, framework] of [
    ['sklearn', 'sklearn'],
    ['keras', 'keras'],
    ['tensorflow', 'keras'],
    ['xgboost', 'xgboost'],
    ['lightgbm', 'lightgbm'],
    ['catboost', 'catboost'],
    ['pytorch_lightning', 'pytorch'],
  ] as const) {
    if (roots.has(root)) return framework;
  }
  return null;
}

function importedRoots(trace: Trace): Set<string> {
  const roots = new Set<string>();
  for (const module of [trace.module, ...trace.modules]) for (const path of importedPaths(module)) roots.add(rootOf(path));
  return roots;
}

function create(call: Call, models: readonly Model[], framework: Framework): Training {
  return { call, models, framework };
}
