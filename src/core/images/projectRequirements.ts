import { checkRequirements } from './checkRequirements.ts';
import { condaRequirements } from './condaRequirements.ts';
import type { ContextFile } from './ImageRecipe.ts';
import { lockedVersions } from './lockedVersions.ts';
import type { Requirement } from './Requirement.ts';
import { parseRequirements } from './parseRequirements.ts';
import { localPathOf } from './localPackages.ts';
import { resolvePath } from './resolvePath.ts';
import { pyprojectRequirements } from './pyprojectRequirements.ts';
import { setupRequirements } from './setupRequirements.ts';

/** What a project asks for. */
export interface ProjectRequirements {
  readonly requirements: readonly Requirement[];
  /** Versions for what is installed anyway: of lock files and `-c` files. */
  readonly constraints: readonly Requirement[];
  /** The Pythons that it is for, `>=3.8,<3.12`; empty where it does not say. */
  readonly python: string;
  /** What could not be taken over, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads the files in which a project says what it needs, the more important first. Files that `-r` and `-c` name are looked for among them.
 * Throws HoneError `configuration` where one cannot be read, or contradicts itself.
 */
export function projectRequirements(files: readonly ContextFile[]): ProjectRequirements {
  const included = new Set<string>();
  const found = files.map((file) => () => (included.has(file.path) ? NOTHING : readFile(file, files, included)));
  const all = found.map((read) => read());
  return {
    requirements: all.flatMap(({ requirements }) => requirements),
    constraints: all.flatMap(({ constraints }) => constraints),
    python: all.find(({ python }) => python !== '')?.python ?? '',
    notes: [...new Set(all.flatMap(({ notes }) => notes))],
  };
}

const NOTHING: ProjectRequirements = { requirements: [], constraints: [], python: '', notes: [] };

function readFile(file: ContextFile, files: readonly ContextFile[], included: Set<string>): ProjectRequirements {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  if (name === 'pyproject.toml') return { ...NOTHING, ...pyprojectRequirements(file) };
  if (/^environment\.ya?ml$/.test(name)) return { ...NOTHING, ...condaRequirements(file) };
  if (name.endsWith('.lock')) return { ...NOTHING, ...lockedVersions(file) };
  if (name === 'setup.cfg' || name === 'setup.py') return { ...NOTHING, requirements: setupRequirements(file) };
  if (name === '.python-version')
    return { ...NOTHING, python: /^\d+\.\d+/.test(file.text.trim()) ? `==${/^\d+\.\d+/.exec(file.text.trim())?.[0]}.*` : '' };
  return readRequirementsFile(file, files, included);
}

function readRequirementsFile(file: ContextFile, files: readonly ContextFile[], included: Set<string>): ProjectRequirements {
  if (included.has(file.path)) return NOTHING;
  included.add(file.path);
  checkRequirements(file);
  const requirements: Requirement[] = [];
  const constraints: Requirement[] = [];
  const notes: string[] = [];
  for (const line of parseRequirements(file.text)) {
    const include = /^(-r|-c|--requirement|--constraint)[=\s]*(\S+)$/.exec(line.text);
    if (include === null) {
      // The code of the project's own packages is in the snapshot; what they need is in files of theirs.
      if (localPathOf(line.text) === null) requirements.push(line);
      continue;
    }
    const path = resolvePath(file.path, include[2] ?? '');
    const other = files.find((candidate) => candidate.path === path);
    if (other === undefined) notes.push(`${file.path} names ${include[2]}, which is not there.`);
    else {
      const inner = readRequirementsFile(other, files, included);
      const isConstraint = include[1] === '-c' || include[1] === '--constraint';
      (isConstraint ? constraints : requirements).push(...inner.requirements);
      constraints.push(...inner.constraints);
      notes.push(...inner.notes);
    }
  }
  return { ...NOTHING, requirements, constraints, notes };
}

/** The paths that a requirements file includes, relative to the root, with `/`; those that lead out of it are left out. */
export function includedPaths(file: ContextFile): readonly string[] {
  return parseRequirements(file.text).flatMap(({ text }) => {
    const path = /^(?:-r|-c|--requirement|--constraint)[=\s]*(\S+)$/.exec(text)?.[1];
    return path === undefined || /^(?:[/\\~]|\w+:)/.test(path)
      ? []
      : [resolvePath(file.path, path)].filter((resolved) => !resolved.startsWith('../'));
  });
}
