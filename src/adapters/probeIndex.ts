import { readFile } from 'node:fs/promises';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { rootCertificates } from 'node:tls';
import type { IndexAnswer } from '../core/ports/MachineInspector.ts';

const TIMEOUT_MS = 3000;

/**
 * Asks a package index, with the login in its address, for a page that each index has. Never throws, and never tells the login.
 * @param caBundle absolute path of a PEM file with certificates to trust besides the usual ones
 */
export async function probeIndex(address: string, caBundle: string | null, timeoutMs = TIMEOUT_MS): Promise<IndexAnswer> {
  if (!URL.canParse(address)) return { failure: 'it is no address' };
  const url = new URL(`${address.replace(/\/+$/, '')}/`);
  const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const headers = login === ':' ? {} : { Authorization: `Basic ${Buffer.from(login).toString('base64')}` };
  url.username = url.password = '';
  const own = caBundle === null ? null : await readFile(caBundle, 'utf8').catch(() => null);
  const ca = own === null ? {} : { ca: [...rootCertificates, own] };
  const options = { method: 'HEAD', headers, timeout: timeoutMs, signal: AbortSignal.timeout(timeoutMs), ...ca };
  return new Promise((resolve) => {
    const request = (url.protocol === 'http:' ? requestPlain : requestSecure)(url, options, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0 });
    });
    request.on('error', (error) => resolve({ failure: 'code' in error ? String(error.code) : error.message }));
    request.end();
  });
}
