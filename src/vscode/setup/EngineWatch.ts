import type { HoneHost } from '../HoneHost.ts';
import { readSettings } from '../settings/readSettings.ts';
import type { ContextKeys } from './ContextKeys.ts';

/** Knows whether a container engine answers, for the view that offers the interpreter instead. */
export class EngineWatch {
  readonly #host: HoneHost;
  readonly #keys: ContextKeys;
  readonly #folder: () => string | undefined;
  readonly #onError: (error: unknown) => void;
  #asked = false;

  constructor(host: HoneHost, keys: ContextKeys, folder: () => string | undefined, onError: (error: unknown) => void) {
    this.#host = host;
    this.#keys = keys;
    this.#folder = folder;
    this.#onError = onError;
  }

  /** Looks the first time only. */
  async look(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    await this.again();
  }

  async again(): Promise<void> {
    const folder = this.#folder();
    if (folder === undefined || readSettings().runtime === 'local') {
      this.#keys.set('hone.engine', 'unknown');
      return;
    }
    try {
      const { available } = await (await this.#host.get()).engine();
      this.#keys.set('hone.engine', available ? 'present' : 'absent');
    } catch (error) {
      this.#onError(error);
    }
  }
}
