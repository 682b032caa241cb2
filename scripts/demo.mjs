// `npm run demo`: trains the two samples as a user would, and prints what came of it.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dockerSettings } from './dockerEngine.mjs';
import { node24, root } from './places.mjs';
import { pythonEnvironment } from './pythonEnvironment.mjs';
import { runCommand } from './runCommand.mjs';
import { setUp } from './setup.mjs';

const SAMPLES = ['digits-cnn', 'digits-sklearn'];
const COLUMNS = ['script', 'result', 'metric', 'its data', 'epochs', 'seconds', 'image'];

// The command line answers Ctrl-C; its exit code ends the demo.
process.on('SIGINT', () => {});

try {
  await setUp(console.log);
  process.exitCode = await demonstrate(await chooseRuntime());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

/** Docker where images can be built, else this machine's Python with the samples' frameworks. */
async function chooseRuntime() {
  const settings = await dockerSettings(console.log);
  if (settings !== null) return { runtime: 'docker', settings };
  const python = await pythonEnvironment('demo', join(root, 'scripts', 'demoRequirements.txt'), console.log);
  if (python !== null) return { runtime: 'local', settings: { HONE_PYTHON: python } };
  throw new Error('The demo needs Docker, or Python 3.9 or later with its venv module: install one of them and try again.');
}

async function demonstrate({ runtime, settings }) {
  const folder = mkdtempSync(join(tmpdir(), 'hone-demo-'));
  try {
    for (const sample of SAMPLES) cpSync(join(root, 'media', 'samples', sample), join(folder, sample), { recursive: true });
    const hone = (...honeArguments) =>
      runCommand(node24, [join(root, 'dist', 'cli.js'), ...honeArguments], {
        cwd: folder,
        env: { ...process.env, ...settings },
        show: honeArguments.includes('--json') ? 'errors' : 'both',
      });
    console.log('\n$ hone scan');
    const scan = await hone('scan');
    if (scan.code !== 0) return 1;
    const rows = [];
    for (const sample of SAMPLES) {
      const script = `${sample}/train.py`;
      console.log(`\n$ hone train ${script} --runtime ${runtime}`);
      const { code, stdout } = await hone('train', script, '--runtime', runtime, '--json');
      if (code !== 0) return 1;
      rows.push(rowOf(JSON.parse(stdout)));
    }
    printTable([COLUMNS, ...rows]);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowOf({ script, baseline, metric, trials, seconds, image }) {
  const epochs = trials[0]?.epochs ?? '-';
  return [script, baseline?.toFixed(4) ?? '-', metric?.name ?? '-', metric?.data ?? '-', epochs, seconds.toFixed(1), image].map(
    String,
  );
}

function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  console.log();
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}
