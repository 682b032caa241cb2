import type { ImportStatement, Ranged, Statement } from '../../python/Ast.ts';
import type { Trace } from '../../python/flow/followModule.ts';
import { walkStatements } from '../../python/walkStatements.ts';
import { canonicalPath } from '../../scan/canonicalPath.ts';
import type { StructuralChange } from '../SearchSpace.ts';
import { ownLines } from './ownLines.ts';
import { changeAt } from './StructureDraft.ts';

/** A name to import from a module. */
export interface Needed {
  readonly module: string;
  readonly name: string;
}

/**
 * Imports names for a place: below the imports before it, in the same cell of a notebook. Null where there is no room, or where a name
 * stands for something else.
 */
export function importAt(trace: Trace, place: Ranged, needed: readonly Needed[]): StructuralChange[] | null {
  const missing = needed.filter(({ name }) => trace.scope.lookup(name) === undefined);
  const other = needed.some(({ module, name }) => {
    const bound = trace.scope.lookup(name);
    return bound !== undefined && !(bound.kind === 'external' && canonicalPath(bound.path) === `${module}.${name}`);
  });
  if (other || isBoundElsewhere(trace, missing)) return null;
  if (missing.length === 0) return [];
  const own = trace.module.body.filter(({ source }) => source === place.source);
  const first = own.find(({ end }) => end > place.start);
  const above = own.filter((statement) => statement.kind === 'import' && statement.end <= place.start && statement !== first);
  const lastImport = above.at(-1);
  const anchor = lastImport ?? own.find((statement) => !isDocstring(statement));
  const lines = anchor === undefined ? null : ownLines(anchor);
  if (lines === null || lines.indent !== '') return null;
  const texts = missing.map(({ module, name }) => `from ${module} import ${name}`);
  const at = lastImport === undefined ? lines.lineStart : lines.end;
  const pieces = texts.map((text) => (lastImport === undefined ? `${text}${lines.lineBreak}` : `${lines.lineBreak}${text}`));
  return pieces.map((text) => ({ ...changeAt(place.source, at, at, [text]), once: true as const }));
}

/** Whether a name is bound in some function or class, where it would hide the import. */
function isBoundElsewhere({ module }: Trace, missing: readonly Needed[]): boolean {
  for (const statement of walkStatements(module.body)) {
    if (statement.kind === 'import' && binds(statement, missing)) return true;
  }
  return false;
}

function binds({ names }: ImportStatement, missing: readonly Needed[]): boolean {
  return names.some(({ name, alias }) => missing.some((one) => one.name === (alias ?? name)));
}

function isDocstring(statement: Statement): boolean {
  return statement.kind === 'expression' && statement.value.kind === 'literal';
}
