import { HoneError } from '../base/HoneError.ts';
import { defaultBaseImage } from '../core/images/defaultBaseImage.ts';
import type { StoredImage } from '../core/ports/EngineStorage.ts';
import type { EngineFacts } from '../core/ports/MachineInspector.ts';
import type { Check } from './Hone.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const STALE_DAYS = 30;

/** The container engine, what it builds with, Hone's images on it, and the image that they are based on. */
export async function checkEngine(ports: HonePorts): Promise<readonly Check[]> {
  let facts: EngineFacts;
  try {
    facts = await ports.machine.engine();
  } catch (error) {
    if (!(error instanceof HoneError)) throw error;
    return [{ name: 'engine', state: 'warning', text: error.message, next: error.next }];
  }
  const [images, base] = await Promise.all([ports.storage().images(), checkBaseImage(ports)]);
  return [describeEngine(facts), describeBuilder(facts), describeImages(images, ports.now()), describeSuggester(images), base];
}

function describeEngine({ name, place, apiVersion, rootless, gpus, cpus, memoryBytes }: EngineFacts): Check {
  const means = `${cpus} CPUs, ${(memoryBytes / 1e9).toFixed(1)} GB of memory${rootless ? ', rootless' : ''}${gpus ? ', GPUs (`gpus: all` in hone.yaml)' : ''}`;
  return { name: 'engine', state: 'ok', text: `${name} (API ${apiVersion}) answers at ${place}: ${means}.`, next: null };
}

function describeBuilder({ name, builds }: EngineFacts): Check {
  if (builds) return { name: 'builder', state: 'ok', text: 'It builds images with BuildKit.', next: null };
  const next = 'Use Docker 18.09 or later, or name an image of your own with `image` in hone.yaml.';
  return { name: 'builder', state: 'warning', text: `${name} cannot build images with BuildKit.`, next };
}

function describeImages(images: readonly StoredImage[], now: number): Check {
  if (images.length === 0)
    return { name: 'images', state: 'ok', text: 'No image was built yet; the first run of a framework builds one.', next: null };
  const stale = images.filter((image) => isStale(image, now));
  const text = `${count(images.length, 'image')} built, at most ${gigabytes(images)}: ${images
    .slice(0, 4)
    .map(({ name }) => name)
    .join(', ')}${images.length > 4 ? ', …' : ''}.`;
  if (stale.length === 0) return { name: 'images', state: 'ok', text, next: null };
  const next = `${count(stale.length, 'image')} (at most ${gigabytes(stale)}) went unused for ${STALE_DAYS} days or lost its name: \`hone clean\` removes what you choose.`;
  return { name: 'images', state: 'ok', text, next };
}

function describeSuggester(images: readonly StoredImage[]): Check {
  const built = images.find(({ name }) => name.startsWith('hone/suggester:'));
  const text =
    built === undefined
      ? 'Optuna, which leads searches, is built by the first study; where it cannot be, values are drawn at random.'
      : `Optuna leads searches, in ${built.name}.`;
  return { name: 'suggester', state: 'ok', text, next: null };
}

/** Built long ago, or replaced by a newer one of its name. */
function isStale({ id, name, used, createdAt }: StoredImage, now: number): boolean {
  return !used && (name === id || now - createdAt > STALE_DAYS * DAY_MS);
}

async function checkBaseImage({ machine, imageSettings }: HonePorts): Promise<Check> {
  const reference = defaultBaseImage(imageSettings());
  const source = await machine.image(reference);
  if (source.from === 'engine')
    return { name: 'registry', state: 'ok', text: `The base image ${reference} is on this machine.`, next: null };
  if (source.from === 'registry')
    return { name: 'registry', state: 'ok', text: `The base image ${reference} can be pulled.`, next: null };
  return {
    name: 'registry',
    state: 'warning',
    text: `The base image ${reference} is not on this machine and cannot be pulled: ${source.reason}.`,
    next: 'Check the network and docker login, or set hone.images.registryMirror or hone.images.baseImage.',
  };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function gigabytes(images: readonly StoredImage[]): string {
  return `${(images.reduce((sum, { bytes }) => sum + bytes, 0) / 1e9).toFixed(1)} GB`;
}
