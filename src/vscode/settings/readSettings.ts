import { workspace, type Uri } from 'vscode';
import { parseSettings, type EditorSettings } from './EditorSettings.ts';

/** The settings that hold now, for a folder where one is given. */
export function readSettings(folder?: Uri): EditorSettings {
  const configuration = workspace.getConfiguration(undefined, folder);
  return parseSettings((key) => configuration.get(key));
}
