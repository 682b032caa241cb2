// Bundles the extension, the command line, the scanner's worker and the panel's page into dist/.
import { build } from 'esbuild';
import { cp, mkdir, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './places.mjs';
import { writeSchema } from './writeSchema.mjs';

const require = createRequire(import.meta.url);
const production = process.argv.includes('--production');
const startedAt = new Date();
const output = join(root, 'dist');
const draft = join(root, `dist.${process.pid}`);

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minify: production,
  keepNames: true,
  sourcemap: production ? false : 'linked',
  alias: {
    // Its ESM build crashes at Parser.init once it is bundled as CommonJS.
    'web-tree-sitter': require.resolve('web-tree-sitter'),
    // Engines behind ssh are reached through the ssh command, as docker does it.
    ssh2: join(root, 'scripts', 'absentSsh2.cjs'),
  },
  logLevel: 'warning',
};

/** What the extension loads late is a bundle of its own, so that a window that only starts reads none of it. */
const engineApart = {
  name: 'engine-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/(app|adapters)\// }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './engine.js', external: true } : null,
    );
    shareErrors({ onResolve });
  },
};

/** Both halves of the extension have to mean the same class by HoneError, or neither knows the errors of the other. */
const errorsShared = { name: 'errors-shared', setup: shareErrors };

const engine = `
  export { createHone } from './src/app/createHone.ts';
  export { createAdapters } from './src/adapters/createAdapters.ts';
`;

// Only the extension has vscode as an external: an import of it that strays into the command line breaks the build.
const bundles = [
  {
    entryPoints: ['src/extension.ts'],
    outfile: join(draft, 'extension.js'),
    external: ['vscode'],
    plugins: [engineApart],
    supported: { 'dynamic-import': false },
  },
  { stdin: { contents: engine, resolveDir: root }, outfile: join(draft, 'engine.js'), plugins: [errorsShared] },
  { entryPoints: ['src/base/HoneError.ts'], outfile: join(draft, 'HoneError.js') },
  { entryPoints: ['src/cli/main.ts'], outfile: join(draft, 'cli.js'), banner: { js: '#!/usr/bin/env node' } },
  { entryPoints: ['src/adapters/git/gitGuard.ts'], outfile: join(draft, 'gitGuard.js') },
  // Names cost a call for every closure that is made, and following code makes many.
  { entryPoints: ['src/adapters/scanner/scanWorker.ts'], outfile: join(draft, 'scanWorker.js'), keepNames: false },
  // TensorFlow.js: only ever read by a process of its own, when a model is asked.
  {
    entryPoints: ['src/adapters/tfjs/predictor.ts'],
    outfile: join(draft, 'predictor.js'),
    keepNames: false,
    mainFields: ['module', 'main'],
  },
  ...['panel', 'model/model'].map((page) => ({
    entryPoints: [`src/webview/${page}.ts`, `src/webview/${page}.css`],
    outdir: join(draft, 'webview'),
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
    keepNames: false,
  })),
];

const copies = [
  [require.resolve('web-tree-sitter/web-tree-sitter.wasm'), 'web-tree-sitter.wasm'],
  [join(dirname(require.resolve('tree-sitter-python/package.json')), 'tree-sitter-python.wasm'), 'tree-sitter-python.wasm'],
  ...['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'].map((name) => [
    join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist', name),
    join('tfjs', name),
  ]),
  [join(dirname(require.resolve('dockerode/package.json')), 'lib', 'proto'), 'proto'],
];

try {
  await mkdir(draft, { recursive: true });
  await Promise.all(bundles.map((bundle) => build({ ...shared, ...bundle })));
  for (const [from, to] of copies) await cp(from, join(draft, to), { recursive: true });
  await writeSchema(join(draft, 'hone.schema.json'));
  // As old as the beginning of the build, so that a source saved meanwhile counts as newer.
  await writeFile(join(draft, '.built'), '');
  await utimes(join(draft, '.built'), startedAt, startedAt);
  await replaceOutput();
} catch (error) {
  // What is wrong with the sources esbuild has said already.
  if (error.errors === undefined) console.error(error);
  process.exitCode = 1;
} finally {
  await rm(draft, { recursive: true, force: true });
}

function shareErrors({ onResolve }) {
  onResolve({ filter: /\/HoneError\.ts$/ }, ({ kind }) =>
    kind === 'entry-point' ? null : { path: './HoneError.js', external: true },
  );
}

/** Moves file over file, since a program that runs from dist reads some of them late. */
async function replaceOutput() {
  const built = await listFiles(draft);
  for (const file of built) {
    await mkdir(dirname(join(output, file)), { recursive: true });
    await rename(join(draft, file), join(output, file));
  }
  for (const file of await listFiles(output)) {
    if (!built.includes(file)) await rm(join(output, file));
  }
}

async function listFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
