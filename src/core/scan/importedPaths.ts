import type { Module } from '../python/Ast.ts';
import { walkStatements } from '../python/walkStatements.ts';
import { canonicalPath } from './canonicalPath.ts';

const hasImport = (text: string): boolean => text.includes('import');

/** Canonical paths of all that a module imports, wherever the import stands; relative imports left out. */
export function importedPaths(module: Module): string[] {
  const paths: string[] = [];
  for (const statement of walkStatements(module.body, hasImport)) {
    if (statement.kind !== 'import' || statement.level > 0) continue;
    for (const name of statement.names)
      paths.push(canonicalPath(name.name === null || name.name === '*' ? name.module : `${name.module}.${name.name}`));
  }
  return paths;
}

/** Top-level names of the modules that a module imports, as they are written, sorted. */
export function importedNames(module: Module): string[] {
  const names = new Set<string>();
  for (const statement of walkStatements(module.body, hasImport)) {
    if (statement.kind !== 'import') continue;
    for (const imported of statement.names) {
      const path = imported.module === '' ? (imported.name ?? '') : imported.module;
      const [top = ''] = path.split('.');
      if (top !== '' && top !== '*' && top !== '__future__') names.add(top);
    }
  }
  return [...names].sort();
}
