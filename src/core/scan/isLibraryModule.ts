import type { Expression, Module, Statement } from '../python/Ast.ts';

const SETUP =
  /^(?:warnings|logging|logger|log|matplotlib|plt|sns|seaborn|np\.random|numpy\.random|random|torch\.manual_seed|torch\.set_|torch\.backends|tf\.random|tf\.compat|tf\.config|tf\.logging|sys\.path|sys\.setrecursionlimit|os\.environ|pd\.set_option|pd\.options|np\.set_printoptions|load_dotenv|nltk\.download|mpl)\b/u;

/**
 * True where a file only defines things for others: running it does nothing, so what its functions train is trained by their
 * callers. A file with code of its own is judged by that code alone.
 */
export function isLibraryModule(module: Module): boolean {
  const defines = module.body.some((statement) => statement.kind === 'function' || statement.kind === 'class');
  return defines && module.body.every(isDefinition);
}

function isDefinition(statement: Statement): boolean {
  switch (statement.kind) {
    case 'import':
    case 'function':
    case 'class':
    case 'assign':
      return true;
    case 'expression':
      return (
        statement.value.kind === 'literal' || (statement.value.kind === 'call' && SETUP.test(dottedName(statement.value.callee)))
      );
    case 'try':
      return [...statement.body, ...statement.handlers.flatMap((handler) => handler.body)].every(isDefinition);
    case 'if':
      return !isMainGuard(statement.test) && [...statement.body, ...statement.otherwise].every(isDefinition);
    case 'simple':
      return statement.keyword === 'pass' || statement.keyword === 'error';
    default:
      return false;
  }
}

function isMainGuard(test: Expression): boolean {
  return test.kind === 'operation' && test.operands.some((operand) => operand.kind === 'name' && operand.id === '__name__');
}

function dottedName(expression: Expression): string {
  if (expression.kind === 'name') return expression.id;
  return expression.kind === 'attribute' ? `${dottedName(expression.object)}.${expression.name}` : '';
}
