import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';
import type { Hone } from './app/Hone.ts';
import { settingsEnvironment } from './adapters/readSettings.ts';
import { activateHone } from './vscode/activateHone.ts';
import { MailSecretStore } from './vscode/mail/MailSecretStore.ts';
import { readSettings } from './vscode/settings/readSettings.ts';
import { activeInterpreter } from './vscode/setup/activeInterpreter.ts';

/** The composition root of the extension: the only place of it that knows the adapters, and loads them when they are needed. */
export function activate(context: ExtensionContext): void {
  const dist = join(context.extensionPath, 'dist');
  const secrets = new MailSecretStore(context.secrets);
  activateHone(
    context,
    () => createEngine(dist, secrets),
    () => ({
      program: process.execPath,
      path: join(dist, 'cli.js'),
      // Inside the editor this executable is Electron, which is Node when told so.
      environment: { ...settingsEnvironment(readSettings()), ELECTRON_RUN_AS_NODE: '1' },
    }),
    secrets,
  );
}

async function createEngine(distDirectory: string, secrets: MailSecretStore): Promise<Hone> {
  const [{ createHone }, { createAdapters }] = await Promise.all([
    import('./app/createHone.ts'),
    import('./adapters/createAdapters.ts'),
  ]);
  const adapters = createAdapters({
    distDirectory,
    settings: readSettings,
    secrets: async () => ({
      password: await secrets.password(readSettings().mail),
      webhookUrl: process.env['HONE_WEBHOOK_URL'] || null,
    }),
  });
  return createHone({
    ...adapters,
    findInterpreter: async (folder, configured) =>
      adapters.findInterpreter(folder, configured ?? readSettings().python ?? (await activeInterpreter(folder))),
    readInstalled: async (folders, configured) =>
      adapters.readInstalled(folders, configured ?? (await activeInterpreter(folders[0] ?? '.'))),
  });
}
