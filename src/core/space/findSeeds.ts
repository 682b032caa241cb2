import { rangeOf } from '../python/SourceRange.ts';
import { type Call, type CallArgument, type Value } from '../python/flow/Value.ts';
import { canonicalPath } from '../scan/canonicalPath.ts';
import { madeBy, type Training } from '../scan/findTrainings.ts';
import type { Origins } from './Origins.ts';
import type { Group } from './groupSites.ts';
import { drawnData, type Generator } from './drawnData.ts';
import type { Seed } from './SearchSpace.ts';
import { keyOf } from './Site.ts';

const ARGUMENTS =
  /^(?:random_state|random_seed|seed|bagging_seed|feature_fraction_seed|data_random_seed|estimator__random_state)$/u;
const SPLITS = /^(?:train_test_split|image_dataset_from_directory|text_dataset_from_directory|random_split)$/u;
const FOLDS = /(?:Fold|Split|ShuffleSplit)$/u;

/** Functions that seed a generator which all code shares, by what draws from it. */
const SEEDERS: readonly { readonly path: RegExp; readonly generators: readonly Generator[] }[] = [
  { path: /^numpy\.random\.seed$/u, generators: ['numpy'] },
  { path: /^random\.seed$/u, generators: ['random'] },
  { path: /^tensorflow\.(?:random\.set_seed|set_random_seed|random\.set_random_seed)$/u, generators: ['tensorflow'] },
  { path: /^torch\.(?:manual_seed|cuda\.manual_seed(?:_all)?|random\.manual_seed)$/u, generators: ['torch'] },
  { path: /^keras\.utils\.set_random_seed$/u, generators: ['numpy', 'random', 'tensorflow'] },
  { path: /^pytorch_lightning\.(?:\w+\.)*seed_everything$/u, generators: ['numpy', 'random', 'torch'] },
  { path: /^transformers\.(?:\w+\.)*set_seed$/u, generators: ['numpy', 'random', 'torch'] },
];

/**
 * The literals that seed splits, models, folds and frameworks: written anew, they make a repeat that another run would have been. Left out
 * are those that also make data, and those that stand for anything else besides.
 */
export function findSeeds(
  calls: readonly Call[],
  trainings: readonly Training[],
  groups: readonly Group[],
  origins: Origins,
): Seed[] {
  const drawn = drawnData(calls, trainings);
  const others = new Set(groups.flatMap(({ uses }) => uses.map(({ origin }) => keyOf(origin.node))));
  const found = new Map<string, Seed>();
  for (const { kind, value, makesData } of calls.flatMap((call) => seedsOf(call, drawn))) {
    for (const { node, value: seed, option } of makesData ? origins.within(value) : origins.of(value)) {
      const key = keyOf(node);
      if (makesData) others.add(key);
      else if (option === undefined && Number.isInteger(seed) && !found.has(key)) found.set(key, { ...rangeOf(node), kind });
    }
  }
  return [...found].flatMap(([key, seed]) => (others.has(key) ? [] : [seed]));
}

interface FoundSeed {
  readonly kind: Seed['kind'];
  readonly value: Value;
  readonly makesData: boolean;
}

function seedsOf(call: Call, drawn: ReturnType<typeof drawnData>): FoundSeed[] {
  const { callee, args } = call;
  const path = callee.kind === 'external' ? canonicalPath(callee.path) : madeBy(callee);
  const seeder = callee.kind === 'external' ? SEEDERS.find((known) => known.path.test(path)) : undefined;
  const [first] = args;
  if (seeder !== undefined && first !== undefined)
    return [{ kind: 'framework', value: first.value, makesData: seeder.generators.some((name) => drawn.generators.has(name)) }];
  if (/^numpy\.random\.(?:RandomState|default_rng)$/u.test(path) && callee.kind === 'external' && first !== undefined)
    return [{ kind: 'framework', value: first.value, makesData: drawn.calls.has(call) }];
  const kind = SPLITS.test(call.name) ? 'split' : FOLDS.test(call.name) ? 'fold' : 'model';
  const makesData = path.startsWith('sklearn.datasets.make_') || (kind === 'model' && !isModel(path));
  return seedArguments(args).map(({ value }) => ({ kind, value, makesData }));
}

function seedArguments(args: readonly CallArgument[]): { readonly value: Value }[] {
  return args.flatMap(({ keyword, value, splat }) => {
    if (keyword !== null && splat === 0 && ARGUMENTS.test(keyword)) return [{ value }];
    const entries = value.kind === 'dict' ? [...value.entries] : [];
    return entries.flatMap(([name, entry]) => (ARGUMENTS.test(String(name)) ? [{ value: entry }] : []));
  });
}

/** Whether a seed of what a call makes has to do with a model: samples of a table, `df.sample(random_state=0)`, decide what the data is. */
function isModel(path: string): boolean {
  return /^(?:sklearn|xgboost|lightgbm|catboost|keras|tensorflow|torch|imblearn|skorch|scikeras|pytorch_lightning)\b/u.test(path);
}
