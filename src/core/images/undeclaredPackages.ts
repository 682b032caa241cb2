import { isStandardModule } from './isStandardModule.ts';
import { packagesOfModules } from './packagesOfModules.ts';

export interface UndeclaredRequest {
  /** Top-level names of imported modules. */
  readonly imports: readonly string[];
  readonly localModules: readonly string[];
}

/**
 * The packages that a script imports, by the names under which they are installed, sorted. Its own modules and the standard
 * library are left out; a module that the table does not know is not guessed, since anyone may own that name on an index.
 */
export function undeclaredPackages(request: UndeclaredRequest): readonly string[] {
  const local = new Set(request.localModules);
  const packages = request.imports
    .filter((module) => !local.has(module) && !isStandardModule(module))
    .flatMap((module) => packagesOfModules[module] ?? []);
  return [...new Set(packages)].sort();
}
