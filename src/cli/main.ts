import { createAdapters } from '../adapters/createAdapters.ts';
import { takeMailSecrets } from '../adapters/mail/readMailSettings.ts';
import { readSettings } from '../adapters/readSettings.ts';
import { createHone } from '../app/createHone.ts';
import { createProgram } from './createProgram.ts';
import { runProgram, splitArguments } from './runProgram.ts';
import { createTerminal } from './Terminal.ts';

// The composition root of the command line, and of the supervisor, which is one of its commands.
const settings = readSettings(process.env);
const secrets = takeMailSecrets(process.env);
// A reader that has seen enough, as `head` does, ends no work.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
const terminal = createTerminal(process.stdout, process.stderr);
const ports = createAdapters({
  distDirectory: __dirname,
  settings: () => settings,
  secrets: async () => secrets,
});
const hone = createHone(ports);
const [own, scriptArguments] = splitArguments(process.argv.slice(2));
void runProgram(createProgram({ hone, ports, terminal, scriptArguments }), terminal, own).then((exitCode) => {
  hone.dispose();
  process.exitCode = exitCode;
});
