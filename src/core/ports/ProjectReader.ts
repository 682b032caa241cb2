import type { ContextFile } from '../images/ImageRecipe.ts';
import type { ImageSources } from '../images/ImageSources.ts';
import type { Configuration } from '../study/Configuration.ts';

/** Reads what planning needs of a project. Paths are absolute. */
export interface ProjectReader {
  /** What a path names; null where there is nothing, or it cannot be reached. */
  kindOf(path: string): Promise<'file' | 'directory' | null>;
  /** hone.yaml of a folder, empty where there is none. Throws HoneError `configuration` with the line of what is wrong. */
  readConfiguration(folder: string): Promise<Configuration>;
  /** requirements.txt and pyproject.toml of the given folders, those of the first folder first; paths relative to `root`. */
  readDependencies(root: string, folders: readonly string[]): Promise<readonly ContextFile[]>;
  /** Names of the Python modules and packages that lie in the given folders. */
  localModules(folders: readonly string[]): Promise<readonly string[]>;
  /** A Dockerfile of the user's and the text files beside it that its COPY and ADD lines name. */
  readDockerfile(path: string): Promise<{ readonly dockerfile: string; readonly context: readonly ContextFile[] }>;
  /** What images are built from. */
  imageSources(): Promise<ImageSources>;
  /** SHA-256 of a UTF-8 text, in hexadecimal. */
  hash(text: string): string;
}
