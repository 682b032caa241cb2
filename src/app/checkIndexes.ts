import { DEFAULT_TORCH_INDEX } from '../core/images/imageCatalog.ts';
import type { IndexAnswer } from '../core/ports/MachineInspector.ts';
import type { Check } from './Hone.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';

const PYPI = 'https://pypi.org/simple';

/** The package indexes that images are built from, PyTorch's own among them, as this machine reaches them. */
export async function checkIndexes({ machine, imageSettings }: HonePorts): Promise<readonly Check[]> {
  const { indexUrl, extraIndexUrls, torchIndexUrl, caBundle, wheels } = imageSettings();
  const torch = torchIndexUrl ?? DEFAULT_TORCH_INDEX;
  const addresses = [...new Set([indexUrl ?? PYPI, ...extraIndexUrls, ...(torch === '' ? [] : [torch])])];
  const checks = await Promise.all(
    addresses.map(async (address) => describeIndex(address, address === torch, await machine.index(address, caBundle))),
  );
  const beside =
    wheels === null
      ? []
      : [{ name: 'index', state: 'ok', text: `Wheels are looked for in ${wheels} first.`, next: null } as const];
  return [...checks, ...beside];
}

function describeIndex(address: string, isTorch: boolean, answer: IndexAnswer): Check {
  const { host } = new URL(URL.canParse(address) ? address : 'invalid:');
  const index = `The ${isTorch ? 'index of PyTorch wheels' : 'package index'} at ${host === '' ? 'an address that makes no sense' : host}`;
  const set = isTorch ? 'hone.images.torchIndexUrl (empty: the package index)' : 'hone.images.indexUrl';
  if ('failure' in answer) {
    const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ALTNAME/.test(answer.failure);
    const text = untrusted
      ? `${index} has a certificate that is not trusted.`
      : `${index} cannot be reached (${answer.failure}).`;
    const next = untrusted
      ? 'Name the certificates of your network in hone.images.caBundle.'
      : `Check the network, or set ${set}; what is built already still runs.`;
    return { name: 'index', state: 'warning', text, next };
  }
  const { status } = answer;
  if (status === 401 || status === 403) {
    const next = `Put its login into the address in ${set}, into pip's own settings, or into your netrc file.`;
    return { name: 'index', state: 'warning', text: `${index} refuses the login (${status}).`, next };
  }
  if (status >= 400)
    return { name: 'index', state: 'warning', text: `${index} answers with ${status}.`, next: `Check the address in ${set}.` };
  return { name: 'index', state: 'ok', text: `${index} answers.`, next: null };
}
