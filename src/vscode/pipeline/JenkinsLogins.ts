import { ConfigurationTarget, window, workspace, type SecretStorage } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';
import type { JenkinsLogin } from '../../core/ports/JenkinsLinter.ts';
import { readSettings } from '../settings/readSettings.ts';
import { SETTING_KEYS } from '../settings/EditorSettings.ts';

/** Who asks which Jenkins: address and user are settings of the person's, the token is in the secret storage, for that address and user alone. */
export class JenkinsLogins {
  readonly #secrets: SecretStorage;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  /** The login that is set up, else the one that is asked for now. @throws HoneError `cancelled` */
  async get(): Promise<JenkinsLogin> {
    const { jenkinsUrl: url, jenkinsUser: user } = readSettings();
    if (url === null || user === null) return this.ask();
    const token = await this.#secrets.get(keyOf(url, user));
    return token === undefined ? this.ask() : { url, user, token };
  }

  /** Asks for address, user and token, and keeps them. @throws HoneError `cancelled` */
  async ask(): Promise<JenkinsLogin> {
    const before = readSettings();
    const url = await askText('Address of Your Jenkins', before.jenkinsUrl ?? 'https://', 'As your browser shows it', isAddress);
    const user = await askText('Your User There', before.jenkinsUser ?? '', 'Its id, as your page in Jenkins shows it', isFilled);
    const prompt = 'Make one on your page in Jenkins, below Security. It is kept in the secret storage.';
    const token = await askText('API Token', '', prompt, isFilled, true);
    const settings = workspace.getConfiguration();
    await settings.update(SETTING_KEYS.jenkinsUrl, url, ConfigurationTarget.Global);
    await settings.update(SETTING_KEYS.jenkinsUser, user, ConfigurationTarget.Global);
    await this.#secrets.store(keyOf(url, user), token);
    return { url, user, token };
  }
}

function keyOf(url: string, user: string): string {
  return `hone.jenkins ${JSON.stringify([url, user])}`;
}

async function askText(
  title: string,
  value: string,
  prompt: string,
  validateInput: (text: string) => string | null,
  password = false,
): Promise<string> {
  const typed = await window.showInputBox({
    title: `Hone: ${title}`,
    value,
    prompt,
    validateInput,
    password,
    ignoreFocusOut: true,
  });
  if (typed === undefined) throw new HoneError('cancelled', 'Jenkins was not set up.');
  return typed.trim();
}

function isFilled(text: string): string | null {
  return text.trim() === '' ? 'It is needed.' : null;
}

function isAddress(text: string): string | null {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/u.test(url.protocol) || url.host === '') return 'Write it as https://ci.example.org.';
  return url.username === '' && url.password === '' ? null : 'User and token are asked for next.';
}
