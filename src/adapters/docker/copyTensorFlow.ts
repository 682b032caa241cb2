import type Docker from 'dockerode';
import { text } from 'node:stream/consumers';
import type { Duplex, Readable } from 'node:stream';
import { demultiplex } from './demultiplex.ts';
import { listImages } from './listImages.ts';
import { unpackArchive } from './unpackArchive.ts';

const LIMITS = { bytes: 3_000_000_000, entries: 100_000 };
const PARTS = ['include', 'libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
const FIND = 'import importlib.util as u; print(u.find_spec("tensorflow").submodule_search_locations[0])';

/** Copies what TensorFlow's C library needs out of the newest image that Hone built for Keras, to `target/tensorflow`; false where there is none. */
export async function copyTensorFlow(docker: Docker, target: string): Promise<boolean> {
  const image = (await listImages(docker)).find(({ name }) => name.startsWith('hone/keras:'));
  if (image === undefined) return false;
  const container = await docker.createContainer({
    Image: image.name,
    Entrypoint: ['/bin/sh', '-c', `$(command -v python3 || command -v python) -c '${FIND}'`],
    Cmd: [],
    HostConfig: { NetworkMode: 'none' },
  });
  try {
    const stream = (await container.attach({ stream: true, stdout: true, stderr: true, hijack: true })) as unknown as Duplex;
    const { stdout, stderr } = demultiplex(stream);
    stderr.resume();
    await container.start();
    const folder = (await text(stdout)).trim();
    if (!folder.startsWith('/')) return false;
    for (const part of PARTS) {
      const archive = (await container.getArchive({ path: `${folder}/${part}` })) as Readable;
      await unpackArchive(archive, `${target}/tensorflow`, LIMITS);
    }
    return true;
  } finally {
    await container.remove({ force: true, v: true });
  }
}
