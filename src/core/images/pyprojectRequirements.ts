import type { ContextFile } from './ImageRecipe.ts';
import { locallySourced } from './localPackages.ts';
import { parseToml, valueAt } from './parseToml.ts';
import { parseRequirement, type Requirement } from './Requirement.ts';

/**
 * `[project] dependencies` and `requires-python` of a pyproject.toml, or Poetry's own tables. Throws HoneError `configuration` where it is
 * not TOML; one without those tables asks for nothing.
 */
export function pyprojectRequirements(file: ContextFile): {
  readonly requirements: readonly Requirement[];
  readonly python: string;
} {
  const data = parseToml(file);
  const declared = valueAt(data, 'project', 'dependencies');
  const python = valueAt(data, 'project', 'requires-python') ?? valueAt(data, 'tool', 'poetry', 'dependencies', 'python');
  const requirements = Array.isArray(declared)
    ? declared.filter((line) => typeof line === 'string').map(parseRequirement)
    : poetryRequirements(data);
  const own = locallySourced(file);
  return {
    requirements: requirements.filter(({ name }) => name === null || !own.has(name)),
    python: typeof python === 'string' ? poetrySpecifier(python) : '',
  };
}

function poetryRequirements(data: unknown): readonly Requirement[] {
  const table = valueAt(data, 'tool', 'poetry', 'dependencies');
  if (typeof table !== 'object' || table === null) return [];
  return Object.entries(table).flatMap(([name, wish]: [string, unknown]) => {
    const version = typeof wish === 'string' ? wish : valueAt(wish, 'version');
    if (name === 'python' || valueAt(wish, 'optional') === true || typeof version !== 'string') return [];
    return [parseRequirement(`${name}${poetrySpecifier(version)}`)];
  });
}

/** Poetry's `^1.2` and `~1.2` as PEP 440 spells them: `>=1.2,<2` and `>=1.2,<1.3`; a bare version is that version. */
function poetrySpecifier(version: string): string {
  return version
    .split(',')
    .map((part) => part.trim())
    .map((part) => {
      if (part === '*' || part === '') return '';
      const match = /^([\^~])\s*(\d+(?:\.\d+)*)$/.exec(part);
      if (match !== null) return `>=${match[2]},<${upperBound(match[1] ?? '^', (match[2] ?? '').split('.').map(Number))}`;
      return /^\d/.test(part) ? `==${part}` : part;
    })
    .filter((part) => part !== '')
    .join(',');
}

function upperBound(operator: string, release: readonly number[]): string {
  // ^0.2.3 allows what ~0.2.3 does: below 1, a minor release may break.
  const firstMeant = release.findIndex((part) => part > 0);
  const at = operator === '~' ? Math.min(1, release.length - 1) : Math.max(0, firstMeant);
  return release
    .slice(0, at + 1)
    .map((part, index) => (index === at ? part + 1 : part))
    .join('.');
}
