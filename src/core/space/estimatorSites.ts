import { argumentOf, type Call } from '../python/flow/Value.ts';
import { canonicalPath, leafOf } from '../scan/canonicalPath.ts';
import { estimatorRole } from '../scan/estimatorRole.ts';
import type { Training } from '../scan/findTrainings.ts';
import { isKeras, kerasRole } from '../scan/kerasNames.ts';
import { CANONICAL, isTunableArgument, POSITIONS } from './estimatorArguments.ts';
import { reachable } from './reachable.ts';
import { dictsIn, gridOf, isSearch, lastPart } from './searchGrid.ts';
import type { Site } from './Site.ts';

/** Arguments of the estimators that are trained, of searches' grids, and of boosting libraries' parameters. */
export function estimatorSites(calls: readonly Call[], trainings: readonly Training[]): Site[] {
  const trained = reachable(trainings.flatMap(({ call }) => [call.callee, ...call.args.map(({ value }) => value)]));
  const searches = calls.filter((call) => trained.has(call) && isSearch(call));
  const overridden = new Map<Call, Set<string>>();
  const grids = searches.flatMap((search) => gridSites(search, overridden));
  const reset = calls.flatMap((call) => resetSites(call, trained, overridden));
  const estimators = calls.filter((call) => trained.has(call)).flatMap((call) => argumentSites(call, overridden.get(call)));
  return [...estimators, ...reset, ...grids, ...trainings.flatMap(({ call }) => boosterSites(call))];
}

function argumentSites(call: Call, overridden: ReadonlySet<string> = new Set()): Site[] {
  if (call.callee.kind !== 'external') return [];
  const path = canonicalPath(call.callee.path);
  const role = estimatorRole(path);
  const network = /^skorch\b/u.test(path) || (isKeras(path) && kerasRole(path) === 'wrapper') || path.startsWith('scikeras.');
  const wrapper = role.kind === 'wrapper' && /^(?:Bagging|Voting|Balanced|EasyEnsemble)/u.test(call.name);
  if (role.kind !== 'estimator' && !wrapper && !network) return [];
  const positions = POSITIONS[leafOf(path)] ?? [];
  return call.args.flatMap((argument, index): Site[] => {
    const name = argument.keyword ?? positions[index];
    if (name === undefined || argument.splat !== 0 || overridden.has(name) || !isTunableArgument(name, path)) return [];
    return [{ name: network ? (CANONICAL[name] ?? name) : name, value: argument.value, owner: call.name, call, fixed: null }];
  });
}

/** `model.set_params(C=2.0)` on what is trained: it counts, and what the constructor was given does not. */
function resetSites(call: Call, trained: ReadonlySet<Call>, overridden: Map<Call, Set<string>>): Site[] {
  if (call.name !== 'set_params' || call.callee.kind !== 'member') return [];
  const owners = [...reachable([call.callee.object])].filter((owner) => trained.has(owner));
  return call.args.flatMap(({ keyword, value }): Site[] => {
    const name = keyword === null ? '' : lastPart(keyword);
    if (owners.length === 0 || name === '' || !isTunableArgument(name, 'sklearn')) return [];
    for (const owner of owners) overridden.set(owner, new Set([...(overridden.get(owner) ?? []), name]));
    return [{ name: CANONICAL[name] ?? name, value, owner: 'set_params', call, fixed: null }];
  });
}

/** Lists that a search goes through, by the last part of their names. */
function gridSites(search: Call, overridden: Map<Call, Set<string>>): Site[] {
  const { estimator, grid: dicts } = gridOf(search);
  const names = dicts.flatMap((dict) => [...dict.entries.keys()].map((key) => lastPart(String(key))));
  for (const call of estimator === null ? [] : reachable([estimator]))
    overridden.set(call, new Set([...(overridden.get(call) ?? []), ...names]));
  return dicts.flatMap((dict) =>
    [...dict.entries].flatMap(([key, value]): Site[] => {
      const name = lastPart(String(key));
      return isTunableArgument(name, 'sklearn')
        ? [{ name: CANONICAL[name] ?? name, value, owner: 'grid', call: search, fixed: null }]
        : [];
    }),
  );
}

/** `xgboost.train(params, data, num_boost_round)` and its kin. */
function boosterSites(call: Call): Site[] {
  if (call.callee.kind !== 'external') return [];
  const path = canonicalPath(call.callee.path);
  if (!/^(?:xgboost|lightgbm|catboost)\./u.test(path)) return [];
  const catboost = path.startsWith('catboost');
  const rounds = argumentOf(call, 'num_boost_round', catboost ? null : 2);
  const params = argumentOf(call, 'params', catboost ? 1 : 0);
  const entries = params === null ? [] : dictsIn(params.value).flatMap((dict) => [...dict.entries]);
  return [
    ...entries.flatMap(([key, value]): Site[] =>
      typeof key === 'string' && isTunableArgument(key, path) ? [{ name: key, value, owner: 'params', call, fixed: null }] : [],
    ),
    ...(rounds === null ? [] : [{ name: 'num_boost_round', value: rounds.value, owner: 'train', call, fixed: null }]),
  ];
}
