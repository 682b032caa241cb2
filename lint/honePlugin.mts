import { brokenWall } from './walls.mts';

interface ImportNode {
  readonly source?: { readonly value?: unknown } | null;
}

interface RuleContext {
  readonly filename: string;
  report(problem: { node: ImportNode; message: string }): void;
}

/** Path below src of a linted file, or null for files elsewhere. */
function pathInSource(filename: string): string | null {
  const normal = filename.replaceAll('\\', '/');
  const start = normal.lastIndexOf('/src/');
  return start === -1 ? null : normal.slice(start + '/src/'.length);
}

/** Imports of every kind keep to walls.mts: of values and types, re-exports, `import()` and `typeof import()`. */
const walls = {
  create(context: RuleContext): Record<string, (node: ImportNode) => void> {
    const file = pathInSource(context.filename);
    if (file === null) return {};
    const check = (node: ImportNode): void => {
      if (typeof node.source?.value !== 'string') return;
      const message = brokenWall(file, node.source.value);
      if (message !== null) context.report({ node, message: `Import wall: ${message}.` });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: check,
    };
  },
};

/** The rules of this repository for oxlint. */
export default { meta: { name: 'hone' }, rules: { walls } };
