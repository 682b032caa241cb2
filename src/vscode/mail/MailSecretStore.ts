import type { SecretStorage } from 'vscode';
import type { MailSettings } from '../../core/ports/MailSettings.ts';

const KEY = 'hone.mail';

/** The password of the mail server, in the editor's secret storage, with the server and the user that it was entered for. */
export class MailSecretStore {
  readonly #storage: SecretStorage;

  constructor(storage: SecretStorage) {
    this.#storage = storage;
  }

  /** The password for these settings; null where none was entered for just them, so that no other server is ever told it. */
  async password({ host, user }: MailSettings): Promise<string | null> {
    const kept = parseKept(await this.#storage.get(KEY));
    return kept !== null && kept.host === host && kept.user === user ? kept.password : null;
  }

  async keep({ host, user }: MailSettings, password: string | null): Promise<void> {
    if (password === null) await this.#storage.delete(KEY);
    else await this.#storage.store(KEY, JSON.stringify({ host, user, password }));
  }
}

interface Kept {
  readonly host: unknown;
  readonly user: unknown;
  readonly password: string;
}

function parseKept(text: string | undefined): Kept | null {
  try {
    const found: unknown = JSON.parse(text ?? 'null');
    return typeof found === 'object' && found !== null && 'password' in found && typeof found.password === 'string'
      ? (found as Kept)
      : null;
  } catch {
    return null; // Another version wrote it; the password is asked for again.
  }
}
