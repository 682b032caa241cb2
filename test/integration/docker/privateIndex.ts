import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates } from '../makeCertificates.ts';
import { tinyWheel } from './tinyWheel.ts';

/** A package index on this machine's loopback, with a password, whose certificate only an authority of its own vouches for. */
export interface PrivateIndex {
  readonly port: number;
  /** PEM file with that authority behind those that this machine trusts. */
  readonly caBundle: string;
  /** How many requests came with the password, and without. */
  readonly asked: { known: number; unknown: number };
  close(): void;
}

/** Serves one wheel, `honetiny`, to whoever knows the login `user:password`. */
export async function servePrivateIndex(login: string, version: string): Promise<PrivateIndex> {
  const directory = mkdtempSync(join(tmpdir(), 'hone-authority-'));
  const { key, cert, authority } = makeCertificates(directory);
  const { file, bytes } = tinyWheel('honetiny', version);
  const asked = { known: 0, unknown: 0 };
  const server = createServer({ key, cert }, (request, response) => {
    const known = request.headers.authorization === `Basic ${Buffer.from(login).toString('base64')}`;
    asked[known ? 'known' : 'unknown'] += 1;
    if (!known) response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="index"' }).end();
    else if (request.url === `/files/${file}`) response.end(bytes);
    else if (request.url === '/simple/honetiny/')
      response.setHeader('Content-Type', 'text/html').end(`<a href="/files/${file}">${file}</a>`);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const caBundle = join(directory, 'bundle.pem');
  const usual = process.env['HONE_CA_BUNDLE'];
  writeFileSync(caBundle, `${usual === undefined ? '' : readFileSync(usual, 'utf8')}\n${authority}`);
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    caBundle,
    asked,
    close: () => {
      server.close();
      rmSync(directory, { recursive: true });
    },
  };
}
