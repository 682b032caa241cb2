import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { connect, type Socket } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AsyncQueue } from '../../base/AsyncQueue.ts';
import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import type { DebugEnd, DebugSession, Inspection, Inspector } from '../../core/ports/Inspector.ts';
import { atMost } from '../atMost.ts';
import { forwardPort } from '../forwardPort.ts';
import { linkSources } from '../linkSources.ts';
import { renderLookJob, type LookAction } from '../lookJob.ts';
import { installDebugger } from './installDebugger.ts';
import { killTree } from './killTree.ts';
import { userEnvironment } from './userEnvironment.ts';

export interface LocalInspectorOptions {
  /** Absolute path of the folder that holds `hone_runner`. */
  readonly runnerDirectory: string;
  readonly settings: ImageSettings;
}

const DIAGNOSTICS_CHARACTERS = 4096;
const RETRY_MS = 50;

interface Look {
  readonly child: ChildProcess;
  readonly tree: string;
  readonly ended: Promise<number | null>;
  dispose(): Promise<void>;
}

/** Ways into trials of the user's own interpreter: a copy of the trial's tree, beside the study, for as long as it is looked at. */
export function createLocalInspector({ runnerDirectory, settings }: LocalInspectorOptions): Inspector {
  return {
    enter: async () => null, // Its tree is changed by the script meanwhile; a copy is safe to work in.
    async shell(inspection, signal) {
      const shell = (process.platform === 'win32' ? process.env['COMSPEC'] : process.env['SHELL']) ?? '/bin/sh';
      const look = await startLook(runnerDirectory, inspection, { action: 'shell', shell }, {}, 'inherit');
      const interrupt = (): void => {}; // The terminal sends it to the shell, too, which knows what to do.
      const stop = (): void => void look.dispose();
      process.on('SIGINT', interrupt);
      signal.addEventListener('abort', stop, { once: true });
      try {
        return (await look.ended) ?? 1;
      } finally {
        process.off('SIGINT', interrupt);
        signal.removeEventListener('abort', stop);
        await look.dispose();
      }
    },
    answer: (inspection, signal) => answer(runnerDirectory, inspection, signal),
    async debug(inspection, onProgress, signal) {
      onProgress({ text: 'Looking for debugpy', fraction: null });
      const debugpy = await installDebugger(interpreterOf(inspection), settings);
      signal.throwIfAborted();
      const inner = await freePort();
      // Whoever attaches before debugpy listens is kept waiting; what the debugger sends to its own port is reached there directly.
      const forward = await forwardPort((socket) => void relay(socket, inner));
      const variables = debugpy === null ? {} : pathWith(debugpy, inspection);
      const action = { action: 'debug', port: inner } as const;
      const look = await startLook(runnerDirectory, inspection, action, variables, ['ignore', 'pipe', 'pipe']);
      const dispose = async (): Promise<void> => {
        forward.close();
        await look.dispose();
      };
      return { port: forward.port, tree: look.tree, dispose, ...follow(look) };
    },
  };
}

async function answer(runnerDirectory: string, inspection: Inspection, signal: AbortSignal): Promise<string> {
  const look = await startLook(runnerDirectory, inspection, { action: 'check' }, {}, ['ignore', 'pipe', 'ignore']);
  const stop = (): void => void look.dispose();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { stdout } = look.child;
    const printed = stdout === null ? '' : await text(atMost(stdout));
    signal.throwIfAborted();
    return printed;
  } finally {
    signal.removeEventListener('abort', stop);
    await look.dispose();
  }
}

function pathWith(directory: string, { variables }: Inspection): Readonly<Record<string, string>> {
  const before = variables['PYTHONPATH'] ?? process.env['PYTHONPATH'];
  return { PYTHONPATH: before === undefined ? directory : `${directory}${delimiter}${before}` };
}

async function freePort(): Promise<number> {
  const { port, close } = await forwardPort((socket) => socket.destroy());
  close();
  return port;
}

/** Connects a client with a port as soon as somebody listens there. */
async function relay(client: Socket, port: number): Promise<void> {
  while (!client.destroyed) {
    const debuggee = connect(port, '127.0.0.1');
    const connected = await once(debuggee, 'connect').then(
      () => true,
      () => false, // Not yet listening.
    );
    if (connected) {
      debuggee.on('error', () => client.destroy());
      client.once('close', () => debuggee.destroy()).pipe(debuggee);
      debuggee.pipe(client);
      return;
    }
    await sleep(RETRY_MS);
  }
}

async function startLook(
  runnerDirectory: string,
  inspection: Inspection,
  action: LookAction,
  variables: Readonly<Record<string, string>>,
  stdio: StdioOptions,
): Promise<Look> {
  const { plan, studyDirectory, artifacts } = inspection;
  const folder = join(await realpath(studyDirectory), `look-${randomUUID().slice(0, 8)}`);
  const tree = join(folder, 'tree');
  await mkdir(folder);
  const links = linkSources(plan);
  const paths = { source: join(studyDirectory, 'source'), links, artifacts: artifacts ?? '' };
  await writeFile(join(folder, 'job.json'), renderLookJob(inspection, paths, action));
  const child = spawn(interpreterOf(inspection), ['-m', 'hone_runner', 'look', join(folder, 'job.json'), tree], {
    cwd: runnerDirectory, // Where `-m` finds the runner, and the user's code does not.
    env: { ...userEnvironment(), PYTHONDONTWRITEBYTECODE: '1', ...inspection.variables, ...variables },
    stdio,
    detached: action.action !== 'shell' && process.platform !== 'win32', // A shell needs the terminal's own group.
    windowsHide: true,
  });
  const ended = new Promise<number | null>((resolve) => child.once('error', () => resolve(null)).once('close', resolve));
  const end = async (): Promise<void> => {
    if (child.exitCode === null && action.action !== 'shell') killTree(child);
    else child.kill('SIGHUP');
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  let ending: Promise<void> | null = null;
  return { child, tree, ended, dispose: () => (ending ??= end()) };
}

function follow({ child, ended }: Look): Pick<DebugSession, 'output' | 'ended'> {
  const output = new AsyncQueue<string>();
  let diagnostics = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    diagnostics = (diagnostics + text).slice(-DIAGNOSTICS_CHARACTERS);
    output.push(text);
  });
  const end = ended.then((exitCode): DebugEnd => {
    output.close();
    return { exitCode, diagnostics };
  });
  return { output, ended: end };
}

/** The user's own, or that of the environment that Hone made of it. */
function interpreterOf({ environment }: Inspection): string {
  return environment.image;
}
