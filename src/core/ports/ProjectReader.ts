import type { ContextFile } from '../images/ImageRecipe.ts';
import type { ImageSources } from '../images/ImageSources.ts';
import type { LaunchConfiguration } from '../study/LaunchConfiguration.ts';
import type { Configuration } from '../study/Configuration.ts';

/** Reads what planning needs of a project. Paths are absolute. */
export interface ProjectReader {
  /** What a path names; null where there is nothing, or it cannot be reached. */
  kindOf(path: string): Promise<'file' | 'directory' | null>;
  /** What is free on the disk of a path for this user, bytes; null where nobody knows. */
  freeBytes(path: string): Promise<number | null>;
  /** hone.yaml of a folder, empty where there is none. Throws HoneError `configuration` with the line of what is wrong. */
  readConfiguration(folder: string): Promise<Configuration>;
  /**
   * The files of the given folders in which a project says what it needs, those of the first folder first, and those that they include; only
   * the named ones where some are named. Paths relative to `root`.
   */
  readDependencies(root: string, folders: readonly string[], named?: readonly string[]): Promise<readonly ContextFile[]>;
  /** Names of the Python modules and packages that lie in the given folders. */
  localModules(folders: readonly string[]): Promise<readonly string[]>;
  /** A Dockerfile of the user's and the text files beside it that its COPY and ADD lines name. */
  readDockerfile(path: string): Promise<{ readonly dockerfile: string; readonly context: readonly ContextFile[] }>;
  /** The real paths of data outside the project that hone.yaml names. Throws HoneError `configuration`: absent, or nothing to show to a container. */
  resolveData(root: string, paths: readonly string[]): Promise<readonly string[]>;
  /** The variables of a file of `NAME=value` lines. Throws HoneError `configuration` where it is absent; never tells a value. */
  readEnvironment(path: string): Promise<Readonly<Record<string, string>>>;
  /**
   * The configurations in the `.vscode/launch.json` of a folder that start a script, with absolute paths, those that name it before those
   * that start any; none where there is no such file, null where it cannot be read. Their variables may be secret.
   */
  readLaunches(folder: string, script: string): Promise<readonly LaunchConfiguration[] | null>;
  /** What images are built from. */
  imageSources(): Promise<ImageSources>;
  /** SHA-256 of a UTF-8 text, in hexadecimal. */
  hash(text: string): string;
}
