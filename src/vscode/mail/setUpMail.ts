import { ConfigurationTarget, ProgressLocation, window, workspace } from 'vscode';
import type { Hone } from '../../app/Hone.ts';
import type { Delivery } from '../../core/ports/Mailer.ts';
import type { MailSettings } from '../../core/ports/MailSettings.ts';
import { SETTING_KEYS } from '../settings/EditorSettings.ts';
import { readSettings } from '../settings/readSettings.ts';
import { askMail, type MailAnswers } from './askMail.ts';
import type { MailSecretStore } from './MailSecretStore.ts';

/** Asks for a mail server, tries it, and keeps it once a test mail went through, or the user insists. What was entered is never lost to an error. */
export async function setUpMail(hone: () => Promise<Hone>, secrets: MailSecretStore, folder: string): Promise<void> {
  const known = readSettings().mail;
  let answers: MailAnswers | null = { settings: known, password: await secrets.password(known) };
  while ((answers = await askMail(answers)) !== null) {
    const { settings } = answers;
    const delivery = await test(await hone(), answers, folder);
    if (delivery.state === 'sent') {
      await keep(secrets, answers);
      void window.showInformationMessage(
        `Mail works: a test went to ${settings.to.join(', ')} through ${settings.host}. ${delivery.warning ?? ''}`.trim(),
      );
      return;
    }
    const [again, insist] = ['Change It', 'Keep It Anyway'];
    const answer = await window.showErrorMessage(`Hone: ${delivery.reason} ${delivery.next}`, again, insist);
    if (answer === insist) {
      await keep(secrets, answers);
      void window.showInformationMessage('Mail is set up as you entered it, though no test went through.');
    }
    if (answer !== again) return;
  }
}

async function test(hone: Hone, candidate: MailAnswers, folder: string): Promise<Delivery> {
  const options = {
    location: ProgressLocation.Notification,
    title: `Hone: trying ${candidate.settings.host}`,
    cancellable: true,
  };
  return window.withProgress(options, async (_, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const [tested] = await hone.testMail({ folder, candidate, to: candidate.settings.to }, abort.signal);
    return tested?.delivery ?? { state: 'refused', reason: 'Nothing was tried.', next: 'Enter the name of a server.' };
  });
}

async function keep(secrets: MailSecretStore, { settings, password }: MailAnswers): Promise<void> {
  const configuration = workspace.getConfiguration();
  const values: readonly (readonly [string, MailSettings[keyof MailSettings]])[] = [
    [SETTING_KEYS.mailHost, settings.host],
    [SETTING_KEYS.mailPort, settings.port],
    [SETTING_KEYS.mailSecurity, settings.security],
    [SETTING_KEYS.mailUser, settings.user],
    [SETTING_KEYS.mailTo, settings.to],
  ];
  for (const [key, value] of values) await configuration.update(key, value, ConfigurationTarget.Global);
  await secrets.keep(settings, settings.user === null ? null : password);
}
