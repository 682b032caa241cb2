import type { Origin } from './Origin.ts';
import { unique, type Origins } from './Origins.ts';
import { keyOf, type Site } from './Site.ts';

/** Places that change together, and all that they are used for. */
export interface Group {
  readonly uses: readonly { readonly site: Site; readonly origin: Origin }[];
}

interface Use {
  readonly site: Site;
  readonly origin: Origin;
}

/** Gathers uses by where their values are written; ties, and one literal behind several uses, make one group. */
export function groupSites(sites: readonly Site[], origins: Origins, overridden: ReadonlySet<string> = new Set()): Group[] {
  const uses = sites.flatMap((site) =>
    unique(site.origins ?? origins.of(site.value))
      .filter(({ node }) => !overridden.has(keyOf(node)))
      .map((origin): Use => ({ site, origin })),
  );
  const sets = new Map<unknown, unknown>();
  const rootOf = (key: unknown): unknown => {
    let root = key;
    for (let next = sets.get(root); next !== undefined && next !== root; next = sets.get(root)) root = next;
    return root;
  };
  for (const { site, origin } of uses) {
    const own = rootOf(keyOf(origin.node));
    sets.set(own, own);
    for (const tie of site.ties ?? []) sets.set(rootOf(tie), own);
  }
  const groups = new Map<unknown, Use[]>();
  for (const use of uses) {
    const root = rootOf(keyOf(use.origin.node));
    groups.set(root, [...(groups.get(root) ?? []), use]);
  }
  return [...groups.values()].map((members) => ({ uses: members }));
}
