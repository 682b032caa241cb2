// Scores `hone scan` and `hone space` on real scripts that somebody has read and labelled. Neither the scripts nor the labels are part of
// the repository: scripts belong to their authors, and what nobody has tuned the code on says more than what somebody has.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { scoreScript, summarize } from './scoreScript.mjs';

const USAGE = `Usage: npm run bench:corpus -- LABELS.json FOLDER

FOLDER has the scripts, each under the base name of its label's \`local\`. LABELS.json is a list of
  { id, repo, path, commit, sha256, local, hp_complete, label, label_also_accept, must_not_change }
where label is { trains, framework, family, task, hyperparameters: [{ name, value, line, cell?, also?, optional? }] } and must_not_change
a list of { name, value, line, cell? }. Fetch each script with
  git clone https://github.com/REPO && git show COMMIT:PATH > FOLDER/NAME
and leave it as it is: one whose SHA-256 differs from its label's is not scored.`;

const GOALS = { framework: 0.97, trains: 0.95, family: 0.93, task: 0.9, recall: 0.93, precision: 0.93 };
const run = promisify(execFile);

async function main([labelsPath, folder]) {
  if (labelsPath === undefined || folder === undefined) {
    console.error(USAGE);
    return 2;
  }
  if (!existsSync('dist/cli.js')) {
    console.error('There is no dist/cli.js: run `npm run build` first.');
    return 2;
  }
  const labels = JSON.parse(readFileSync(labelsPath, 'utf8'));
  const results = [];
  const absent = [];
  for (const label of labels) {
    const path = join(folder, basename(label.local));
    if (!existsSync(path) || sha256(path) !== label.sha256) {
      absent.push(label.id);
      continue;
    }
    const [scanned, space] = await Promise.all([hone('scan', path, '--all'), hone('space', path)]);
    results.push(scoreScript(label, scanned.scripts?.[0] ?? {}, space));
  }
  return report(results, absent);
}

async function hone(...args) {
  try {
    const { stdout } = await run(process.execPath, ['dist/cli.js', ...args, '--json'], { timeout: 60_000, maxBuffer: 1e8 });
    return JSON.parse(stdout);
  } catch (error) {
    // Exit 2 where nothing trains; a crash counts as no answer.
    return { problem: String(error.stderr ?? error).trim() };
  }
}

function sha256(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function report(results, absent) {
  for (const { id, misses } of results) for (const miss of misses) console.log(`${id}  ${miss}`);
  if (absent.length > 0) console.log(`Not scored, since absent or changed: ${absent.join(', ')}`);
  if (results.length === 0) return 1;
  const summary = summarize(results);
  const short = Object.entries(GOALS).filter(([name, goal]) => summary[name] < goal);
  console.log(`\n${results.length} scripts`);
  for (const [name, value] of Object.entries(summary)) {
    const goal = GOALS[name] === undefined ? '' : `  (goal ${GOALS[name]})`;
    console.log(`${name.padEnd(24)}${Number.isInteger(value) ? value : value.toFixed(3)}${goal}`);
  }
  return short.length > 0 || summary.offeredButFixed > 0 || absent.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
