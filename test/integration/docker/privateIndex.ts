import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** An authority, and a certificate of its for this machine's loopback, made by OpenSSL. */
function makeCertificates(directory: string): { key: string; cert: string; authority: string } {
  const openssl = (...args: readonly string[]): void => void execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' });
  const newKey = ['-newkey', 'rsa:2048', '-nodes', '-keyout'];
  openssl('req', '-x509', ...newKey, 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Hone test authority');
  openssl('req', ...newKey, 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost');
  writeFileSync(join(directory, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-days', '2'];
  openssl('x509', '-req', '-in', 'server.csr', ...signed, '-out', 'server.pem');
  const read = (name: string): string => readFileSync(join(directory, name), 'utf8');
  return { key: read('server.key'), cert: read('server.pem'), authority: read('ca.pem') };
}
