// Drives a real VS Code: `node test/editor/run.mjs [--keep-pictures] [FILTER…]`. Its last line counts.
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { countVitest, describeCounts } from '../../scripts/countTests.mjs';
import { cacheDirectory, root, toolEnvironment } from '../../scripts/places.mjs';

/** Those that the README shows. */
const KEPT = ['docker-result', 'docker-running', 'failed-run', 'pipeline-preview', 'tree-by-layer', 'welcome-no-folder'];

const codeServer = process.env.HONE_CODE_SERVER ?? join(cacheDirectory, 'code-server', 'node_modules', 'code-server');
const desktop = process.env.HONE_EDITOR === 'desktop';
if (desktop || existsSync(join(codeServer, 'lib', 'vscode', 'out', 'server-main.js'))) process.exitCode = await runTests();
else process.exitCode = tellAbsent();

async function runTests() {
  const names = process.argv.slice(2).filter((word) => word !== '--keep-pictures');
  const env = { ...toolEnvironment(), HONE_CODE_SERVER: codeServer };
  const counts = await countVitest(['--config', join('test', 'editor', 'vitest.config.mts'), ...names], env, 'verbose');
  if (counts.failed === 0 && process.argv.includes('--keep-pictures')) keepPictures();
  console.log(describeCounts(counts));
  return counts.failed === 0 ? 0 : 1;
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
