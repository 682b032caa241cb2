import { join } from 'node:path';
import { createStudyList } from '../../src/adapters/files/createStudyList.ts';
import { FileOutbox } from '../../src/adapters/mail/FileOutbox.ts';
import type { NoticePorts } from '../../src/app/NoticePorts.ts';
import { FakeMailer } from './FakeMailer.ts';

/** An outbox of its own, from which nothing is sent, below a folder of the test's. */
export function createQuietNotices(folder: string): Pick<NoticePorts, 'outbox' | 'awaited' | 'now'> & { warn: () => void } {
  const mailer = new FakeMailer();
  mailer.address = null;
  const directory = join(folder, '.state');
  return {
    outbox: new FileOutbox({ directory, mailers: { mail: mailer, webhook: mailer }, now: Date.now }),
    awaited: createStudyList(join(directory, 'awaited')),
    now: Date.now,
    warn: () => {},
  };
}
