import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import { suggesterRecipe } from '../../core/images/suggesterRecipe.ts';
import type { RunnerEnd } from '../../core/ports/Runtime.ts';
import type { Suggester } from '../../core/ports/Suggester.ts';
import { makeVenv } from '../local/makeVenv.ts';
import { userEnvironment } from '../local/userEnvironment.ts';
import { readLines } from '../readLines.ts';
import { createSuggester } from './createSuggester.ts';
import type { SuggesterProcess } from './QuestionLine.ts';
import { readSuggesterSources } from './readSuggesterSources.ts';

export interface LocalSuggesterOptions {
  readonly settings: ImageSettings;
  /** Absolute path of the folder that holds `suggester/`. */
  readonly dockerDirectory: string;
  /** Absolute path of a Python, which only makes the environment: nothing is installed into it. */
  readonly interpreter: string | null;
  /** As for the runtime. */
  readonly environmentsDirectory: string;
}

/** Optuna in a virtual environment of Hone's own, made once and kept in a cache. */
export function createLocalSuggester(options: LocalSuggesterOptions): Suggester {
  const directory = join(options.dockerDirectory, 'suggester');
  const { interpreter, settings, environmentsDirectory } = options;
  return createSuggester(async (signal) => {
    if (interpreter === null) throw new HoneError('internal', 'The plan names no interpreter.');
    const recipe = suggesterRecipe(await readSuggesterSources(directory), settings, (text) => text);
    const { image } = await makeVenv({ interpreter, recipe, settings, directory: environmentsDirectory }, () => {}, signal);
    return start(image, directory);
  });
}

function start(python: string, directory: string): SuggesterProcess {
  const child = spawn(python, ['-m', 'hone_suggester'], {
    cwd: directory,
    env: { ...userEnvironment(), PYTHONPATH: '', OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let diagnostics = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (diagnostics = (diagnostics + text).slice(-4096)));
  child.stdin.on('error', () => child.stdin.destroy()); // It is gone; `ended` tells why.
  const ended = new Promise<RunnerEnd>((resolve) => {
    const settle = (exitCode: number | null, signal: string | null): void =>
      resolve({ exitCode, signal, outOfMemory: false, engineLost: false, engineRestarted: false, unwatched: false, diagnostics });
    child.once('error', (error) => {
      diagnostics ||= error.message;
      settle(null, null);
    });
    child.once('close', settle);
  });
  return {
    lines: readLines(child.stdout),
    ended,
    send: (line) => void (child.stdin.writable && child.stdin.write(line)),
    dispose: async () => {
      child.kill('SIGKILL'); // It keeps nothing.
      await ended;
    },
  };
}
