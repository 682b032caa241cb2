import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SmtpMailer } from '../../../src/adapters/mail/SmtpMailer.ts';
import { Webhook } from '../../../src/adapters/mail/Webhook.ts';
import { NO_MAIL, type MailSettings } from '../../../src/core/ports/MailSettings.ts';
import { describeMailer } from '../../contracts/mailerContract.ts';
import { buildMail, buildOutgoing } from '../../fakes/buildMail.ts';
import { FakeMailer } from '../../fakes/FakeMailer.ts';
import { freePort, PASSWORD, serveMail, serveSilence, statusError, USER, type MailServer } from './serveMail.ts';

const never = new AbortController().signal;

describeMailer('FakeMailer', async () => {
  const mailer = new FakeMailer();
  const problem = { reason: 'No.', next: 'Ask.' };
  return {
    mailer,
    received: () => mailer.received.map(({ id, mail }) => ({ id, subject: mail.subject })),
    answer: (how) => {
      if (how === 'take') mailer.answer = { state: 'sent', warning: null };
      else mailer.answer = { state: how === 'busy' ? 'delayed' : 'refused', ...problem };
    },
    close: async () => {},
  };
});

describeMailer('SmtpMailer', async () => {
  let refusal: Error | null = null;
  const server = await serveMail({ onRcptTo: (_address, _session, done) => done(refusal) });
  return {
    mailer: mailerTo(server),
    received: () =>
      server.taken.map(({ email }) => ({
        subject: email.subject ?? '',
        id: /<(.*)@hone\.invalid>/.exec(email.messageId ?? '')?.[1] ?? '',
      })),
    answer: (how) => (refusal = how === 'take' ? null : statusError(how === 'busy' ? 451 : 550, `no, ${PASSWORD}`)),
    close: () => server.close(),
  };
});

describeMailer('Webhook', async () => {
  const posts: { subject: string; id: string }[] = [];
  let status = 200;
  const server = await serveHttp((request, text) => {
    const body = JSON.parse(text) as { subject: string; id: string };
    if (status === 200 && request.headers['idempotency-key'] === body.id) posts.push({ subject: body.subject, id: body.id });
    return status;
  });
  const { port } = server.address() as AddressInfo;
  return {
    mailer: new Webhook({ url: `http://127.0.0.1:${port}/canary`, caBundle: null }),
    received: () => posts,
    answer: (how) => (status = how === 'take' ? 200 : how === 'busy' ? 503 : 404),
    close: async () => void server.close(),
  };
});

describe('mail over SMTP', () => {
  let server: MailServer;
  beforeAll(async () => {
    server = await serveMail();
  });
  afterAll(() => server.close());

  test('is upgraded to TLS before anyone logs in, and holds text, HTML, picture and diff', async () => {
    await mailerTo(server).send(buildOutgoing({ to: ['ada@example.org', 'grace@example.org'] }), never);
    const { email, to, secure } = server.taken.at(-1) ?? expect.fail('nothing came');
    expect(secure).toBe(true);
    expect(to).toEqual(['ada@example.org', 'grace@example.org']);
    expect(email).toMatchObject({ subject: 'Hone: größe-1 reached its target', messageId: '<a1b2c3@hone.invalid>' });
    expect(email.text).toContain('größe-1 reached its target.');
    expect(email.html).toContain('src="cid:curve"');
    expect(Date.parse(email.date ?? '')).toBe(1_700_000_000_000);
    const [picture, patch] = email.attachments;
    expect(picture).toMatchObject({ mimeType: 'image/png', contentId: '<curve>', disposition: 'inline' });
    expect(patch).toMatchObject({ filename: 'größe-1.patch', mimeType: 'text/x-patch', disposition: 'attachment' });
    expect(Buffer.from(patch?.content as ArrayBuffer).toString('utf8')).toBe('-a\n+ä\n');
  });

  test('lets no text of a mail become a header or a recipient', async () => {
    const subject = 'x\r\nBcc: eve@example.org\r\n\r\n<b>';
    await mailerTo(server).send(buildOutgoing({ mail: buildMail({ subject, attachments: [] }) }), never);
    const { email, to } = server.taken.at(-1) ?? expect.fail('nothing came');
    expect(to).toEqual(['ada@example.org']);
    expect(email.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(email.text).toBe(`${buildMail().text}\n`);
  });

  test('goes by TLS from the first byte, too', async () => {
    const tls = await serveMail({ secure: true });
    expect(await mailerTo(tls, { security: 'tls' }).send(buildOutgoing(), never)).toEqual({ state: 'sent', warning: null });
    expect(tls.taken).toHaveLength(1);
    await tls.close();
  });

  test.each<[string, () => Promise<Fault>, 'delayed' | 'refused', RegExp]>([
    [
      'a name that nobody has',
      async () => ({ settings: { host: 'absent.invalid' } }),
      'delayed',
      /no server of the name absent\.invalid/,
    ],
    [
      'a server that is down',
      async () => ({ settings: { port: await freePort() } }),
      'delayed',
      /^Nothing listens at 127\.0\.0\.1:\d+\.$/,
    ],
    [
      'a certificate of an unknown authority',
      async () => ({ caBundle: null }),
      'delayed',
      /^The certificate of \S+ is not trusted/,
    ],
    [
      'TLS where there is none yet',
      async () => ({ settings: { security: 'tls' } }),
      'delayed',
      /does not speak TLS from the first byte/,
    ],
    ['a wrong password', async () => ({ password: 'guess-3' }), 'refused', /refuses the user or the password: 535/],
    ['no password', async () => ({ password: null }), 'delayed', /^The password of ada for 127\.0\.0\.1 is not known here/],
    [
      'a password in the clear',
      async () => ({ settings: { security: 'none', host: 'mail.example.org' } }),
      'refused',
      /unprotected/,
    ],
  ])('says what is wrong: %s', async (_, fault, state, reason) => {
    const { settings = {}, ...rest } = await fault();
    const delivery = await mailerTo(server, settings, rest).send(buildOutgoing(), never);
    expect(delivery).toMatchObject({ state, reason: expect.stringMatching(reason), next: expect.stringMatching(/\.$/) });
    expect(JSON.stringify(delivery)).not.toMatch(/guess-3|canary/);
  });

  test('trusts no certificate that is for another name', async () => {
    const other = await serveMail({ names: 'DNS:elsewhere.invalid' });
    const delivery = await mailerTo(other).send(buildOutgoing(), never);
    expect(delivery).toMatchObject({ state: 'delayed', reason: expect.stringMatching(/is not trusted \(.*does not match/) });
    expect(other.taken).toEqual([]);
    await other.close();
  });

  test('says so of a server that offers no STARTTLS', async () => {
    const plain = await serveMail({ disabledCommands: ['STARTTLS'] });
    expect(await mailerTo(plain).send(buildOutgoing(), never)).toMatchObject({
      state: 'delayed',
      reason: expect.stringContaining('offers no STARTTLS'),
    });
    await plain.close();
  });

  test('waits for a silent server no longer than ten seconds', async () => {
    const silent = await serveSilence();
    const startedAt = performance.now();
    const delivery = await mailerTo({ ...server, port: silent.port }).send(buildOutgoing(), never);
    silent.close();
    expect(delivery).toMatchObject({ state: 'delayed', reason: expect.stringContaining('does not answer') });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  }, 15_000);

  test('tells which recipient was refused, and sends to the others', async () => {
    const picky = await serveMail({
      onRcptTo: ({ address }, _session, done) => done(address.startsWith('eve') ? statusError(550, 'unknown') : null),
    });
    const to = ['ada@example.org', 'eve@example.org'];
    const delivery = await mailerTo(picky).send(buildOutgoing({ to }), never);
    expect(delivery).toEqual({ state: 'sent', warning: 'The server refused eve@example.org.' });
    expect(picky.taken[0]?.to).toEqual(['ada@example.org']);
    await picky.close();
  });

  test('is probed without sending anything', async () => {
    const before = server.taken.length;
    expect(await mailerTo(server).probe()).toEqual({ state: 'sent', warning: null });
    expect(await mailerTo(server, {}, { password: 'guess' }).probe()).toMatchObject({ state: 'refused' });
    expect(server.taken).toHaveLength(before);
  });
});

describe('a webhook', () => {
  test('is told the facts, and a text that chat programs show', async () => {
    let body: unknown = null;
    const server = await serveHttp((_, text) => {
      body = JSON.parse(text);
      return 204;
    });
    const { port } = server.address() as AddressInfo;
    await new Webhook({ url: `http://localhost:${port}/`, caBundle: null }).send(buildOutgoing(), never);
    server.close();
    expect(body).toMatchObject({
      version: 1,
      id: 'a1b2c3',
      kind: 'target-reached',
      value: 0.97,
      text: 'größe-1 reached its target.\n',
    });
  });

  test('follows no redirect', async () => {
    let asked = 0;
    const server = await serveHttp((request, _, headers) => {
      asked++;
      headers['location'] = `http://${request.headers.host ?? ''}/elsewhere`;
      return 307;
    });
    const { port } = server.address() as AddressInfo;
    const delivery = await new Webhook({ url: `http://127.0.0.1:${port}/canary`, caBundle: null }).send(buildOutgoing(), never);
    server.close();
    expect(delivery).toMatchObject({
      state: 'refused',
      reason: `The webhook at 127.0.0.1:${port} redirects to 127.0.0.1:${port}.`,
    });
    expect(asked).toBe(1);
  });

  test.each(['http://example.org/canary', 'ftp://127.0.0.1/canary', 'canary'])('is not asked at %s', async (url) => {
    const delivery = await new Webhook({ url, caBundle: null }).send(buildOutgoing(), never);
    expect(delivery.state).toBe('refused');
    expect(JSON.stringify(delivery)).not.toContain('canary');
  });
});

interface Fault {
  readonly settings?: Partial<MailSettings>;
  readonly password?: string | null;
  readonly caBundle?: string | null;
}

function mailerTo(
  { port, caBundle }: MailServer,
  settings: Partial<MailSettings> = {},
  fault: Omit<Fault, 'settings'> = {},
): SmtpMailer {
  const { host = '127.0.0.1', ...changed } = settings;
  return new SmtpMailer({
    settings: { ...NO_MAIL, port, user: USER, ...changed, host: host ?? '' },
    password: PASSWORD,
    caBundle,
    ...fault,
  });
}

async function serveHttp(
  answer: (request: IncomingMessage, body: string, headers: Record<string, string>) => number,
): Promise<Server> {
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      const headers: Record<string, string> = {};
      const status = answer(request, text, headers);
      response.writeHead(status, headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
