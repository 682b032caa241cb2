import { rangeOf } from '../python/SourceRange.ts';
import type { Group } from './groupSites.ts';
import type { FixingUses } from './findFixingUses.ts';
import type { Parents } from './Parents.ts';
import { rangeFor } from './rangeFor.ts';
import type { Edit, FixedValue, Hyperparameter } from './SearchSpace.ts';
import { keyOf, type Site } from './Site.ts';

type Use = Group['uses'][number];

/** Absolute paths are those outside the folder, which is all that a run has a copy of. */
const OUTSIDE = /^(?:\/|[A-Za-z]:)/u;

const SIZES = new Set(['units', 'filters', 'hidden', 'out_channels', 'hidden_size', 'embedding_dim', 'hidden_layer_sizes']);

/** Hyperparameters in the order of the text, and what is fixed with the reason. */
export function createHyperparameters(
  groups: readonly Group[],
  fixing: FixingUses,
  parents: Parents,
): { hyperparameters: Hyperparameter[]; fixed: FixedValue[] } {
  const named = nameOwners(groups);
  const hyperparameters: Hyperparameter[] = [];
  const fixed: FixedValue[] = [];
  const taken = new Set<string>();
  for (const group of groups) {
    const main =
      group.uses.find(({ site }) => site.follows !== true && site.fixed === null) ??
      group.uses.find(({ site }) => site.follows !== true);
    if (main === undefined) continue;
    const reason = reasonOf(group, fixing);
    if (reason !== null) fixed.push(...fixedValues(group, reason));
    else {
      const id = freeId(`${named.get(main.site) ?? main.site.owner}.${main.site.name}`, taken);
      const created = create(id, main, group, parents);
      if (created !== null) hyperparameters.push(created);
    }
  }
  return { hyperparameters: hyperparameters.sort(byPlace), fixed: fixed.sort((a, b) => a.line - b.line) };
}

function reasonOf(group: Group, fixing: FixingUses): string | null {
  const uses = group.uses.map(({ site }) => site).filter((site) => site.follows !== true);
  const option = group.uses.find(({ origin }) => origin.option !== undefined)?.origin.option;
  if (option !== undefined) return `The arguments set it (${option}).`;
  const strong = group.uses.find(({ site }) => site.fixed !== null && site.weak !== true);
  if (strong !== undefined) return strong.site.fixed;
  if (uses.every((site) => site.fixed !== null)) return uses[0]?.fixed ?? null;
  for (const { site, origin } of group.uses) {
    const use = fixing.get(keyOf(origin.node));
    if (use !== undefined && (!use.sizesOnly || SIZES.has(site.name))) return use.reason;
  }
  const values = new Set(
    group.uses.filter(({ site }) => site.follows !== true).map(({ origin }) => JSON.stringify(origin.value)),
  );
  return values.size > 1 ? 'Values that must change together are not the same here.' : null;
}

function create(id: string, main: Use, group: Group, parents: Parents): Hyperparameter | null {
  const { value } = main.origin;
  const range = rangeFor(main.site, main.origin);
  if (range === null) return null;
  const edits = new Map<string, Edit>();
  for (const { site, origin } of [main, ...group.uses]) {
    const key = keyOf(origin.node);
    if (edits.has(key)) continue;
    edits.set(key, {
      ...rangeOf(origin.node),
      ...(origin.texts === undefined ? {} : { texts: origin.texts }),
      ...(site.times === undefined || site.times === 1 ? {} : { times: site.times }),
    });
  }
  if ([...edits.values()].some((edit) => OUTSIDE.test(edit.path))) return null;
  const variable = parents.variableOf(main.origin.node);
  return {
    id,
    name: main.site.name,
    value,
    ...rangeOf(main.origin.node),
    ...(variable === null ? {} : { variable }),
    edits: [...edits.values()],
    range,
  };
}

function fixedValues(group: Group, reason: string): FixedValue[] {
  const values = new Map<string, FixedValue>();
  for (const { site, origin } of group.uses) {
    const key = `${site.name}:${keyOf(origin.node)}`;
    values.set(key, { name: site.name, value: origin.value, ...rangeOf(origin.node), reason: site.fixed ?? reason });
  }
  return [...values.values()];
}

/** Numbers the owners of one kind in the order of the text: `layers.Dense[1]`; the first of what is usually single has no number. */
function nameOwners(groups: readonly Group[]): ReadonlyMap<Site, string> {
  const sites = groups.flatMap((group) => group.uses.map(({ site }) => site));
  const calls = new Map<string, string[]>();
  const order = sites.toSorted((a, b) => a.call.node.start - b.call.node.start);
  const cells = (site: Site): number => site.call.node.source.cell ?? 0;
  for (const site of order.toSorted((a, b) => cells(a) - cells(b))) {
    const known = calls.get(site.owner) ?? [];
    const key = keyOf(site.call.node);
    if (!known.includes(key)) calls.set(site.owner, [...known, key]);
  }
  return new Map(
    sites.map((site) => {
      const index = (calls.get(site.owner) ?? []).indexOf(keyOf(site.call.node));
      return [site, index === 0 && !site.owner.startsWith('layers.') ? site.owner : `${site.owner}[${index}]`];
    }),
  );
}

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let count = 2; taken.has(id); count++) id = `${wanted}#${count}`;
  taken.add(id);
  return id;
}

function byPlace(a: Hyperparameter, b: Hyperparameter): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return (a.cell ?? 0) - (b.cell ?? 0) || a.start - b.start;
}
