import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, parse, relative, resolve, sep } from 'node:path';
import { parseLaunch, type LaunchConfiguration, type LaunchVariables } from '../../core/study/LaunchConfiguration.ts';

/**
 * The configurations in the `.vscode/launch.json` of a folder that start a script, those that name it before those that start whatever is
 * open; none where there is no such file, null where it cannot be read. `cwd` and `envFile` are absolute.
 */
export async function readLaunches(folder: string, script: string): Promise<readonly LaunchConfiguration[] | null> {
  const text = await readFile(join(folder, '.vscode', 'launch.json'), 'utf8').catch(() => null);
  if (text === null) return [];
  const found = parseLaunch(text, variablesOf(folder, script));
  if (found === null) return null;
  const mine = found.filter((launch) => starts(launch, folder, script)).map((launch) => withAbsolutePaths(launch, folder));
  return [...mine.filter(({ isGeneral }) => !isGeneral), ...mine.filter(({ isGeneral }) => isGeneral)];
}

function starts({ program, module, cwd }: LaunchConfiguration, folder: string, script: string): boolean {
  if (program !== null) return resolve(folder, program) === script;
  if (module === null) return false;
  const path = join(cwd === null ? folder : resolve(folder, cwd), ...module.split('.'));
  return `${path}.py` === script || join(path, '__main__.py') === script;
}

function withAbsolutePaths(launch: LaunchConfiguration, folder: string): LaunchConfiguration {
  const { cwd, envFile } = launch;
  const absolute = (path: string | null): string | null => (path === null ? null : resolve(folder, path));
  return { ...launch, cwd: absolute(cwd), envFile: absolute(envFile) };
}

/** The variables of VS Code that have a value without an editor. One of the environment that is not set is empty, as there. */
function variablesOf(folder: string, script: string): LaunchVariables {
  const { dir, base, name, ext } = parse(script);
  const known: Readonly<Record<string, string>> = {
    workspaceFolder: folder,
    workspaceRoot: folder,
    workspaceFolderBasename: basename(folder),
    file: script,
    fileWorkspaceFolder: folder,
    fileDirname: dir,
    fileBasename: base,
    fileBasenameNoExtension: name,
    fileExtname: ext,
    fileDirnameBasename: basename(dir),
    relativeFile: relative(folder, script),
    relativeFileDirname: relative(folder, dirname(script)),
    userHome: homedir(),
    cwd: folder,
    pathSeparator: sep,
    '/': sep,
  };
  return (variable) => {
    if (variable.startsWith('env:')) return process.env[variable.slice(4)] ?? '';
    return Object.hasOwn(known, variable) ? known[variable] : undefined;
  };
}
