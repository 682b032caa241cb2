import { spawn, spawnSync } from 'node:child_process';
import { killTree } from '../local/killTree.ts';
import { guardedCommand, guardedEnvironment, SILENCE_VARIABLE } from './guardedCommand.ts';

// A program of its own: runs git with the arguments given, in a process group that is ended as one, so that no helper of git's outlives it.
const args = process.argv.slice(2);
const limitMs = Number(process.env[SILENCE_VARIABLE]);
const ofSsh = args.includes('fetch') ? spawnSync('git', ['config', 'core.sshCommand'], { encoding: 'utf8' }).stdout : '';
const child = spawn('git', guardedCommand(args), {
  env: guardedEnvironment(process.env, ofSsh.trim(), args[0] === 'merge'),
  stdio: ['ignore', 'pipe', 'pipe'],
  detached: process.platform !== 'win32',
  windowsHide: true,
});
let timer: ReturnType<typeof setTimeout> | null = null;
const stop = (): void => killTree(child);
const heard = (): void => {
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(() => {
    process.stderr.write(`fatal: silent for ${Math.round(limitMs / 1000)} seconds\n`);
    stop();
  }, limitMs);
};
child.stdout.on('data', heard).pipe(process.stdout, { end: false });
child.stderr.on('data', heard).pipe(process.stderr, { end: false });
heard();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
// Its end is the end of whoever started this.
process.stdin.on('error', stop).on('close', stop).resume();
child.on('error', (error) => process.stderr.write(`fatal: ${error.message}\n`));
child.on('close', (code) => {
  if (timer !== null) clearTimeout(timer);
  process.exitCode = code ?? 128;
  process.stdin.off('close', stop).destroy();
});
