import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** PEM texts. */
export interface Certificates {
  readonly key: string;
  readonly cert: string;
  readonly authority: string;
}

const LOOPBACK = 'DNS:localhost,IP:127.0.0.1';

/** An authority, and a certificate of its for this machine's loopback or for other names, made by OpenSSL in a folder. */
export function makeCertificates(directory: string, names = LOOPBACK): Certificates {
  const openssl = (...args: readonly string[]): void => void execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' });
  const newKey = ['-newkey', 'rsa:2048', '-nodes', '-keyout'];
  openssl('req', '-x509', ...newKey, 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Hone test authority');
  openssl('req', ...newKey, 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost');
  writeFileSync(join(directory, 'names'), `subjectAltName=${names}\n`);
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-days', '2'];
  openssl('x509', '-req', '-in', 'server.csr', ...signed, '-out', 'server.pem');
  const read = (name: string): string => readFileSync(join(directory, name), 'utf8');
  return { key: read('server.key'), cert: read('server.pem'), authority: read('ca.pem') };
}
