import { externalBases } from '../python/flow/attribute.ts';
import { argumentOf, type Call, type Value } from '../python/flow/Value.ts';
import { canonicalPath, leafOf, rootOf } from './canonicalPath.ts';
import { estimatorRole } from './estimatorRole.ts';
import { isKeras, kerasRole } from './kerasNames.ts';
import type { Model, Receiver } from './Model.ts';
import type { Task } from './Script.ts';

const MAX_DEPTH = 24;

/** Follows a value back to what made it and tells which models it holds. */
export function findReceiver(value: Value, depth = 0): Receiver {
  if (depth > MAX_DEPTH) return { kind: 'unknown' };
  switch (value.kind) {
    case 'choice':
      return join(value.options, depth);
    case 'sequence':
      return join(value.items, depth);
    case 'dict':
      return join([...value.entries.values(), ...value.rest], depth);
    case 'member':
      return findReceiver(value.object, depth + 1);
    case 'item':
      return findReceiver(value.of, depth + 1);
    case 'external':
      return ofPath(canonicalPath(value.path), null, depth);
    case 'object':
      return ofClass(externalBases(value.class).map(canonicalPath), value.class.definition.name);
    case 'class':
      return ofClass(externalBases(value).map(canonicalPath), value.definition.name);
    case 'result':
      return ofCall(value.call, depth);
    case 'literal':
      return { kind: 'data' };
    default:
      return { kind: 'unknown' };
  }
}

function join(values: readonly Value[], depth: number): Receiver {
  const found = values.map((value) => findReceiver(value, depth + 1));
  const models = found.flatMap((receiver) => (receiver.kind === 'models' ? receiver.models : []));
  if (models.length > 0) return { kind: 'models', models };
  return (
    found.find((receiver) => receiver.kind === 'unknown') ??
    found.find((receiver) => receiver.kind === 'preprocessor') ?? { kind: 'unknown' }
  );
}

function ofCall(call: Call, depth: number): Receiver {
  const { callee } = call;
  if (callee.kind === 'external') return ofPath(canonicalPath(callee.path), call, depth);
  if (callee.kind === 'member' && (callee.name === 'predict' || callee.name === 'transform')) return { kind: 'unknown' };
  return findReceiver(callee.kind === 'member' ? callee.object : callee, depth + 1);
}

function ofPath(path: string, call: Call | null, depth: number): Receiver {
  const estimator = estimatorRole(path);
  const given = (): Receiver => (call === null ? { kind: 'unknown' } : join(partsOf(call), depth));
  if (path === 'sklearn.utils.all_estimators' || path === 'sklearn.utils.testing.all_estimators')
    return only({ path, framework: 'sklearn', family: 'classical', task: taskOfFilter(call) });
  if (estimator.kind === 'estimator')
    return only({ path, framework: estimator.framework, family: estimator.family, task: estimator.task });
  if (estimator.kind === 'wrapper') {
    const inner = given();
    return inner.kind === 'unknown' ? only({ path, framework: 'sklearn', family: 'classical', task: null }) : inner;
  }
  if (estimator.kind === 'preprocessor') return { kind: 'preprocessor' };
  if (isKeras(path)) return ofKeras(path);
  const root = rootOf(path);
  if (root === 'torchvision' || root === 'timm' || root === 'torch' || root === 'transformers') return ofTorch(path);
  if (root === 'skorch' || root === 'fastai' || root === 'pytorch_lightning' || root === 'pytorch_tabnet')
    return only({ path, framework: 'pytorch', family: null, task: null });
  return given();
}

const PARTS = new Set([
  'steps',
  'estimator',
  'estimators',
  'base_estimator',
  'regressor',
  'classifier',
  'final_estimator',
  'model',
  'module',
  'build_fn',
]);

/** The arguments of a wrapper that may be what it trains. */
function partsOf(call: Call): Value[] {
  return call.args
    .filter((argument) => argument.keyword === null || PARTS.has(argument.keyword))
    .map((argument) => argument.value);
}

function taskOfFilter(call: Call | null): Task | null {
  const filter = call && argumentOf(call, 'type_filter', 0)?.value;
  if (filter?.kind !== 'literal') return null;
  if (filter.value === 'classifier') return 'classification';
  return filter.value === 'regressor' ? 'regression' : null;
}

function ofKeras(path: string): Receiver {
  const role = kerasRole(path);
  const root = rootOf(path);
  if (
    role === 'model' ||
    role === 'pretrained' ||
    role === 'wrapper' ||
    root === 'keras_tuner' ||
    root === 'autokeras' ||
    root === 'scikeras'
  ) {
    return only({ path, framework: 'keras', family: null, task: null });
  }
  return /\.preprocessing\b|ImageDataGenerator|Tokenizer|TextVectorization|Normalization$/u.test(path)
    ? { kind: 'preprocessor' }
    : { kind: 'unknown' };
}

function ofTorch(path: string): Receiver {
  const leaf = leafOf(path);
  if (/^torch\.(?:utils|optim|cuda|device|tensor)\b/u.test(path) || /^torchvision\.(?:transforms|datasets)\b/u.test(path))
    return { kind: 'unknown' };
  if (rootOf(path) === 'transformers' && /(?:^|\.)TF[A-Z]/u.test(path))
    return only({ path, framework: 'keras', family: 'transfer', task: null });
  if (rootOf(path) === 'transformers' && /Tokenizer|Processor|FeatureExtractor/u.test(path)) return { kind: 'preprocessor' };
  return /^[A-Z]|models\.|create_model|from_pretrained|hub\.load/u.test(leaf) ||
    /\.models\.|from_pretrained|create_model|hub\.load/u.test(path)
    ? only({ path, framework: 'pytorch', family: null, task: null })
    : { kind: 'unknown' };
}

function ofClass(bases: readonly string[], name: string): Receiver {
  for (const path of bases) {
    if (isKeras(path)) return only({ path: `${path}:${name}`, framework: 'keras', family: null, task: null });
    if (/^(?:torch|pytorch_lightning|transformers)\./u.test(path))
      return only({ path: `${path}:${name}`, framework: 'pytorch', family: null, task: null });
    if (/^sklearn\.base\.TransformerMixin$/u.test(path)) return { kind: 'preprocessor' };
    const estimator = estimatorRole(path);
    if (estimator.kind === 'estimator')
      return only({ path, framework: estimator.framework, family: estimator.family, task: estimator.task });
  }
  return { kind: 'unknown' };
}

function only(model: Model): Receiver {
  return { kind: 'models', models: [model] };
}
