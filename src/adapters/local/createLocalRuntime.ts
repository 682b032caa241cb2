import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import { Emitter } from '../../base/Emitter.ts';
import type { ConnectionState, RunnerConnection, RunnerEnd, Runtime } from '../../core/ports/Runtime.ts';
import type { StudyPlan } from '../../core/study/StudyPlan.ts';
import { completeIndexLogins } from '../completeIndexLogins.ts';
import { readLines } from '../readLines.ts';
import { linkSources } from '../linkSources.ts';
import { makeVenv } from './makeVenv.ts';
import { killTree } from './killTree.ts';
import { userEnvironment } from './userEnvironment.ts';
import { pythonVersion } from './pythonVersion.ts';

export interface LocalRuntimeOptions {
  /** Absolute path of the folder that holds `hone_runner`. */
  readonly runnerDirectory: string;
  /** How packages are installed into environments of Hone's own. */
  readonly settings: ImageSettings;
  /** Absolute path of the folder that holds those. */
  readonly environmentsDirectory: string;
}

/** A runner that is asked to stop gets so long to stop its trial. */
const GRACE_MS = 1000;
const DIAGNOSTICS = 4096;

/** Trials in the user's own interpreter, into which nothing is installed, or in an environment of Hone's made of it. Nothing isolates from either. */
export function createLocalRuntime(options: LocalRuntimeOptions): Runtime {
  return {
    kind: 'local',
    async prepare(plan, onProgress, signal) {
      const interpreter = interpreterOf(plan);
      if (plan.image !== null) {
        const settings = await completeIndexLogins(options.settings, plan.image, plan);
        return makeVenv(
          { interpreter, recipe: plan.image, settings, directory: options.environmentsDirectory },
          onProgress,
          signal,
        );
      }
      if ((await pythonVersion(interpreter)) === null) {
        throw new HoneError('no-interpreter', `${interpreter} does not run.`, {
          next: 'Choose another Python with the setting hone.python or `python` in hone.yaml.',
        });
      }
      return { image: interpreter, digest: null, built: false, seconds: 0 };
    },
    async launch(plan, environment, studyDirectory) {
      const source = join(studyDirectory, 'source');
      const work = join(studyDirectory, 'work');
      await mkdir(work, { recursive: true });
      const child = spawn(environment.image, ['-m', 'hone_runner', 'serve'], {
        cwd: work,
        env: environmentOf(options.runnerDirectory),
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: process.platform !== 'win32', // A process group of its own, so that all of it can be stopped.
        windowsHide: true,
      });
      const links = linkSources(plan);
      return connectionOf(child, { source, work, links });
    },
    attach: async () => null, // It ends with its supervisor.
    release: async () => {},
    remove: async () => false,
  };
}

function interpreterOf(plan: StudyPlan): string {
  if (plan.interpreter === null) throw new HoneError('internal', 'The plan names no interpreter.');
  return plan.interpreter;
}

function environmentOf(runnerDirectory: string): NodeJS.ProcessEnv {
  const path = [runnerDirectory, process.env['PYTHONPATH']].filter((part) => part !== undefined && part !== '').join(delimiter);
  return { ...userEnvironment(), PYTHONPATH: path, PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' };
}

function connectionOf(child: ChildProcess, paths: RunnerConnection['paths']): RunnerConnection {
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new HoneError('internal', 'Python was started without pipes.');
  let diagnostics = '';
  stderr.setEncoding('utf8').on('data', (text: string) => (diagnostics = (diagnostics + text).slice(-DIAGNOSTICS)));
  stdin.on('error', () => stdin.destroy()); // It is gone; `ended` tells why.
  const ended = new Promise<RunnerEnd>((resolve) => {
    const settle = (exitCode: number | null, signal: string | null): void =>
      resolve({ exitCode, signal, outOfMemory: false, engineLost: false, engineRestarted: false, unwatched: false, diagnostics });
    child.once('error', (error) => {
      diagnostics ||= error.message;
      settle(null, null);
    });
    child.once('close', settle);
  });
  let disposing: Promise<void> | null = null;
  return {
    paths,
    container: null,
    lines: readLines(stdout),
    onDidChange: new Emitter<ConnectionState>().event,
    ended,
    send: (line) => void (stdin.writable && stdin.write(line)),
    collect: async () => {},
    dispose: () => (disposing ??= stop(child, ended)),
  };
}

async function stop(child: ChildProcess, ended: Promise<RunnerEnd>): Promise<void> {
  child.stdin?.end();
  const timer = setTimeout(() => killTree(child), GRACE_MS);
  await ended;
  clearTimeout(timer);
  killTree(child); // Whatever the script left running.
}
