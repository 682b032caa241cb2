import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { HoneError } from '../../base/HoneError.ts';

/** The certificates to trust for a TLS connection: the usual ones and those of a PEM file; empty where there is none of a kind of one's own. */
export async function readAuthorities(caBundle: string | null): Promise<{ readonly ca?: string[] }> {
  if (caBundle === null) return {};
  try {
    return { ca: [...rootCertificates, await readFile(caBundle, 'utf8')] };
  } catch (error) {
    throw new HoneError('configuration', `The certificates in ${caBundle} cannot be read.`, {
      next: 'Mend hone.images.caBundle, or HONE_CA_BUNDLE.',
      cause: error,
    });
  }
}
