// Packs the extension into hone.vsix and holds it against its size limit.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { node24, root } from './places.mjs';
import { runCommand } from './runCommand.mjs';
import { setUp } from './setup.mjs';

const steps = [
  [node24, join('scripts', 'build.mjs'), '--production'],
  ['vsce', 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', 'hone.vsix'],
  ['size-limit'],
  // Whoever goes on working here wants source maps.
  [node24, join('scripts', 'build.mjs')],
];

try {
  await setUp(console.log);
  for (const [program, ...programArguments] of steps) {
    const { code } = await runCommand(program, programArguments, { show: 'both' });
    if (code !== 0) throw new Error(`${program} ${programArguments.join(' ')} failed.`);
  }
  console.log(`hone.vsix: ${(statSync(join(root, 'hone.vsix')).size / 1e6).toFixed(2)} MB`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
