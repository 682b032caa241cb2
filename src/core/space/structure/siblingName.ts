import type { Expression, ImportStatement, Ranged, Statement } from '../../python/Ast.ts';
import type { Trace } from '../../python/flow/followModule.ts';
import { canonicalPath } from '../../scan/canonicalPath.ts';
import type { StructuralChange } from '../SearchSpace.ts';
import type { Pieces } from './LayerRow.ts';
import { changeAt } from './StructureDraft.ts';

/** A name of a library as it is written at a place, and the imports that it needs there. */
export interface WrittenName {
  readonly pieces: Pieces;
  readonly imports: readonly StructuralChange[];
}

const LAYERS = /^(?:keras\.layers|torch\.nn)$/u;

/** How another layer of the same library is written where a call writes one: by the same module's name, or imported beside it. */
export function siblingName(like: Expression, name: string, trace: Trace): WrittenName | null {
  if (like.kind !== 'call') return null;
  const { callee } = like;
  if (callee.kind === 'attribute')
    return { pieces: [{ start: callee.object.start, end: callee.object.end }, `.${name}`], imports: [] };
  if (callee.kind !== 'name') return null;
  const bound = trace.scope.lookup(name);
  if (bound !== undefined) {
    const path = bound.kind === 'external' ? canonicalPath(bound.path) : '';
    return /^(?:keras|torch\.nn)\./u.test(path) && path.endsWith(`.${name}`) ? { pieces: [name], imports: [] } : null;
  }
  if (trace.scope.stars.some((module) => LAYERS.test(canonicalPath(module)))) return { pieces: [name], imports: [] };
  const beside = trace.module.body.find(
    (statement): statement is ImportStatement => isBefore(statement, callee) && importsLayers(statement),
  );
  const change = beside === undefined ? null : importBeside(beside, name);
  return change === null ? null : { pieces: [name], imports: [change] };
}

/** Whether a statement imports layers by their names, as they are called. */
function importsLayers(statement: Statement): boolean {
  return (
    statement.kind === 'import' && statement.names.some(({ name, module }) => name !== null && LAYERS.test(canonicalPath(module)))
  );
}

function isBefore(statement: Statement, place: Ranged): boolean {
  const [cell, own] = [statement.source.cell ?? 0, place.source.cell ?? 0];
  return statement.source.path === place.source.path && (cell < own || (cell === own && statement.end <= place.start));
}

/** Imports one more name by a statement that imports others from the same module. */
function importBeside({ source, start, end }: ImportStatement, name: string): StructuralChange | null {
  const first = /^from\s[^(]*?\simport[\s(\\]+[A-Za-z_]\w*(?:[ \t]+as[ \t]+\w+)?/u.exec(source.text.slice(start, end))?.[0];
  if (first === undefined) return null;
  const at = start + first.length;
  return { ...changeAt(source, at, at, [`, ${name}`]), once: true };
}
