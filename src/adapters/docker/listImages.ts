import type Docker from 'dockerode';
import type { StoredImage } from '../../core/ports/EngineStorage.ts';
import { engineStatus } from './translateEngineError.ts';

/** The images that Hone built on this engine, the newest first; never the user's own. */
export async function listImages(docker: Docker): Promise<readonly StoredImage[]> {
  const filters = JSON.stringify({ label: ['hone.image'] });
  const [images, containers] = await Promise.all([docker.listImages({ filters }), docker.listContainers({ all: true })]);
  const used = new Set(containers.map(({ ImageID }) => ImageID));
  return images
    .map(({ Id: id, RepoTags, Size: bytes, Created }) => {
      const name = RepoTags?.find((tag) => !tag.startsWith('<none>')) ?? id;
      return { id, name, bytes, createdAt: Created * 1000, used: used.has(id) };
    })
    .sort((left, right) => right.createdAt - left.createdAt);
}

/** Removes images that Hone built, by their ids; one that is gone or in use is left alone. Returns the ids of those that went. */
export async function removeImages(docker: Docker, ids: readonly string[]): Promise<readonly string[]> {
  const own = new Map((await listImages(docker)).map((image) => [image.id, image]));
  const removed: string[] = [];
  for (const id of ids) {
    const image = own.get(id);
    if (image !== undefined && !image.used && (await remove(docker.getImage(image.name).remove()))) removed.push(id);
  }
  return removed;
}

/** False where it was gone (404) or something began to use it (409). */
export async function remove(removal: Promise<unknown>): Promise<boolean> {
  try {
    await removal;
    return true;
  } catch (error) {
    const status = engineStatus(error);
    if (status !== 404 && status !== 409) throw error;
    return false;
  }
}
