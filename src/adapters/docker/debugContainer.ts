import type { Container } from 'dockerode';
import type Docker from 'dockerode';
import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { recipeForDebugger, DEBUGPY_PATH } from '../../core/images/recipeForDebugger.ts';
import type { DebugEnd, DebugSession } from '../../core/ports/Inspector.ts';
import type { Progress } from '../../core/ports/Runtime.ts';
import { AsyncQueue } from '../../base/AsyncQueue.ts';
import { completeIndexLogins } from '../completeIndexLogins.ts';
import { forwardPort } from '../forwardPort.ts';
import { runnerPath } from './containerPaths.ts';
import { demultiplex } from './demultiplex.ts';
import { createLookContainer, type LookContainer, type LookRequest } from './lookContainer.ts';
import { prepareImage } from './prepareImage.ts';

const DIAGNOSTICS_CHARACTERS = 4096;
const RELAY = 'python=$(command -v python3 || command -v python); exec "$python" -m hone_runner relay "$1"';

/**
 * A trial's script under debugpy, in a container like the trial's own, network or none. The debugger listens inside only; a port of
 * 127.0.0.1 here leads to it through the engine, so that a remote one serves as well.
 */
export async function debugContainer(
  docker: Docker,
  request: Omit<LookRequest, 'action' | 'tty'>,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<DebugSession> {
  const { inspection, settings } = request;
  const recipe = recipeForDebugger(inspection.environment, (text) => createHash('sha256').update(text).digest('hex'));
  const environment = await prepareImage(
    docker,
    recipe,
    await completeIndexLogins(settings, recipe, inspection.plan),
    onProgress,
    signal,
  );
  let container: Container | null = null;
  const forward = await forwardPort((socket, port) => {
    if (container === null) socket.destroy();
    else void relay(container, port, socket).catch(() => socket.destroy());
  });
  // Subprocesses of the script tell a client to come back to the port that they know, so it is the same inside and out.
  const action = { action: 'debug', port: forward.port } as const;
  const variables = { ...inspection.variables, PYTHONPATH: join(DEBUGPY_PATH, inspection.variables['PYTHONPATH']) };
  const look = await createLookContainer(docker, {
    ...request,
    action,
    tty: false,
    inspection: { ...inspection, environment, variables },
  });
  try {
    signal.throwIfAborted();
    const session = await start(look);
    container = look.container;
    const dispose = async (): Promise<void> => {
      forward.close();
      await look.dispose();
    };
    return { ...session, port: forward.port, tree: look.tree, dispose };
  } catch (error) {
    forward.close();
    await look.dispose();
    throw error;
  }
}

async function start({ container }: LookContainer): Promise<Pick<DebugSession, 'output' | 'ended'>> {
  const attach = { stream: true, stdout: true, stderr: true, hijack: true };
  const stream = (await container.attach(attach)) as unknown as Duplex;
  stream.on('error', () => stream.destroy()); // The connection broke; `ended` tells.
  const { stdout, stderr } = demultiplex(stream);
  const output = new AsyncQueue<string>();
  let diagnostics = '';
  stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  stderr.setEncoding('utf8').on('data', (text: string) => {
    diagnostics = (diagnostics + text).slice(-DIAGNOSTICS_CHARACTERS);
    output.push(text);
  });
  stream.once('close', () => output.close());
  await container.start();
  const ended = container.wait().then(
    ({ StatusCode }: { StatusCode: number }): DebugEnd => ({ exitCode: StatusCode, diagnostics }),
    (): DebugEnd => ({ exitCode: null, diagnostics }), // Removed by us, or the engine is gone.
  );
  return { output, ended };
}

async function relay(container: Container, port: number, socket: Socket): Promise<void> {
  const exec = await container.exec({
    Cmd: ['/bin/sh', '-c', RELAY, 'sh', String(port)],
    WorkingDir: runnerPath,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({ hijack: true, stdin: true });
  stream.on('error', () => socket.destroy());
  socket.on('error', () => stream.destroy());
  socket.on('close', () => stream.destroy());
  const { stdout, stderr } = demultiplex(stream);
  stderr.resume();
  socket.pipe(stream);
  stdout.pipe(socket);
}

function join(path: string, further: string | undefined): string {
  return further === undefined ? path : `${path}:${further}`;
}
