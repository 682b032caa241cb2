import { HoneError } from '../base/HoneError.ts';
import { imageReference } from '../core/images/imageReference.ts';
import type { StoredImage, StoredVolume } from '../core/ports/EngineStorage.ts';
import type { Study } from '../core/study/Study.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { deleteStudy } from './steerStudy.ts';
import { listStudies } from './watchStudies.ts';

/** Something that Hone keeps; `reason` says why it is needed, null where nothing needs it. */
interface Kept {
  readonly reason: string | null;
  /** False where it is in use: then it is never removed. */
  readonly removable: boolean;
}

export interface StoredStudy extends Kept {
  readonly id: string;
  readonly name: string | null;
  readonly script: string;
  readonly state: Study['state'];
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** All that Hone keeps, for one folder and on the engine. */
export interface Stored {
  /** Why nothing is told of the engine; null where it answered. */
  readonly engine: string | null;
  readonly images: readonly (StoredImage & Kept)[];
  readonly volumes: readonly (StoredVolume & Kept)[];
  readonly studies: readonly StoredStudy[];
}

/** What of it is to be removed: ids of images and studies, names of volumes. */
export interface TidyChoice {
  readonly images: readonly string[];
  readonly volumes: readonly string[];
  readonly studies: readonly string[];
}

/** What Hone keeps, and what of it is still needed: the images of each script's newest run here, whatever runs. */
export async function listStored(ports: HonePorts, folder: string): Promise<Stored> {
  const studies = await listStudies(ports, folder);
  const stored = { studies: await Promise.all(studies.map((study) => storedStudy(ports, folder, study))) };
  try {
    const storage = ports.storage();
    const [images, volumes] = await Promise.all([storage.images(), storage.volumes()]);
    const newest = await newestImages(ports, folder, studies);
    return {
      ...stored,
      engine: null,
      images: images.map((image) => ({ ...image, ...keptImage(image, newest.get(image.name)) })),
      volumes: await Promise.all(volumes.map(async (volume) => ({ ...volume, ...(await keptVolume(ports, volume)) }))),
    };
  } catch (error) {
    if (!(error instanceof HoneError && error.code.startsWith('engine'))) throw error;
    return { ...stored, engine: error.message, images: [], volumes: [] };
  }
}

/** Removes what was chosen, but for what is in use; returns what went. */
export async function tidy(ports: HonePorts, folder: string, choice: TidyChoice): Promise<TidyChoice> {
  const stored = await listStored(ports, folder);
  const chosen = <T extends Kept>(all: readonly T[], key: (one: T) => string, wanted: readonly string[]): readonly string[] =>
    all.filter((one) => one.removable && wanted.includes(key(one))).map(key);
  const studies = chosen(stored.studies, ({ id }) => id, choice.studies);
  const images = chosen(stored.images, ({ id }) => id, choice.images);
  const volumes = chosen(stored.volumes, ({ name }) => name, choice.volumes);
  for (const id of studies) await deleteStudy(ports, folder, id);
  const removed = new Set(images.length + volumes.length === 0 ? [] : await ports.storage().remove(images, volumes));
  return { studies, images: images.filter((id) => removed.has(id)), volumes: volumes.filter((name) => removed.has(name)) };
}

async function storedStudy({ store }: HonePorts, folder: string, study: Study): Promise<StoredStudy> {
  const { id, name, script, state, startedAt: createdAt } = study;
  const goesOn = study.endedAt === null;
  const bytes = await store.size(folder, id);
  return {
    id,
    name,
    script,
    state,
    bytes,
    createdAt,
    reason: goesOn ? (state === 'paused' ? 'it is paused' : 'it runs') : null,
    removable: !goesOn,
  };
}

/** By the name of the image, the script whose newest run in this folder took it. */
async function newestImages(
  { store }: HonePorts,
  folder: string,
  studies: readonly Study[],
): Promise<ReadonlyMap<string, string>> {
  const scripts = new Map<string, Study>();
  for (const study of studies) if (!scripts.has(study.script)) scripts.set(study.script, study);
  const images = [...scripts.values()].map(async (study) => {
    const plan = await store.readPlan(folder, study.id).catch(() => null);
    return [plan?.image == null ? '' : imageReference(plan.image), study.script] as const;
  });
  return new Map(await Promise.all(images));
}

function keptImage({ used }: StoredImage, script: string | undefined): Kept {
  if (used) return { reason: 'a container is made of it', removable: false };
  return { reason: script === undefined ? null : `the newest run of ${script} here took it`, removable: true };
}

async function keptVolume({ project }: HonePorts, { kind, used, folder }: StoredVolume): Promise<Kept> {
  if (used) return { reason: 'a container uses it', removable: false };
  const serves = kind === 'downloads' && (await project.kindOf(folder)) !== null;
  return { reason: serves ? `runs in ${folder} find their downloads in it` : null, removable: true };
}
