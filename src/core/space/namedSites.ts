import type { Expression } from '../python/Ast.ts';
import type { Trace } from '../python/flow/followModule.ts';
import type { Call, Value } from '../python/flow/Value.ts';
import type { Origin } from './Origin.ts';
import type { Origins } from './Origins.ts';
import type { Parents } from './Parents.ts';
import type { Site } from './Site.ts';

const NAMES: readonly (readonly [string, RegExp])[] = [
  ['batch_size', /^(?:train_?)?batch_?size$|^bs$|^mini_?batch(?:_?size)?$/iu],
  ['epochs', /^(?:num_?|n_?|max_?|nb_?|training_?)?epochs?$/iu],
  ['learning_rate', /^(?:lr|learning_?rate|initial_?lr|init_?lr|base_?lr)$/iu],
];
/** Calls that say nothing of training: what prints or declares, and what only measures. */
const SILENT =
  /^(?:print|format|add_argument|info|log|write|join|append|str|evaluate|predict|predict_proba|predict_generator|evaluate_generator|DEFINE_\w+)$/u;

/**
 * Batch sizes, epochs and learning rates that go into code which cannot be followed: a loader of another project, slices, arithmetic. The name
 * that the literal is bound to is all there is to go by, so this counts only where nothing of that name was found otherwise.
 */
export function namedSites(trace: Trace, calls: readonly Call[], sites: readonly Site[], origins: Origins): Site[] {
  const known = new Set(sites.filter((site) => (site.origins ?? origins.of(site.value)).length > 0).map(({ name }) => name));
  const given = calls.filter(({ name }) => !SILENT.test(name)).flatMap((call) => call.args.map(({ value }) => ({ call, value })));
  const named = [...given, ...computedWith(trace, calls)];
  const found = new Map<Expression, Site>();
  for (const { call, value } of named) {
    for (const origin of origins.within(value)) {
      const name = canonicalName(origin, origins.parents);
      if (name === null || known.has(name) || typeof origin.value !== 'number' || origin.value <= 0) continue;
      const node = origin.node as Expression;
      if (!found.has(node)) found.set(node, { name, value, origins: [origin], owner: 'script', call, fixed: null });
    }
  }
  return [...found.values()];
}

/** Numbers that are read but handed to no call. */
function computedWith({ read }: Trace, [first]: readonly Call[]): { call: Call; value: Value }[] {
  return first === undefined ? [] : [...read].map((value) => ({ call: first, value }));
}

function canonicalName({ node }: Origin, parents: Parents): string | null {
  const variable = parents.variableOf(node) ?? optionName(node, parents);
  return NAMES.find(([, pattern]) => variable !== null && pattern.test(variable))?.[0] ?? null;
}

/** The name of the argument that a literal is given as, or of the command-line option whose default it is. */
function optionName(node: object, parents: Parents): string | null {
  const call = parents.of(node);
  if (call === null || !('kind' in call) || call.kind !== 'call') return null;
  const given = call.args.find(({ value }) => value === node)?.keyword ?? null;
  if (given !== null && given !== 'default') return given;
  const flags = call.args.flatMap(({ value }) =>
    value.kind === 'literal' && typeof value.value === 'string' ? [value.value] : [],
  );
  const flag = flags.find((text) => text.startsWith('--')) ?? null;
  return flag === null ? null : flag.replace(/^-+/u, '').replaceAll('-', '_');
}
