import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { makeCertificates } from '../makeCertificates.ts';

export const USER = 'ada';
export const PASSWORD = 'canary-fish-7731';

/** A mail that a server took. */
export interface TakenMail {
  /** As it went over the wire. */
  readonly raw: string;
  readonly email: Email;
  readonly to: readonly string[];
  readonly secure: boolean;
}

/** A real SMTP server on this machine's loopback, whose certificate an authority of its own vouches for. */
export interface MailServer {
  readonly port: number;
  /** PEM file of the authority. */
  readonly caBundle: string;
  readonly taken: readonly TakenMail[];
  close(): Promise<void>;
}

export interface MailServerChanges extends SMTPServerOptions {
  readonly port?: number;
  /** Names that its certificate is for, as OpenSSL writes them; this machine's loopback where absent. */
  readonly names?: string;
}

/** Serves whoever logs in with USER and PASSWORD; `changes` says what is different about it. */
export async function serveMail({ port = 0, names, ...changes }: MailServerChanges = {}): Promise<MailServer> {
  const directory = mkdtempSync(join(tmpdir(), 'hone-mail-'));
  const { key, cert, authority } = makeCertificates(directory, names);
  const caBundle = join(directory, 'ca.pem');
  writeFileSync(caBundle, authority);
  const taken: TakenMail[] = [];
  const server = new SMTPServer({
    key,
    cert,
    authMethods: ['PLAIN', 'LOGIN'],
    onAuth: ({ username, password }, _session, done) =>
      username === USER && password === PASSWORD ? done(null, { user: USER }) : done(statusError(535, `no ${password}`)),
    onData: (stream, session, answer) => {
      const take = async (): Promise<void> => {
        const raw = await buffer(stream);
        const to = session.envelope.rcptTo.map(({ address }) => address);
        taken.push({ raw: raw.toString('utf8'), email: await PostalMime.parse(raw), to, secure: session.secure });
      };
      take().then(() => answer(), answer);
    },
    ...changes,
  });
  server.on('error', () => {}); // A client that breaks off is part of the tests.
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    caBundle,
    taken,
    close: async () => {
      await new Promise<void>((resolve) => server.close(resolve));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** An answer of a server, as its status code and a text. */
export function statusError(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

/** A server that takes connections and says nothing. */
export async function serveSilence(): Promise<{ readonly port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const { port, close } = await serveSilence();
  close();
  return port;
}
