// `npm run -s hone -- ARGS`: sets up what is missing, then runs the command line where the user typed it.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { node24, root } from './places.mjs';
import { setUp } from './setup.mjs';

try {
  await setUp((sentence) => console.error(sentence));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const child = spawn(node24, [join(root, 'dist', 'cli.js'), ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  // A terminal sends Ctrl-C to the child itself.
  process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
}
child.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal];
});
