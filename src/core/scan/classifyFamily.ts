import type { Trace } from '../python/flow/followModule.ts';
import { argumentOf, type Call } from '../python/flow/Value.ts';
import { canonicalPath, leafOf, rootOf } from './canonicalPath.ts';
import type { Training } from './findTrainings.ts';
import { isKeras, kerasRole } from './kerasNames.ts';
import type { Family, Framework } from './Script.ts';

/** A family and the call that shows it. */
export interface FamilyFinding {
  readonly family: Family;
  readonly call: Call | null;
}

type Trait = 'transfer' | 'convolution' | 'flat-convolution' | 'recurrent' | 'dense';

/** The kind of model that is trained: by the estimators themselves, or by the layers that the way to the training makes. */
export function classifyFamily(trace: Trace, trainings: readonly Training[], framework: Framework): FamilyFinding {
  const own = trainings.filter((training) => training.framework === framework);
  for (const training of own) {
    const family = training.models.find((model) => model.framework === framework)?.family;
    if (family) return { family, call: training.call };
  }
  if (framework === 'sklearn') return { family: 'classical', call: null };
  if (framework === 'xgboost' || framework === 'lightgbm' || framework === 'catboost') return { family: 'boosting', call: null };
  const live = own.some((training) => training.call.live);
  return classifyLayers(trace.calls.filter((call) => !live || call.live));
}

function classifyLayers(calls: readonly Call[]): FamilyFinding {
  const traits = new Map<Trait, Call>();
  const hints = new Map<Family, Call>();
  for (const call of calls) {
    const trait = traitOf(call);
    if (trait !== null && !traits.has(trait)) traits.set(trait, call);
    const hint = hintOf(call);
    if (hint !== null && !hints.has(hint)) hints.set(hint, call);
  }
  const order: [Family, Call | undefined][] = [
    ['transfer', traits.get('transfer')],
    ['cnn', traits.get('convolution')],
    ['rnn', traits.get('recurrent')],
    ['cnn', traits.get('flat-convolution')],
    ['cnn', hints.get('cnn')],
    ['rnn', hints.get('rnn')],
    ['dense', traits.get('dense')],
  ];
  const found = order.find(([, call]) => call !== undefined);
  return found === undefined ? { family: 'none', call: null } : { family: found[0], call: found[1] ?? null };
}

function traitOf(call: Call): Trait | null {
  if (call.callee.kind !== 'external') return null;
  const path = canonicalPath(call.callee.path);
  const root = rootOf(path);
  if (isKeras(path)) return kerasTrait(path, call);
  if (root === 'torch') return torchTrait(path);
  if (root === 'tensorflow') return tensorflowTrait(path);
  if (root === 'timm' || root === 'transformers' || root === 'segmentation_models_pytorch' || root === 'efficientnet_pytorch') {
    if (/Tokenizer|Processor|Config\b/u.test(path) || !/from_pretrained|create_model|efficientnet/iu.test(path)) return null;
    return root !== 'timm' || argumentOf(call, 'pretrained', 1)?.value.kind === 'literal' ? 'transfer' : 'convolution';
  }
  if (root === 'torchvision' && /\.models\./u.test(path))
    return /^[a-z]/u.test(call.name) && isPretrained(call, false) ? 'transfer' : 'convolution';
  if (root === 'efficientnet' || root === 'classification_models') return 'transfer';
  return null;
}

function kerasTrait(path: string, call: Call): Trait | null {
  if (rootOf(path) === 'tensorflow_hub') return /KerasLayer|Module|load$/u.test(path) ? 'transfer' : null;
  const role = kerasRole(path);
  switch (role) {
    case 'pretrained':
      return isPretrained(call, true) ? 'transfer' : 'convolution';
    case 'convolution':
    case 'flat-convolution':
    case 'recurrent':
    case 'dense':
      return role;
    default:
      return null;
  }
}

function torchTrait(path: string): Trait | null {
  const name = leafOf(path);
  if (/^torch\.hub\.load$/u.test(path)) return 'transfer';
  if (/^(?:Lazy)?Conv(?:Transpose)?[23]d$|^conv[23]d$/u.test(name)) return 'convolution';
  if (/^(?:Lazy)?Conv1d$|^conv1d$/u.test(name)) return 'flat-convolution';
  if (/^(?:LSTM|GRU|RNN)(?:Cell)?$/u.test(name)) return 'recurrent';
  return /^(?:Lazy)?(?:Linear|Bilinear)$|^Transformer/u.test(name) ? 'dense' : null;
}

function tensorflowTrait(path: string): Trait | null {
  const name = leafOf(path);
  if (/^(?:conv2d|conv3d|depthwise_conv2d|separable_conv2d)$/u.test(name)) return 'convolution';
  if (/^(?:BasicLSTMCell|LSTMCell|GRUCell|BasicRNNCell|static_rnn|dynamic_rnn)$/u.test(name)) return 'recurrent';
  return /^(?:matmul|dense|fully_connected|DNNClassifier|DNNRegressor)$/u.test(name) ? 'dense' : null;
}

/** Whether a network comes with trained weights, as its arguments say. */
function isPretrained(call: Call, byDefault: boolean): boolean {
  const argument = argumentOf(call, 'pretrained') ?? argumentOf(call, 'weights', byDefault ? 1 : 0);
  if (argument === null) return byDefault;
  return !(argument.value.kind === 'literal' && (argument.value.value === null || argument.value.value === false));
}

/** A network from a module that is not there to read still has a name. */
function hintOf(call: Call): Family | null {
  if (call.callee.kind !== 'external') return null;
  if (/(?:^|[._])(?:\w*cnn|conv\w*net|resnet\w*|vgg\w*|lenet\w*|alexnet|densenet\w*|unet)(?:$|[._])/iu.test(call.callee.path))
    return 'cnn';
  return /(?:^|[._])(?:\w*rnn|\w*lstm|\w*gru|seq2seq)(?:$|[._])/iu.test(call.callee.path) ? 'rnn' : null;
}
