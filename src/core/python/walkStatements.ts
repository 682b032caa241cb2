import type { Statement } from './Ast.ts';

/** Every statement, those within others included, in the order of the text; without recursion. */
export function* walkStatements(statements: readonly Statement[]): Generator<Statement> {
  const open = statements.toReversed();
  for (let statement = open.pop(); statement !== undefined; statement = open.pop()) {
    yield statement;
    for (const inner of blocksOf(statement).flat().toReversed()) open.push(inner);
  }
}

function blocksOf(statement: Statement): (readonly Statement[])[] {
  switch (statement.kind) {
    case 'function':
    case 'class':
    case 'with':
      return [statement.body];
    case 'if':
    case 'for':
    case 'while':
      return [statement.body, statement.otherwise];
    case 'try':
      return [statement.body, ...statement.handlers.map((handler) => handler.body), statement.otherwise, statement.finally];
    default:
      return [];
  }
}
