// Drives a real VS Code: `node test/editor/run.mjs [--keep-pictures] [FILTER…]`. Its last line counts.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDirectory, root, toolEnvironment } from '../../scripts/places.mjs';
import { runCommand } from '../../scripts/runCommand.mjs';

/** Those that the README shows. */
const KEPT = ['docker-result', 'docker-running', 'failed-run', 'pipeline-preview', 'tree-by-layer', 'welcome-no-folder'];

const codeServer = process.env.HONE_CODE_SERVER ?? join(cacheDirectory, 'code-server', 'node_modules', 'code-server');
const desktop = process.env.HONE_EDITOR === 'desktop';
if (desktop || existsSync(join(codeServer, 'lib', 'vscode', 'out', 'server-main.js'))) process.exitCode = await runTests();
else process.exitCode = tellAbsent();

async function runTests() {
  const report = join(tmpdir(), `hone-editor-${process.pid}.json`);
  const config = join('test', 'editor', 'vitest.config.mts');
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await runCommand(
    'vitest',
    ['run', '--config', config, ...reporters, ...process.argv.slice(2).filter((word) => word !== '--keep-pictures')],
    {
      env: { ...toolEnvironment(), HONE_CODE_SERVER: codeServer },
      show: 'both',
    },
  );
  const counted = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  rmSync(report, { force: true });
  const failed = counted?.numFailedTests ?? 0;
  const summary = `${counted?.numPassedTests ?? 0} passed, ${failed === 0 && code !== 0 ? 1 : failed} failed, ${counted?.numPendingTests ?? 0} skipped`;
  if (code === 0 && process.argv.includes('--keep-pictures')) keepPictures();
  console.log(summary);
  return code === 0 ? 0 : 1;
}

function keepPictures() {
  const folder = join(root, 'media', 'screenshots');
  mkdirSync(folder, { recursive: true });
  for (const name of KEPT) {
    const picture = join(root, 'test-results', 'editor', `${name}.png`);
    if (existsSync(picture)) copyFileSync(picture, join(folder, `${name}.png`));
  }
}

function tellAbsent() {
  const required = (process.env.HONE_REQUIRE ?? '').split(',').includes('editor');
  console.log(`There is no built code-server in ${codeServer}; HONE_EDITOR=desktop downloads VS Code instead.`);
  console.log(required ? '0 passed, 1 failed' : '0 passed, 0 failed, 1 skipped');
  return required ? 1 : 0;
}
