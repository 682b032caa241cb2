import type { Delivery, Mailer, OutgoingMail } from '../../src/core/ports/Mailer.ts';

/** Mail that goes nowhere: a test says what the server answers, and looks at what came. */
export class FakeMailer implements Mailer {
  readonly received: OutgoingMail[] = [];
  /** What the next attempts meet. */
  answer: Delivery = { state: 'sent', warning: null };
  address: string | null = 'fake:25';

  async place(): Promise<string | null> {
    return this.address;
  }

  async send(mail: OutgoingMail, signal: AbortSignal): Promise<Delivery> {
    if (signal.aborted) return { state: 'delayed', reason: 'It was cut short.', next: 'It is tried again.' };
    if (this.answer.state === 'sent') this.received.push(mail);
    return this.answer;
  }

  async probe(): Promise<Delivery> {
    return this.answer;
  }
}
