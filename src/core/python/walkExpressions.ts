import type { Expression, Ranged, Statement } from './Ast.ts';
import { walkStatements } from './walkStatements.ts';

/** Every expression of a program, those within others included; without recursion. */
export function* walkExpressions(statements: readonly Statement[]): Generator<Expression> {
  for (const statement of walkStatements(statements)) {
    const open: unknown[] = Object.entries(statement).filter(([key]) => !NOT_WITHIN.has(key)).map(([, part]) => part);
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      if (typeof part !== 'object' || part === null) continue;
      if (Array.isArray(part)) open.push(...(part as unknown[]));
      else {
        if (isExpression(part)) yield part;
        for (const [key, inner] of Object.entries(part)) if (key !== 'source') open.push(inner);
      }
    }
  }
}

/** Parts of a statement that are statements themselves, which are walked for themselves, or no code. */
const NOT_WITHIN = new Set(['source', 'body', 'otherwise', 'handlers', 'finally']);

function isExpression(part: object): part is Expression {
  return 'kind' in part && 'start' in (part as Partial<Ranged>);
}
