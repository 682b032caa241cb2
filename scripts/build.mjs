// Bundles the extension, the command line and the scanner's worker into dist/.
import { build } from 'esbuild';
import { cp, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const production = process.argv.includes('--production');
await rm(join(root, 'dist'), { recursive: true, force: true });
await mkdir(join(root, 'dist'), { recursive: true });

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  minify: production,
  keepNames: true,
  sourcemap: production ? false : 'linked',
  // Its ESM build crashes at Parser.init once it is bundled as CommonJS.
  alias: { 'web-tree-sitter': require.resolve('web-tree-sitter/web-tree-sitter.cjs') },
  logLevel: 'warning',
};
const entries = [
  { entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  { entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js' },
  { entryPoints: ['src/adapters/scanner/scanWorker.ts'], outfile: 'dist/scanWorker.js' },
].filter((entry) => existsSync(join(root, entry.entryPoints[0])));
await Promise.all(entries.map((entry) => build({ ...shared, ...entry })));

const copies = [
  [require.resolve('web-tree-sitter/web-tree-sitter.wasm'), 'dist/web-tree-sitter.wasm'],
  [join(dirname(require.resolve('tree-sitter-python/package.json')), 'tree-sitter-python.wasm'), 'dist/tree-sitter-python.wasm'],
  [join(dirname(require.resolve('dockerode/package.json')), 'lib/proto'), 'dist/proto'],
];
for (const [from, to] of copies) await cp(from, join(root, to), { recursive: true });
