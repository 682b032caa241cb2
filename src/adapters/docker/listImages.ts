import type Docker from 'dockerode';
import { ignoreAbsent } from './removeStudy.ts';

/** An image that Hone built. */
export interface BuiltImage {
  readonly id: string;
  /** `hone/keras:3f2a1b9c4d5e`; the id where the name went to a newer one. */
  readonly name: string;
  /** Its size on the disk, bytes; layers that images share count in each. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Whether a container, running or not, is made of it. */
  readonly used: boolean;
}

/** The images that Hone built on this engine, the newest first; never the user's own. */
export async function listImages(docker: Docker): Promise<readonly BuiltImage[]> {
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

/** Removes images that Hone built, by their ids; one that is gone or in use is left alone. */
export async function removeImages(docker: Docker, ids: readonly string[]): Promise<void> {
  const own = new Map((await listImages(docker)).map((image) => [image.id, image]));
  for (const id of ids) {
    const image = own.get(id);
    if (image !== undefined && !image.used) await ignoreAbsent(docker.getImage(image.name).remove());
  }
}
