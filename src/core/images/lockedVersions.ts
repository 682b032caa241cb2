import { HoneError } from '../../base/HoneError.ts';
import type { ContextFile } from './ImageRecipe.ts';
import { parseToml, valueAt } from './parseToml.ts';
import { parseRequirement, type Requirement } from './Requirement.ts';

/** What a lock file settles. */
export interface LockedVersions {
  /** What it says is needed by itself: Pipfile.lock keeps that apart. */
  readonly requirements: readonly Requirement[];
  readonly constraints: readonly Requirement[];
  readonly python: string;
}

/**
 * The exact versions in a Pipfile.lock, poetry.lock, uv.lock or pdm.lock. They hold for what the project declares and what that brings
 * along; tools that are only locked are not installed. Throws HoneError `configuration` where the file cannot be read.
 */
export function lockedVersions(file: ContextFile): LockedVersions {
  if (file.path.endsWith('Pipfile.lock')) return pipfileVersions(file);
  const packages = valueAt(parseToml(file), 'package');
  const constraints = (Array.isArray(packages) ? packages : []).flatMap((locked: unknown) => {
    const [name, version] = [valueAt(locked, 'name'), valueAt(locked, 'version')];
    const fromIndex = valueAt(locked, 'source', 'editable') === undefined && valueAt(locked, 'source', 'virtual') === undefined;
    return typeof name === 'string' && typeof version === 'string' && fromIndex ? [parseRequirement(`${name}==${version}`)] : [];
  });
  return { requirements: [], constraints, python: '' };
}

function pipfileVersions(file: ContextFile): LockedVersions {
  const data = parseJson(file);
  const table = valueAt(data, 'default');
  const constraints = Object.entries(typeof table === 'object' && table !== null ? table : {}).flatMap(
    ([name, locked]: [string, unknown]) => {
      const version = valueAt(locked, 'version');
      return typeof version === 'string' ? [parseRequirement(`${name}${version}`)] : [];
    },
  );
  const python = valueAt(data, '_meta', 'requires', 'python_version');
  return { requirements: constraints, constraints: [], python: typeof python === 'string' ? `==${python}.*` : '' };
}

function parseJson({ path, text }: ContextFile): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HoneError('configuration', `${path} cannot be read: it is not JSON.`, {
      next: 'Lock it again, or remove it.',
      cause: error,
    });
  }
}
