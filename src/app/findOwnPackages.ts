import { delimiter, dirname, join, posix } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import { ownPackages, type OwnPackages } from '../core/images/ownPackages.ts';
import type { ContextFile } from '../core/images/ImageRecipe.ts';
import type { ProjectReader } from '../core/ports/ProjectReader.ts';
import type { Command, RuntimeKind } from '../core/study/StudyPlan.ts';
import type { LocatedScript } from './locateScript.ts';

/** What a project says that it needs, and where its own packages are. */
export interface FoundPackages {
  readonly files: readonly ContextFile[];
  /** Folders relative to the root, with `/`, in which modules are looked for besides the script's own. */
  readonly searchPaths: readonly string[];
  readonly notes: readonly string[];
}

/** Reads the dependency files of a script's project, and finds the code of the packages that they install from folders. */
export async function findOwnPackages(project: ProjectReader, folder: string, located: LocatedScript): Promise<FoundPackages> {
  const { root, configuration } = located;
  const { requirements = [] } = configuration;
  const files = await project.readDependencies(root, codeFolders(folder, located), [requirements].flat());
  const { folders, notes } = describedPackages(files);
  const found = await Promise.all(
    folders.map(async ({ path, places }) => {
      const kinds = await Promise.all(places.map((place) => project.kindOf(join(root, place))));
      return places.find((_, at) => kinds[at] === 'directory') ?? path;
    }),
  );
  const own = posix.dirname(located.inRoot);
  const searchPaths = [...new Set(found)].filter((path) => path !== (own === '.' ? '' : own));
  const where = searchPaths.map((path) => (path === '' ? 'the folder' : path)).join(' and ');
  const told = searchPaths.length === 0 ? [] : [`The project's own packages are imported from ${where}, not installed.`];
  return { files, searchPaths, notes: [...notes, ...told] };
}

/** A broken pyproject.toml stands in the way of an image, and says so there; to Python it is nothing. */
function describedPackages(files: readonly ContextFile[]): OwnPackages {
  try {
    return ownPackages(files);
  } catch (error) {
    if (error instanceof HoneError && error.code === 'configuration') return { folders: [], notes: [] };
    throw error;
  }
}

/** The folders whose modules and dependency files are a script's: its own before the root. Absolute paths. */
export function codeFolders(folder: string, { script, root }: LocatedScript): readonly string[] {
  return [...new Set([dirname(join(folder, script.path)), root])];
}

/** A command whose modules are found in further folders of the trial's copy, as an editable install would have it. */
export function withSearchPaths(command: Command, searchPaths: readonly string[], runtime: RuntimeKind): Command {
  if (searchPaths.length === 0) return command;
  // Relative to the working directory, since each trial has a copy of its own.
  const relative = searchPaths.map((path) => posix.relative(`/${command.directory}`, `/${path}`) || '.');
  const given = command.environment['PYTHONPATH'];
  const parts = [...(given === undefined || given === '' ? [] : [given]), ...relative];
  return { ...command, environment: { ...command.environment, PYTHONPATH: parts.join(runtime === 'docker' ? ':' : delimiter) } };
}
