import type { ContextFile, ImageRecipe } from './ImageRecipe.ts';
import { parseConflict } from './parseConflict.ts';
import { normalizePackageName, parseRequirement, type Requirement } from './Requirement.ts';

/** A recipe that asks for less than the project does. It keeps its tag: the same wish, met as far as it can be. */
export interface RelaxedRecipe {
  readonly recipe: ImageRecipe;
  /** What was relaxed, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * After a failed build: the recipe with what pip could not install of the project's part relaxed: a pinned release to its major version, that to
 * any, and what cannot be built in any release left out. Null where pip's output blames nothing of it, or a package that does not exist.
 */
export function relaxRecipe(recipe: ImageRecipe, output: string): RelaxedRecipe | null {
  const blamed = blamedPackages(output);
  const notes = new Set<string>();
  const wishes = recipe.files.filter(isOfProject).flatMap(({ text }) => text.split('\n').map(parseRequirement));
  const files = recipe.files.map((file) => {
    if (!isOfProject(file)) return file;
    const lines = file.text.split('\n').flatMap((line) => {
      const relaxed = relaxLine(parseRequirement(line), blamed, wishes);
      if (relaxed === null) return [line];
      notes.add(relaxed.note);
      return relaxed.line === null ? [] : [relaxed.line];
    });
    return { ...file, text: lines.join('\n') };
  });
  return notes.size === 0 ? null : { recipe: { ...recipe, files }, notes: [...notes] };
}

/** What pip could not install, and why. */
interface Blame {
  readonly packages: ReadonlySet<string>;
  /** Those that have no wheel and could not be built. */
  readonly unbuilt: ReadonlySet<string>;
  /** True where it is that they exclude one another. */
  readonly conflict: boolean;
}

/** A line with a note on it; the line is null where it is left out, and all is null where it stays. */
function relaxLine(
  requirement: Requirement,
  { packages, unbuilt, conflict }: Blame,
  wishes: readonly Requirement[],
): { readonly line: string | null; readonly note: string } | null {
  const { name, specifier } = requirement;
  if (name === null || !packages.has(name) || specifier.startsWith('@')) return null;
  if (specifier === '')
    return unbuilt.has(name) ? { line: null, note: `${name} could not be built and was left out of the image.` } : null;
  const others = conflict ? [...packages].filter((other) => other !== name).map((other) => describeWish(other, wishes)) : [];
  const why = others.length === 0 ? 'could not be installed' : `and ${others.join(' and ')} exclude each other`;
  const wider = relaxSpecifier(specifier);
  const note = `${name} ${specifier.replace(/^==/, '')} ${why}: ${wider === '' ? 'any release' : `${name}${wider}`} is taken instead.`;
  return { line: render(requirement, wider), note };
}

function isOfProject({ path }: ContextFile): boolean {
  return path === 'project.txt' || path === 'constraints.txt';
}

/** `numpy 1.26.4`, or the name alone where any release will do. */
function describeWish(name: string, wishes: readonly Requirement[]): string {
  const specifier = wishes.find((wish) => wish.name === name)?.specifier.replace(/^==/, '') ?? '';
  return specifier === '' ? name : `${name} ${specifier}`;
}

/** What pip says it cannot find, build or bring together. */
function blamedPackages(output: string): Blame {
  const missing = [...output.matchAll(/satisfies the requirement (\S+) \(from versions: (?!none\))/g)].map((match) => match[1]);
  const other = [...output.matchAll(/Package '([\w.-]+)' requires a different Python/g)].map((match) => match[1]);
  const unbuilt = namesOf([...[...output.matchAll(UNBUILT)].map((match) => match[1]), unpreparedPackage(output)]);
  const conflicting = parseConflict(output);
  return {
    packages: new Set([...namesOf([...missing, ...conflicting, ...other]), ...unbuilt]),
    unbuilt,
    conflict: conflicting.length > 1,
  };
}

const UNBUILT =
  /(?:Failed building wheel for|Failed to build|╰─>|Could not build wheels for|installable wheels for some pyproject\.toml based projects \()\s*['"]?([A-Za-z0-9][\w.-]*)/g;

/** pip does not name what it could not prepare; it is what was collected last. */
function unpreparedPackage(output: string): string | undefined {
  const before = /^[^]*?(?=status 'error')/.exec(output)?.[0] ?? '';
  return [...before.matchAll(/^\s*Collecting ([A-Za-z0-9][\w.-]*)/gm)].at(-1)?.[1];
}

function namesOf(requirements: readonly (string | undefined)[]): ReadonlySet<string> {
  return new Set(
    requirements.flatMap((text) => /^[A-Za-z0-9][\w.-]*/.exec(text?.trim() ?? '')?.[0] ?? []).map(normalizePackageName),
  );
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
