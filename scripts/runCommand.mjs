import { spawn } from 'node:child_process';
import { root, toolEnvironment } from './places.mjs';

/**
 * Runs a program to its end; never rejects. `code` is null where it could not be started or was stopped for time.
 * `show` says where its output goes while it runs: to the terminal ('both' its streams), to standard error, or nowhere.
 * @param {string} program
 * @param {readonly string[]} programArguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: 'both' | 'stderr' | 'none', timeoutMs?: number, firstOutputMs?: number }} options
 * @returns {Promise<{ code: number | null, stdout: string, output: string }>} `output` is both streams, as they came
 */
export function runCommand(program, programArguments, options = {}) {
  const { cwd = root, env = toolEnvironment(), show = 'none', timeoutMs, firstOutputMs } = options;
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let output = '';
    const stop = () => child.kill('SIGKILL');
    const timers = [timeoutMs, firstOutputMs].map((limit) => (limit === undefined ? undefined : setTimeout(stop, limit)));
    const take = (chunk, stream) => {
      clearTimeout(timers[1]);
      output += chunk;
      if (stream === 'stdout') stdout += chunk;
      if (show !== 'none') (show === 'stderr' ? process.stderr : process[stream]).write(chunk);
    };
    const end = (code) => {
      for (const timer of timers) clearTimeout(timer);
      resolve({ code, stdout, output });
    };
    child.stdout.setEncoding('utf8').on('data', (chunk) => take(chunk, 'stdout'));
    child.stderr.setEncoding('utf8').on('data', (chunk) => take(chunk, 'stderr'));
    child.on('error', (error) => {
      output += error.message;
      end(null);
    });
    child.on('close', (code) => end(code));
  });
}
