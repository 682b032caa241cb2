import type { Trace } from '../python/flow/followModule.ts';
import { argumentOf, optionsOf, type Call, type CallArgument, type Loop, type Value } from '../python/flow/Value.ts';
import { canonicalPath } from '../scan/canonicalPath.ts';
import { madeBy, type Training } from '../scan/findTrainings.ts';
import type { Origins } from './Origins.ts';
import { reachable } from './reachable.ts';
import type { Site } from './Site.ts';

/** How long and in what portions a script trains: epochs of fit, of trainers and of loops, batch sizes of fit and of loaders. */
export function trainingSites(trace: Trace, calls: readonly Call[], trainings: readonly Training[], origins: Origins): Site[] {
  return [
    ...trainings.flatMap(({ call, framework }) => fitSites(call, framework)),
    ...trainerSites(calls),
    ...loopSites(trainings, origins),
    ...loaderSites(calls, trainings),
  ];
}

function site(name: string, given: CallArgument | null, owner: string, call: Call, fixed: string | null = null): Site[] {
  return given === null ? [] : [{ name, value: given.value, owner, call, fixed, weak: true }];
}

function fitSites(call: Call, framework: string): Site[] {
  const first = (names: readonly string[], position: number | null): CallArgument | null =>
    names.map((name) => argumentOf(call, name)).find((given) => given !== null) ??
    (position === null ? null : argumentOf(call, '', position));
  if (call.callee.kind === 'external') return [];
  if (framework === 'pytorch') {
    if (
      call.name === 'fit_one_cycle' ||
      call.name === 'fine_tune' ||
      (call.name === 'fit' && madeBy(call.callee).startsWith('fastai'))
    )
      return [
        ...site('epochs', first(['n_epoch', 'epochs'], 0), 'fit', call),
        ...site('learning_rate', first(['lr_max', 'lr', 'base_lr'], 1), 'fit', call),
      ];
    return site('epochs', first(['max_epochs', 'epochs'], null), 'fit', call);
  }
  if (framework !== 'keras' || !/^(?:super\.)?fit(?:_generator)?$/u.test(call.name)) return [];
  const generator = call.name === 'fit_generator';
  return [
    ...site('epochs', first(['epochs', 'nb_epoch'], generator ? 2 : 3), 'fit', call),
    ...(generator ? [] : site('batch_size', first(['batch_size'], 2), 'fit', call)),
  ];
}

/** Constructor arguments of trainers. Sources: Lightning 2.5 `Trainer`, Transformers 4.5x `TrainingArguments`. */
const TRAINERS: readonly { readonly path: RegExp; readonly names: Readonly<Record<string, string>> }[] = [
  { path: /^pytorch_lightning\.(?:\w+\.)*Trainer$/u, names: { max_epochs: 'epochs' } },
  {
    path: /^transformers\.(?:\w+\.)*(?:Seq2Seq)?TrainingArguments$/u,
    names: {
      num_train_epochs: 'epochs',
      per_device_train_batch_size: 'batch_size',
      learning_rate: 'learning_rate',
      weight_decay: 'weight_decay',
    },
  },
];

function trainerSites(calls: readonly Call[]): Site[] {
  return calls.flatMap((call) => {
    const path = call.callee.kind === 'external' ? canonicalPath(call.callee.path) : '';
    const trainer = TRAINERS.find((known) => known.path.test(path));
    return Object.entries(trainer?.names ?? {}).flatMap(([argument, name]) =>
      site(name, argumentOf(call, argument), 'trainer', call),
    );
  });
}

const EPOCH = /epoch|^ep$|^e$|^_+$|iter|step/iu;
const NOT_EPOCH = /fold|run|seed|trial|repeat|split|layer|class|batch|^k$|^b$/iu;

/** `range(10)` around the training, as epochs: the loop that says so by its name, else the outermost. */
function loopSites(trainings: readonly Training[], origins: Origins): Site[] {
  return trainings.flatMap(({ call, framework }): Site[] => {
    if (framework !== 'pytorch' && call.name.startsWith('fit') && !EPOCH.test(targetOf(call.loops.at(-1)))) return [];
    const candidates = call.loops.flatMap((loop) => {
      const range = rangeOf(loop.iterable);
      const stop = range === null ? null : stopOf(range, origins);
      return range === null || stop === null ? [] : [{ name: targetOf(loop), range, stop }];
    });
    const chosen =
      candidates.find(({ name }) => /epoch/iu.test(name)) ??
      candidates.find(({ name }) => EPOCH.test(name)) ??
      candidates.find(({ name }) => !NOT_EPOCH.test(name));
    if (chosen === undefined || (framework === 'sklearn' && !/epoch/iu.test(chosen.name))) return [];
    return [{ name: 'epochs', value: chosen.stop, owner: 'loop', call: chosen.range, fixed: null }];
  });
}

function targetOf(loop: Loop | undefined): string {
  const { target = null } = loop ?? {};
  if (target?.kind === 'name') return target.id;
  const [first] = target?.kind === 'sequence' ? target.items : [];
  return first?.kind === 'name' ? first.id : '';
}

/** The `range` call behind an iterable, through progress bars and `enumerate`. */
function rangeOf(iterable: Value | null): Call | null {
  for (const option of iterable === null ? [] : optionsOf(iterable)) {
    if (option.kind !== 'result') continue;
    const { call } = option;
    if (/^(?:x?range|trange)$/u.test(call.name)) return call;
    const [first] = call.args;
    if (first !== undefined && /tqdm|bar|track|enumerate|reversed/iu.test(call.name)) return rangeOf(first.value);
  }
  return null;
}

/** Where a range ends; `n + 1` after a start at 1 is n. */
function stopOf({ args }: Call, origins: Origins): Value | null {
  const given = args.filter((argument) => argument.keyword === null).map(({ value }) => value);
  if (given.length === 0 || given.length > 2) return null;
  const stop = given.at(-1);
  if (stop?.kind !== 'derived') return stop !== undefined && origins.of(stop).length > 0 ? stop : null;
  const bases = stop.from.filter((part) => !(part.kind === 'literal' && part.value === 1));
  const [base] = bases;
  const plus = stop.node.kind === 'operation' && stop.node.operator === '+' && bases.length < stop.from.length;
  return plus && bases.length === 1 && base !== undefined && origins.of(base).length > 0 ? base : null;
}

const KERAS_FLOWS: Readonly<Record<string, number | null>> = {
  flow: 2,
  flow_from_directory: null,
  flow_from_dataframe: null,
  image_dataset_from_directory: null,
  text_dataset_from_directory: null,
};
const EVALUATION = 'It only sets how test data is read, which changes no result.';

/** Batch sizes of the loaders that feed the training. Loaders that only feed a test are no place to tune. */
function loaderSites(calls: readonly Call[], trainings: readonly Training[]): Site[] {
  const roots = trainings.flatMap(({ call }) => [
    call.callee,
    ...fed(call),
    ...call.loops.flatMap(({ iterable }) => iterable ?? []),
  ]);
  const feeding = reachable(roots);
  const found = calls.flatMap((call) => {
    const given = batchOf(call);
    return given === null ? [] : [{ call, given }];
  });
  const known = found.some(({ call }) => feeding.has(call) || isHook(call, 'train_dataloader'));
  const judging = reachable(
    calls.filter(({ name }) => name === 'evaluate' || name === 'predict').flatMap(({ args }) => args.map(({ value }) => value)),
  );
  const feeds = (call: Call): boolean => isHook(call, 'train_dataloader') || (feeding.has(call) && !judging.has(call));
  return found.flatMap(({ call, given }) => site('batch_size', given, 'loader', call, known && !feeds(call) ? EVALUATION : null));
}

/** What a training is given. A function that cannot be read takes the loader of the training before that of the test. */
function fed({ callee, args }: Call): Value[] {
  const values = args.map(({ value }) => value);
  if (callee.kind !== 'external') return values;
  const [, ...others] = values.filter((value) => [...reachable([value])].some((call) => batchOf(call) !== null));
  return values.filter((value) => !others.includes(value));
}

/** Whether a call stands in a hook of a module. */
function isHook({ within }: Call, name: string): boolean {
  return within?.kind === 'function' && within.name === name;
}

function batchOf(call: Call): CallArgument | null {
  const { callee, name } = call;
  if (callee.kind === 'external') {
    if (name === 'DataLoader' && /^torch|^monai/u.test(callee.path)) return argumentOf(call, 'batch_size', 1);
    return name in KERAS_FLOWS && /keras/u.test(callee.path) ? argumentOf(call, 'batch_size') : null;
  }
  if (callee.kind !== 'member') return null;
  const made = madeBy(callee.object);
  if (name in KERAS_FLOWS && /^keras\b/u.test(made)) return argumentOf(call, 'batch_size', KERAS_FLOWS[name] ?? null);
  return /^(?:padded_)?batch$/u.test(name) && /^(?:tensorflow|tensorflow_datasets|keras)\b/u.test(made)
    ? argumentOf(call, 'batch_size', 0)
    : null;
}
