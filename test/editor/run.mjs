// Drives a real VS Code: `node test/editor/run.mjs [FILTER…]`. Its last line counts.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDirectory, toolEnvironment } from '../../scripts/places.mjs';
import { runCommand } from '../../scripts/runCommand.mjs';

const codeServer = process.env.HONE_CODE_SERVER ?? join(cacheDirectory, 'code-server', 'node_modules', 'code-server');
const desktop = process.env.HONE_EDITOR === 'desktop';
if (desktop || existsSync(join(codeServer, 'lib', 'vscode', 'out', 'server-main.js'))) process.exitCode = await runTests();
else process.exitCode = tellAbsent();

async function runTests() {
  const report = join(tmpdir(), `hone-editor-${process.pid}.json`);
  const config = join('test', 'editor', 'vitest.config.mts');
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await runCommand('vitest', ['run', '--config', config, ...reporters, ...process.argv.slice(2)], {
    env: { ...toolEnvironment(), HONE_CODE_SERVER: codeServer },
    show: 'both',
  });
  const counted = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  rmSync(report, { force: true });
  const failed = counted?.numFailedTests ?? 0;
  console.log(`${counted?.numPassedTests ?? 0} passed, ${failed === 0 && code !== 0 ? 1 : failed} failed, ${counted?.numPendingTests ?? 0} skipped`);
  return code === 0 ? 0 : 1;
}

function tellAbsent() {
  const required = (process.env.HONE_REQUIRE ?? '').split(',').includes('editor');
  console.log(`There is no built code-server in ${codeServer}; HONE_EDITOR=desktop downloads VS Code instead.`);
  console.log(required ? '0 passed, 1 failed' : '0 passed, 0 failed, 1 skipped');
  return required ? 1 : 0;
}
