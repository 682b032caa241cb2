import { createAdapters } from '../adapters/createAdapters.ts';
import { readSettings } from '../adapters/readSettings.ts';
import { createHone } from '../app/createHone.ts';
import { createProgram } from './createProgram.ts';
import { runProgram } from './runProgram.ts';
import { createTerminal } from './Terminal.ts';

// The composition root of the command line, and of the supervisor, which is one of its commands.
const settings = readSettings(process.env);
const terminal = createTerminal(process.stdout, process.stderr);
const ports = createAdapters({ distDirectory: __dirname, settings: () => settings });
const hone = createHone(ports);
void runProgram(createProgram({ hone, ports, terminal }), terminal, process.argv.slice(2)).then((exitCode) => {
  hone.dispose();
  process.exitCode = exitCode;
});
