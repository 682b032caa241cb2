import { parse } from 'smol-toml';
import { HoneError } from '../../base/HoneError.ts';
import type { ContextFile } from './ImageRecipe.ts';
import { parseRequirement, type Requirement } from './Requirement.ts';
import { parseRequirements } from './parseRequirements.ts';

/** What a project asks for, and the file that says so. */
export interface ProjectRequirements {
  /** Path of the file as the project spells it. */
  readonly path: string;
  readonly requirements: readonly Requirement[];
}

/**
 * Reads a requirements file or the `[project] dependencies` of a pyproject.toml. Throws HoneError `configuration` where the
 * latter is not TOML; one without that table asks for nothing.
 */
export function projectRequirements(file: ContextFile): ProjectRequirements {
  const requirements = file.path.endsWith('.toml') ? pyprojectRequirements(file) : parseRequirements(file.text);
  return { path: file.path, requirements };
}

function pyprojectRequirements(file: ContextFile): readonly Requirement[] {
  const project = parseToml(file)['project'];
  if (typeof project !== 'object' || project === null || !('dependencies' in project)) return [];
  const dependencies: unknown = project.dependencies;
  if (!Array.isArray(dependencies)) return [];
  return dependencies.filter((line) => typeof line === 'string').map(parseRequirement);
}

function parseToml(file: ContextFile): Record<string, unknown> {
  try {
    return parse(file.text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new HoneError('configuration', `${file.path} cannot be read: ${reason}.`, { next: 'Correct it and run again.', cause: error });
  }
}
