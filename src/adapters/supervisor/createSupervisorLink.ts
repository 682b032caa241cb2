import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HoneError } from '../../base/HoneError.ts';
import type { SupervisorLink } from '../../core/ports/SupervisorLink.ts';
import { renderSupervisorLine } from '../../protocol/supervisorMessages.ts';
import { connectSupervisor } from './connectSupervisor.ts';
import { serveSupervisor } from './serveSupervisor.ts';

export interface SupervisorLinkOptions {
  /** Absolute path of the bundled command line, which is also the supervisor's entry. */
  readonly commandLine: string;
  /** Settings and secrets for the supervisor, by environment: never arguments, which every user of the machine can read. */
  readonly environment: () => Promise<Readonly<Record<string, string>>>;
  /** Absolute path of a study's folder, for the supervisor's own log. */
  readonly directory: (folder: string, study: string) => string;
}

const START_TIMEOUT_MS = 15_000;

/** Supervisors as detached processes of the command line, reached over a local socket. */
export function createSupervisorLink(options: SupervisorLinkOptions): SupervisorLink {
  return {
    connect: connectSupervisor,
    serve: serveSupervisor,
    async start(folder, study, signal, order) {
      const log = join(options.directory(folder, study), 'supervisor.log');
      const supervise = [
        'supervise',
        '--cwd',
        folder,
        study,
        ...(order === undefined ? [] : ['--order', renderSupervisorLine(order).trim()]),
      ];
      const ended = launch(options, await options.environment(), folder, supervise, log);
      const deadline = Date.now() + START_TIMEOUT_MS;
      while (Date.now() < deadline) {
        signal.throwIfAborted();
        const connection = await connectSupervisor(folder, study);
        if (connection !== null) return connection.close();
        if (ended.exitCode === 0) return; // It was so quick that it is done.
        if (ended.exitCode !== null) break;
        await sleep(15);
      }
      throw new HoneError('internal', `The supervisor of ${study} did not start: ${await lastLine(log)}`, {
        next: `Its log is ${log}.`,
      });
    },
  };
}

function launch(
  { commandLine }: SupervisorLinkOptions,
  environment: Readonly<Record<string, string>>,
  folder: string,
  supervise: readonly string[],
  log: string,
): { exitCode: number | null } {
  const file = openSync(log, 'a', 0o600);
  try {
    const child = spawn(process.execPath, [commandLine, ...supervise], {
      cwd: folder,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', file, file],
      // Inside the editor this executable is Electron, which is Node when told so.
      env: { ...process.env, ...environment, ELECTRON_RUN_AS_NODE: '1' },
    });
    const ended: { exitCode: number | null } = { exitCode: null };
    child.on('error', () => (ended.exitCode = 1));
    child.on('exit', (code) => (ended.exitCode = code ?? 1));
    child.unref();
    return ended;
  } finally {
    closeSync(file);
  }
}

async function lastLine(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.trim().split('\n').at(-1) ?? 'it said nothing.';
}
