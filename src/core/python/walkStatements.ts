import type { Statement } from './Ast.ts';
import { UnreadFunction } from './UnreadFunction.ts';

/**
 * Every statement, those within others included, in the order of the text; without recursion. A body that was not read yet is passed over
 * where its text `isOfInterest` to nobody.
 */
export function* walkStatements(
  statements: readonly Statement[],
  isOfInterest: (text: string) => boolean = () => true,
): Generator<Statement> {
  const open: Statement[] = [];
  pushBlock(statements, open);
  for (let statement = open.pop(); statement !== undefined; statement = open.pop()) {
    yield statement;
    if (statement instanceof UnreadFunction && statement.unread !== null && !isOfInterest(statement.unread)) continue;
    pushBlocks(statement, open);
  }
}

/** Pushes what is within a statement, last first, so that the first comes off first. */
function pushBlocks(statement: Statement, open: Statement[]): void {
  switch (statement.kind) {
    case 'function':
    case 'class':
    case 'with':
      pushBlock(statement.body, open);
      return;
    case 'if':
    case 'for':
    case 'while':
      pushBlock(statement.otherwise, open);
      pushBlock(statement.body, open);
      return;
    case 'try':
      pushBlock(statement.finally, open);
      pushBlock(statement.otherwise, open);
      for (const handler of statement.handlers.toReversed()) pushBlock(handler.body, open);
      pushBlock(statement.body, open);
      return;
    default:
  }
}

function pushBlock(block: readonly Statement[], open: Statement[]): void {
  for (let index = block.length - 1; index >= 0; index--) {
    const statement = block[index];
    if (statement !== undefined) open.push(statement);
  }
}
