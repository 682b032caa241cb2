import Docker from 'dockerode';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDockerStorage } from '../../../src/adapters/docker/createDockerStorage.ts';
import { engineIsAbsent, plainImage } from './testEngine.ts';

const docker = new Docker();
const name = `hone-storage-test-${randomUUID().slice(0, 8)}`;
const volumes = [`${name}-cache`, `${name}-mine`];

describe.skipIf(await engineIsAbsent())('what Hone keeps on an engine', () => {
  let image: string;
  let container: Docker.Container;
  const storage = createDockerStorage(null);

  beforeAll(async () => {
    await docker.createVolume({ Name: volumes[0] ?? '', Labels: { 'hone.cache': '/some/folder' } });
    await docker.createVolume({ Name: volumes[1] ?? '' });
    container = await docker.createContainer({
      Image: plainImage,
      Cmd: ['true'],
      HostConfig: { Mounts: [{ Type: 'volume', Source: volumes[0] ?? '', Target: '/cache', ReadOnly: false }] },
    });
    const made = await container.commit({ repo: name, tag: 'a', changes: 'LABEL hone.image=hone/test' });
    image = (made as { Id: string }).Id;
  });

  afterAll(async () => {
    await container.remove({ force: true }).catch(() => null);
    await docker
      .getImage(image)
      .remove()
      .catch(() => null);
    for (const volume of volumes)
      await docker
        .getVolume(volume)
        .remove()
        .catch(() => null);
  });

  test("is listed with its size, without what is the user's own", async () => {
    expect((await storage.images()).find(({ id }) => id === image)).toMatchObject({
      name: `${name}:a`,
      used: false,
      bytes: expect.any(Number),
    });
    const listed = (await storage.volumes()).filter((volume) => volume.name.startsWith(name));
    expect(listed).toMatchObject([{ name: volumes[0], kind: 'downloads', folder: '/some/folder', used: true, bytes: 0 }]);
  });

  test("is removed when nothing uses it any more, and the user's own never", async () => {
    expect(await storage.remove([], volumes)).toEqual([]);
    await container.remove({ force: true });
    expect(await storage.remove([image, 'sha256:0'], volumes)).toEqual([image, volumes[0]]);
    expect((await docker.listVolumes()).Volumes.map((volume) => volume.Name)).toContain(volumes[1]);
  });
});
