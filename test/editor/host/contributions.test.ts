import { deepEqual, equal, ok } from 'node:assert/strict';
import { commands, extensions, workspace, type Extension } from 'vscode';
import { COMMAND_IDS } from '../../../src/vscode/commands/CommandId.ts';
import { DEFAULT_SETTINGS } from '../../../src/vscode/settings/EditorSettings.ts';
import { readSettings } from '../../../src/vscode/settings/readSettings.ts';

function hone(): Extension<unknown> {
  const found = extensions.getExtension('hone.hone-ml');
  ok(found !== undefined, 'the extension is not there');
  return found;
}

describe('the extension in VS Code', () => {
  it('activates without an error', async () => {
    await hone().activate();
    equal(hone().isActive, true);
  });

  it('registers every command that it contributes', async () => {
    await hone().activate();
    const registered = new Set(await commands.getCommands(true));
    deepEqual(
      COMMAND_IDS.filter((id) => !registered.has(id)),
      [],
    );
  });

  it('reads its defaults from the settings as VS Code has them', () => {
    deepEqual(readSettings(), DEFAULT_SETTINGS);
  });

  it('keeps a workspace from setting what is a matter of the machine', () => {
    const { properties } = hone().packageJSON.contributes.configuration;
    for (const key of Object.keys(properties).filter((name) => name.startsWith('hone.images.') || name === 'hone.docker.host')) {
      equal(properties[key].scope, 'machine', key);
      equal(workspace.getConfiguration().inspect(key)?.defaultValue, null, key);
    }
  });
});
