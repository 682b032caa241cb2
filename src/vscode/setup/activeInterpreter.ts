import { extensions, Uri } from 'vscode';

/** The part of the Python extension's API that is used here. */
interface PythonApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: Uri): { readonly path: string };
    resolveEnvironment(path: { readonly path: string }): Promise<{ readonly executable: { readonly uri?: Uri } } | undefined>;
  };
}

/** Absolute path of the interpreter selected in the Python extension for a folder; null where there is none, or no such extension. */
export async function activeInterpreter(folder: string): Promise<string | null> {
  const extension = extensions.getExtension<PythonApi>('ms-python.python');
  if (extension === undefined) return null;
  const api = await extension.activate();
  // Old and web builds of it have no such API.
  if (typeof api?.environments?.getActiveEnvironmentPath !== 'function') return null;
  const environment = await api.environments.resolveEnvironment(api.environments.getActiveEnvironmentPath(Uri.file(folder)));
  return environment?.executable.uri?.fsPath ?? null;
}
