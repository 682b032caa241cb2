// `npm test [-- LAYER ...]`: sets up what is missing and runs every layer; the last line is the sum.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { codeServerFolder, installCodeServer } from './codeServer.mjs';
import { countCheck, countSummary, countVitest, describeCounts } from './countTests.mjs';
import { dockerSettings } from './dockerEngine.mjs';
import { root, toolEnvironment } from './places.mjs';
import { pythonEnvironment } from './pythonEnvironment.mjs';
import { setUp } from './setup.mjs';

/** The runner's tests wait for imports most of their time. What fails once is tried again, and that is told, as vitest.config.mts does. */
const PYTEST = ['-n', '2', '--dist', 'loadfile', '--reruns', '1', '-r', 'R', '--durations', '10'];
/** Where Debian's package puts it. */
const GROOVY = '/usr/share/groovy/lib';

const NONE = { passed: 0, failed: 0, skipped: 0 };
const required = new Set((process.env.HONE_REQUIRE ?? '').split(',').filter((word) => word !== ''));
const env = { ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }), ...toolEnvironment() };
let python = null;
/** Runs only where it is named. */
const LONG = 'soak';

const layers = {
  types: async () =>
    sum([
      await countCheck('tsc', ['--noEmit'], { env }),
      await countCheck('tsc', ['--noEmit', '-p', join('src', 'webview')], { env }),
    ]),
  lint: async () =>
    sum([
      await countCheck('oxlint', ['--deny-warnings'], { env }),
      await countCheck('knip', ['--no-progress'], { env }),
      ...(await lintPython()),
    ]),
  format: () => countCheck('oxfmt', ['--check'], { env }),
  unit: () => countProject('unit'),
  runner: () =>
    python === null
      ? absent('python', 'Python 3.9 or later')
      : countSummary(python, ['-m', 'pytest', '-q', ...PYTEST, join('test', 'runner')], { env }),
  integration: () => countProject('integration'),
  jenkins: () => (existsSync(GROOVY) ? countProject('jenkins') : absent('groovy', 'Groovy 2.4 (the package groovy of Debian)')),
  faults: () => countProject('faults'),
  soak: () => countProject('soak'),
  editor: testEditor,
  package: () => countCheck(process.execPath, [join('scripts', 'package.mjs')]),
};

process.exitCode = await main(process.argv.slice(2));

async function main(named) {
  const unknown = named.find((name) => !(name in layers));
  if (unknown !== undefined) {
    console.error(`There is no layer ${unknown}; there are ${Object.keys(layers).join(', ')}.`);
    return 2;
  }
  try {
    await setUp(console.log);
    python = await pythonEnvironment('venv', join(root, 'test', 'requirements.txt'), console.log);
    if (python !== null) env.HONE_TEST_PYTHON = python;
  } catch (error) {
    console.error(error.message);
    console.log('0 passed, 1 failed');
    return 1;
  }
  const results = [await prepareDocker()];
  for (const name of named.length === 0 ? Object.keys(layers).filter((layer) => layer !== LONG) : named) {
    console.log(`\n== ${name}`);
    const counts = await layers[name]();
    console.log(`${name}: ${describeCounts(counts)}`);
    results.push(counts);
  }
  const total = sum(results);
  console.log(`\n${describeCounts(total)}`);
  return total.failed === 0 ? 0 : 1;
}

/** Lets the tests know that there is an engine, and how images are built on it. */
async function prepareDocker() {
  const settings = await dockerSettings(console.log);
  if (settings === null) return absent('docker', 'Docker');
  // PyTorch's own index is large, slow and often out of reach; the package index serves as well.
  Object.assign(env, { HONE_TEST_DOCKER: '1', HONE_TORCH_INDEX_URL: '' }, settings);
  return NONE;
}

/** One project of vitest.config.mts. */
function countProject(name) {
  return countVitest(['--project', name], env);
}

async function testEditor() {
  const run = [join('test', 'editor', 'run.mjs')];
  if (await installCodeServer(console.log))
    return countSummary(process.execPath, run, { env: { ...env, HONE_CODE_SERVER: codeServerFolder } });
  // Elsewhere VS Code itself is downloaded.
  if (process.platform !== 'linux') return countSummary(process.execPath, run, { env: { ...env, HONE_EDITOR: 'desktop' } });
  return absent('editor', 'An editor (code-server and Chromium)');
}

async function lintPython() {
  if (python === null) return [absent('python', 'Python 3.9 or later')];
  const packages = ['docker/runner', 'docker/compatibility', 'docker/suggester'].filter((folder) =>
    existsSync(join(root, folder, 'pyproject.toml')),
  );
  const results = [await countCheck(python, ['-m', 'ruff', 'check', 'docker', 'test', 'media/samples'], { env })];
  for (const folder of packages) results.push(await countCheck(python, ['-m', 'mypy'], { cwd: join(root, folder), env }));
  return results;
}

/** What a layer needs is not on this machine: skipped, or failed where the caller insists. */
function absent(requirement, what) {
  const fails = required.has(requirement);
  console.log(`${what} is absent: ${fails ? 'HONE_REQUIRE asks for it' : 'what needs it is skipped'}.`);
  return fails ? { ...NONE, failed: 1 } : { ...NONE, skipped: 1 };
}

function sum(all) {
  return all.reduce(
    (total, counts) => ({
      passed: total.passed + counts.passed,
      failed: total.failed + counts.failed,
      skipped: total.skipped + counts.skipped,
    }),
    NONE,
  );
}
