import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';
import { extensions, Uri, workspace } from 'vscode';

/** The part of the Python extension's API that is used here. */
interface PythonApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: Uri): { readonly path: string };
    resolveEnvironment(path: { readonly path: string }): Promise<{ readonly executable: { readonly uri?: Uri } } | undefined>;
  };
}

/**
 * Absolute path of the interpreter selected in the Python extension for a folder; without that extension, of the one that its setting
 * names. Null where there is none.
 */
export async function activeInterpreter(folder: string): Promise<string | null> {
  const extension = extensions.getExtension<PythonApi>('ms-python.python');
  if (extension === undefined) return defaultInterpreter(folder);
  const api = await extension.activate();
  // Old and web builds of it have no such API.
  if (typeof api?.environments?.getActiveEnvironmentPath !== 'function') return null;
  const environment = await api.environments.resolveEnvironment(api.environments.getActiveEnvironmentPath(Uri.file(folder)));
  return environment?.executable.uri?.fsPath ?? null;
}

/** A bare `python` is the setting's default, and no choice. */
function defaultInterpreter(folder: string): string | null {
  const written = workspace.getConfiguration('python', Uri.file(folder)).get<unknown>('defaultInterpreterPath');
  if (typeof written !== 'string') return null;
  const path = written.replace('${workspaceFolder}', folder).replace(/^~(?=[\\/])/, homedir());
  return isAbsolute(path) && existsSync(path) ? path : null;
}
