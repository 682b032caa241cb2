import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { HoneError } from '../base/HoneError.ts';
import type { FolderFacts, ImageSource, MachineInspector } from '../core/ports/MachineInspector.ts';
import { completeLogin } from './completeIndexLogins.ts';
import { findImage, inspectEngine } from './docker/inspectEngine.ts';
import { useEngine } from './docker/useEngine.ts';
import { inspectInterpreter } from './local/inspectInterpreter.ts';
import { probeIndex } from './probeIndex.ts';

const TIMEOUT_MS = 4000;

/** Looks at the real machine. `host` gives the engine as DOCKER_HOST spells it, null to find it as docker does. */
export function createMachineInspector(host: () => string | null): MachineInspector {
  return {
    engine: () => within(TIMEOUT_MS, inspectEngine(host(), TIMEOUT_MS)),
    image: (reference) => askForImage(host(), reference),
    index: async (address, caBundle) => probeIndex(await completeLogin(address), caBundle),
    interpreter: (path) => inspectInterpreter(path),
    folder: inspectFolder,
  };
}

async function askForImage(host: string | null, reference: string): Promise<ImageSource> {
  try {
    return await within(
      TIMEOUT_MS,
      useEngine(host, (docker) => findImage(docker, reference), TIMEOUT_MS),
    );
  } catch (error) {
    return { from: null, reason: error instanceof Error ? error.message.replace(/\.$/, '') : String(error) };
  }
}

async function inspectFolder(path: string): Promise<FolderFacts> {
  const { bavail, bsize } = await statfs(path);
  const writable = await access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
  return { writable, freeBytes: bavail * bsize };
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new HoneError('engine-absent', `It does not answer within ${milliseconds / 1000} seconds.`, {
      next: 'Restart Docker, or look whether the machine or the network is overloaded.',
    });
    timer = setTimeout(() => reject(error), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
