import { lineText, positionAt } from '../python/Source.ts';
import type { Trace } from '../python/flow/followModule.ts';
import { optionsOf, type Call, type Value } from '../python/flow/Value.ts';
import { findUses, type Use } from './findUses.ts';
import { importedPaths } from './importedPaths.ts';
import { rootOf } from './canonicalPath.ts';
import type { ApiNeed } from './Script.ts';
import { removedApis, type RemovedApi } from './removedApi.ts';

/** Modules of whose libraries the table knows what they took out. */
const MODULES: Readonly<Record<string, readonly string[]>> = {
  keras: ['keras', 'tensorflow'],
  tensorflow: ['tensorflow'],
  'scikit-learn': ['sklearn'],
  'imbalanced-learn': ['imblearn'],
  'pytorch-lightning': ['pytorch_lightning'],
};

/**
 * What a program uses that newer releases of its libraries no longer have, with the line that says so: for each library and each release
 * that took something out, the first use.
 */
export function findApiNeeds(trace: Trace): readonly ApiNeed[] {
  const roots = new Set([trace.module, ...trace.modules].flatMap(importedPaths).map(rootOf));
  const rows = removedApis.filter((row) => (MODULES[row.package] ?? [row.package]).some((module) => roots.has(module)));
  if (rows.length === 0) return [];
  const named = namesItsMetricAcc(trace.calls);
  const needs = new Map<string, ApiNeed>();
  const tried = new Set<string>();
  for (const use of findUses(trace)) {
    if (tried.has(use.text)) continue;
    tried.add(use.text);
    if (named && /^\.history\[|\(monitor='/u.test(use.text)) continue;
    for (const row of rows) {
      const key = `${row.package} ${row.below} ${row.restorable === true}`;
      if (!needs.has(key) && row.use.test(use.text)) needs.set(key, needOf(row, use));
    }
  }
  return [...needs.values()];
}

function needOf(row: RemovedApi, { api, node }: Use): ApiNeed {
  const { source } = node;
  const { line } = positionAt(source, node.start);
  return {
    package: row.package,
    below: row.below,
    api,
    restorable: row.restorable === true,
    path: source.path,
    evidence: { line, text: lineText(source, line).slice(0, 200), ...(source.cell === null ? {} : { cell: source.cell }) },
  };
}

/** Asked for by its short name, a metric is recorded under it by every release. */
function namesItsMetricAcc(calls: readonly Call[]): boolean {
  return calls.some(
    (call) => call.name === 'compile' && call.args.some(({ keyword, value }) => keyword === 'metrics' && holds(value, 'acc')),
  );
}

function holds(value: Value, text: string): boolean {
  return optionsOf(value).some((option) =>
    option.kind === 'sequence'
      ? option.items.some((item) => holds(item, text))
      : option.kind === 'literal' && option.value === text,
  );
}
