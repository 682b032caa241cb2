import { dirname, join } from 'node:path';
import { editConfiguration, type ConfigurationChange, type ConfigurationTarget } from '../core/study/editConfiguration.ts';
import type { SpaceRequest } from './requests.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { locateScript, type LocatedScript } from './locateScript.ts';

/** Where what holds for a script is written. */
export interface ConfigurationPlace {
  /** Absolute path of hone.yaml, which may not be there yet. */
  readonly path: string;
  readonly target: ConfigurationTarget;
}

/**
 * The hone.yaml that holds for a script: the nearest above it, else the one that would be.
 * @throws HoneError `usage`, `no-script`, `several-scripts`, `configuration`
 */
export async function locateConfiguration(
  ports: HonePorts,
  request: SpaceRequest,
  signal: AbortSignal,
): Promise<ConfigurationPlace> {
  const located = await locateScript(ports, request, signal);
  const target = { script: located.inRoot, several: await othersTrain(ports, request.folder, located, signal) };
  return { path: join(located.root, 'hone.yaml'), target };
}

/**
 * Changes the hone.yaml that holds for a script, and makes it where there is none; returns its path.
 * @throws HoneError as above, and `configuration` where it is not valid, or would not be; `read-only`, `disk-full`
 */
export async function configureScript(
  ports: HonePorts,
  request: SpaceRequest,
  changes: readonly ConfigurationChange[],
  signal: AbortSignal,
): Promise<string> {
  const { path, target } = await locateConfiguration(ports, request, signal);
  const before = await ports.configurations.read(dirname(path));
  const after = editConfiguration(before, changes, target);
  signal.throwIfAborted();
  if (after !== before) await ports.configurations.write(dirname(path), before, after);
  return path;
}

async function othersTrain(
  { scanner }: HonePorts,
  folder: string,
  { root, script }: LocatedScript,
  signal: AbortSignal,
): Promise<boolean> {
  for await (const found of scanner.scan({ folder, path: root }, signal)) {
    if (found.runsDirectly && found.path !== script.path) return true;
  }
  return false;
}
