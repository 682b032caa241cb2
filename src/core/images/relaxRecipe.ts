import type { ImageRecipe } from './ImageRecipe.ts';
import { parseConflict } from './parseConflict.ts';
import { normalizePackageName, parseRequirement, type Requirement } from './Requirement.ts';

/** A recipe that asks for less than the project does. It keeps its tag: the same wish, met as far as it can be. */
export interface RelaxedRecipe {
  readonly recipe: ImageRecipe;
  /** What was relaxed, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * After a failed build: the recipe with what pip could not install of the project's part relaxed, a pinned release to its major version and
 * that to any. Null where pip's output blames nothing that could be, as where the package does not exist.
 */
export function relaxRecipe(recipe: ImageRecipe, output: string): RelaxedRecipe | null {
  const blamed = blamedPackages(output);
  const conflict = parseConflict(output).length > 1;
  const notes = new Set<string>();
  const files = recipe.files.map((file) => {
    if (file.path !== 'project.txt' && file.path !== 'constraints.txt') return file;
    const lines = file.text.split('\n').map((line) => {
      const requirement = parseRequirement(line);
      if (requirement.name === null || !blamed.has(requirement.name) || !/\d/.test(requirement.specifier) || requirement.specifier.startsWith('@')) return line;
      const specifier = relaxSpecifier(requirement.specifier);
      const others = conflict ? [...blamed].filter((name) => name !== requirement.name).join(' and ') : '';
      const why = others === '' ? 'could not be installed' : `and ${others} exclude each other`;
      notes.add(`${requirement.name} ${requirement.specifier.replace(/^==/, '')} ${why}: ${specifier === '' ? 'any release' : `${requirement.name}${specifier}`} is taken instead.`);
      return render(requirement, specifier);
    });
    return { ...file, text: lines.join('\n') };
  });
  return notes.size === 0 ? null : { recipe: { ...recipe, files }, notes: [...notes] };
}

/** What pip says it cannot find, build or bring together. */
function blamedPackages(output: string): ReadonlySet<string> {
  const missing = [...output.matchAll(/satisfies the requirement (\S+) \(from versions: (?!none\))/g)].map((match) => match[1]);
  const unbuilt = [...output.matchAll(/(?:Failed (?:building wheel for|to build)|╰─>|Could not build wheels for|installable wheels for some pyproject\.toml based projects \()\s*['"]?([A-Za-z0-9][\w.-]*)/g)].map((match) => match[1]);
  const other = [...output.matchAll(/Package '([\w.-]+)' requires a different Python/g)].map((match) => match[1]);
  const texts = [...missing, ...parseConflict(output), ...unbuilt, ...other].filter((text) => text !== undefined);
  return new Set(texts.map((text) => normalizePackageName(/^[A-Za-z0-9][\w.-]*/.exec(text.trim())?.[0] ?? '')));
}

/** `==1.2.3` becomes any 1.x from 1.2 on, every other wish any release. */
function relaxSpecifier(specifier: string): string {
  const release = /^={2,3}\s*(\d+)(?:\.(\d+))?/.exec(specifier);
  if (release === null) return '';
  const major = Number(release[1]);
  return `>=${major}.${release[2] ?? '0'},<${major + 1}`;
}

function render({ name, extras, marker }: Requirement, specifier: string): string {
  return `${name}${extras.length === 0 ? '' : `[${extras.join(',')}]`}${specifier}${marker === '' ? '' : `; ${marker}`}`;
}
