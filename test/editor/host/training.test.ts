import { equal, ok } from 'node:assert/strict';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { commands, extensions, window, workspace } from 'vscode';

describe('training from a command', () => {
  it('is refused in a folder that is not trusted, and leaves nothing behind', async function () {
    if (workspace.isTrusted) this.skip();
    await extensions.getExtension('hone.hone-ml')?.activate();
    const [folder] = workspace.workspaceFolders ?? [];
    ok(folder !== undefined, 'no folder is open');
    const script = await window.showTextDocument(await workspace.openTextDocument(join(folder.uri.fsPath, 'train.py')));
    // It asks whether the folder is to be trusted; nobody answers.
    void commands.executeCommand('hone.trainScript', script.document.uri);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    equal(
      await access(join(folder.uri.fsPath, '.hone')).then(
        () => 'there',
        () => 'absent',
      ),
      'absent',
    );
  });

  it('answers a file outside the folders in words, without throwing at the caller', async () => {
    const outside = (await workspace.openTextDocument({ language: 'python', content: 'print(1)\n' })).uri;
    equal(await commands.executeCommand('hone.trainScript', outside), undefined);
  });
});
