// `npm run demo`: trains and tunes the two samples as a user would, and prints what came of it, with the diffs.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dockerSettings } from './dockerEngine.mjs';
import { node24, root } from './places.mjs';
import { pythonEnvironment } from './pythonEnvironment.mjs';
import { runCommand } from './runCommand.mjs';
import { setUp } from './setup.mjs';

/** Each with the accuracy that it is tuned to. */
const SAMPLES = { 'digits-sklearn': 0.95, 'digits-cnn': 0.97 };
const COLUMNS = ['script', 'before', 'after', 'on other seeds', 'trials', 'repeats', 'seconds', 'image'];

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
    for (const sample of Object.keys(SAMPLES))
      cpSync(join(root, 'media', 'samples', sample), join(folder, sample), { recursive: true });
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
    const diffs = [];
    for (const [sample, target] of Object.entries(SAMPLES)) {
      const words = ['tune', `${sample}/train.py`, '--target', String(target), '--runtime', runtime];
      console.log(`\n$ hone ${words.join(' ')}`);
      const { code, stdout } = await hone(...words, '--json');
      if (code !== 0) return 1;
      const study = JSON.parse(stdout);
      rows.push(rowOf(study));
      diffs.push((await hone('apply', study.study, '--dry-run', '--json')).stdout);
    }
    for (const diff of diffs) console.log(`\n${JSON.parse(diff).patch.trimEnd()}`);
    printTable([COLUMNS, ...rows]);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowOf({ script, baseline, best, trials, seconds, image }) {
  const { confirmed } = best;
  const proof =
    confirmed === null
      ? 'not confirmed'
      : `${percent(confirmed.mean)}, at least ${percent(confirmed.low)} (${confirmed.seeds} seeds)`;
  const repeats = trials.reduce((sum, trial) => sum + trial.repeats, 0);
  return [script, percent(baseline), percent(best.value), proof, trials.length, repeats, seconds.toFixed(1), image].map(String);
}

function percent(value) {
  return `${(value * 100).toFixed(1)} %`;
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
