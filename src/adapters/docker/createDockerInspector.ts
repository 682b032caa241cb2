import type Docker from 'dockerode';
import type { Duplex } from 'node:stream';
import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import type { Inspection, Inspector } from '../../core/ports/Inspector.ts';
import { answerContainer } from './answerContainer.ts';
import { attachTerminal, hasTerminal } from './attachTerminal.ts';
import { debugContainer } from './debugContainer.ts';
import { enterTrial } from './enterTrial.ts';
import { createLookContainer, type LookRequest } from './lookContainer.ts';
import type { Transfer } from './placeStudy.ts';
import { useEngine } from './useEngine.ts';

export interface DockerInspectorOptions {
  readonly settings: ImageSettings;
  /** Absolute path of the folder that holds `images/` and `runner/`. */
  readonly dockerDirectory: string;
  /** Engine to talk to, as DOCKER_HOST spells it; null to find it as the docker command does. */
  readonly host: string | null;
  /** How files get into containers; found out where absent. */
  readonly transfer?: Transfer;
}

/** Ways into trials whose containers a Docker engine has, or had. */
export function createDockerInspector({ host, settings, dockerDirectory, transfer = 'auto' }: DockerInspectorOptions): Inspector {
  const places = { settings, dockerDirectory, transfer };
  return {
    enter: (plan, trial) => useEngine(host, (docker) => enterTrial(docker, plan, trial)),
    shell: (inspection, signal) => useEngine(host, (docker) => openShell(docker, inspection, places, signal)),
    answer: (inspection, signal) => useEngine(host, (docker) => answerContainer(docker, { inspection, ...places }, signal)),
    debug: (inspection, onProgress, signal) =>
      useEngine(host, (docker) => debugContainer(docker, { inspection, ...places }, onProgress, signal)),
  };
}

async function openShell(
  docker: Docker,
  inspection: Inspection,
  places: Pick<LookRequest, 'settings' | 'dockerDirectory' | 'transfer'>,
  signal: AbortSignal,
): Promise<number> {
  const tty = hasTerminal();
  const look = await createLookContainer(docker, { inspection, action: { action: 'shell', shell: null }, tty, ...places });
  const stop = (): void => void look.dispose();
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    const { container } = look;
    const attach = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
    const stream = (await container.attach(attach)) as unknown as Duplex;
    await container.start();
    await attachTerminal(stream, tty, (size) => container.resize(size));
    signal.throwIfAborted();
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    return StatusCode;
  } finally {
    signal.removeEventListener('abort', stop);
    await look.dispose();
  }
}
