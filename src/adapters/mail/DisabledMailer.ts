import type { Delivery, Mailer } from '../../core/ports/Mailer.ts';

/** Where nothing is set up: nothing is sent, and what waits goes on waiting. */
export class DisabledMailer implements Mailer {
  readonly #missing: Delivery;

  /** `what` is not set up, as a sentence; `next` says how it is. */
  constructor(what: string, next: string) {
    this.#missing = { state: 'delayed', reason: what, next };
  }

  async place(): Promise<null> {
    return null;
  }

  async send(): Promise<Delivery> {
    return this.#missing;
  }

  async probe(): Promise<Delivery> {
    return this.#missing;
  }
}
