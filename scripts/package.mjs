// Packs the extension into hone.vsix, held against its size limit, and the command line into hone-cli.tgz.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { node24, root } from './places.mjs';
import { packCommandLine } from './packCommandLine.mjs';
import { runCommand } from './runCommand.mjs';
import { setUp } from './setup.mjs';

const steps = [
  [node24, join('scripts', 'build.mjs'), '--production'],
  ['vsce', 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', 'hone.vsix'],
  ['size-limit'],
];

try {
  await setUp(console.log);
  for (const step of steps) await run(step);
  await packCommandLine('hone-cli.tgz');
  // Whoever goes on working here wants source maps.
  await run([node24, join('scripts', 'build.mjs')]);
  for (const file of ['hone.vsix', 'hone-cli.tgz']) {
    console.log(`${file}: ${(statSync(join(root, file)).size / 1e6).toFixed(2)} MB`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function run([program, ...programArguments]) {
  const { code } = await runCommand(program, programArguments, { show: 'both' });
  if (code !== 0) throw new Error(`${program} ${programArguments.join(' ')} failed.`);
}
