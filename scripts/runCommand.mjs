import { spawn } from 'node:child_process';
import { root, toolEnvironment } from './places.mjs';

/**
 * Runs a program to its end; never rejects. `code` is null where it could not be started or was stopped for time.
 * `show` says what of it appears while it runs: both streams, its standard error, which then sees the terminal itself, or none.
 * @param {string} program
 * @param {readonly string[]} programArguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: 'both' | 'errors' | 'none', timeoutMs?: number, firstOutputMs?: number }} options
 * @returns {Promise<{ code: number | null, stdout: string, output: string }>} `output` is both streams, as they came, but for a standard error that was shown
 */
export function runCommand(program, programArguments, options = {}) {
  const { cwd = root, env = toolEnvironment(), show = 'none', timeoutMs, firstOutputMs } = options;
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', show === 'errors' ? 'inherit' : 'pipe'],
    });
    let stdout = '';
    let output = '';
    const stop = () => child.kill('SIGKILL');
    const timers = [timeoutMs, firstOutputMs].map((limit) => (limit === undefined ? undefined : setTimeout(stop, limit)));
    const take = (chunk, stream) => {
      clearTimeout(timers[1]);
      output += chunk;
      if (stream === 'stdout') stdout += chunk;
      if (show === 'both') process[stream].write(chunk);
    };
    const end = (code) => {
      for (const timer of timers) clearTimeout(timer);
      resolve({ code, stdout, output });
    };
    child.stdout.setEncoding('utf8').on('data', (chunk) => take(chunk, 'stdout'));
    child.stderr?.setEncoding('utf8').on('data', (chunk) => take(chunk, 'stderr'));
    child.on('error', (error) => {
      output += error.message;
      end(null);
    });
    child.on('close', (code) => end(code));
  });
}
