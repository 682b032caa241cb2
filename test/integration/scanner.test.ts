import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WorkerScriptScanner } from '../../src/adapters/scanner/WorkerScriptScanner.ts';
import type { ScanRequest } from '../../src/core/ports/ScriptScanner.ts';
import type { Script } from '../../src/core/scan/Script.ts';

const require = createRequire(import.meta.url);
const TRAINS = 'from sklearn.svm import SVC\nSVC().fit([[0], [1]], [0, 1])\n';

let folder: string;
let scanner: WorkerScriptScanner;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hone scan ü '));
  scanner = new WorkerScriptScanner({
    worker: fileURLToPath(new URL('../../src/adapters/scanner/scanWorker.ts', import.meta.url)),
    runtimeWasm: require.resolve('web-tree-sitter/web-tree-sitter.wasm'),
    pythonWasm: join(dirname(require.resolve('tree-sitter-python/package.json')), 'tree-sitter-python.wasm'),
  });
});

afterEach(() => {
  scanner.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

async function scan(request: Partial<ScanRequest> = {}, signal = new AbortController().signal): Promise<Script[]> {
  const scripts: Script[] = [];
  for await (const script of scanner.scan({ folder, ...request }, signal)) scripts.push(script);
  return scripts.sort((a, b) => (a.path < b.path ? -1 : 1));
}

describe('scanning a folder', () => {
  test('finds what trains, wherever it lies, and leaves out what does not', async () => {
    write('train.py', TRAINS);
    write('deep/er/naïve name.py', TRAINS);
    write('plain.py', 'print("hello")\n');
    expect((await scan()).map((script) => script.path)).toEqual(['deep/er/naïve name.py', 'train.py']);
  });

  test('passes over installed packages, virtual environments and hidden folders', async () => {
    for (const place of ['node_modules/a', '.git', '.hone/studies', 'lib/site-packages/b', '__pycache__', 'my env/lib'])
      write(`${place}/train.py`, TRAINS);
    write('my env/pyvenv.cfg', '');
    expect(await scan()).toEqual([]);
  });

  test('with all, says of each other file why it does not train', async () => {
    write('broken.ipynb', '{"cells": [');
    write('plain.py', 'print("import keras")\n');
    const scripts = await scan({ all: true });
    expect(scripts.map((script) => [script.path, script.reason])).toEqual([
      ['broken.ipynb', 'It imports no machine-learning library.'],
      ['plain.py', 'It imports no machine-learning library.'],
    ]);
  });

  test('follows calls into modules of the same folder', async () => {
    write('main.py', 'from training import run\n\nrun()\n');
    write('training.py', 'from sklearn.svm import SVC\n\n\ndef run():\n    SVC().fit([[0], [1]], [0, 1])\n');
    const scripts = await scan();
    expect(scripts.map((script) => [script.path, script.runsDirectly])).toEqual([
      ['main.py', true],
      ['training.py', false],
    ]);
  });

  test('goes round a loop of links once, and takes a dangling link for nothing', async () => {
    write('code/train.py', TRAINS);
    symlinkSync(folder, join(folder, 'code', 'again'));
    symlinkSync(join(folder, 'gone.py'), join(folder, 'dangling.py'));
    expect((await scan({ all: true })).map((script) => script.path)).toEqual(['code/train.py']);
  });

  test('gives up on a huge file with a reason, and goes on', async () => {
    write('huge.py', `import keras\n${'x = 1\n'.repeat(9_000_000)}`);
    write('train.py', TRAINS);
    const scripts = await scan({ all: true });
    expect(scripts.map((script) => [script.path, script.trains])).toEqual([
      ['huge.py', false],
      ['train.py', true],
    ]);
    expect(scripts[0]?.reason).toBe('It has 55 MB; more than 4 MB are not read.');
  });

  test('gives up on a hostile file after two seconds with a reason', async () => {
    write('hostile.py', `import keras\n${'def f():\n  f(f(1))\n'.repeat(200_000)}`);
    const start = performance.now();
    const [script] = await scan({ all: true });
    expect(script?.reason).toBe('Reading it took too long, so it was given up.');
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test.skipIf(process.getuid?.() === 0)('reports a file that it may not read, and goes on', async () => {
    write('secret.py', TRAINS);
    write('train.py', TRAINS);
    chmodSync(join(folder, 'secret.py'), 0);
    expect((await scan({ all: true })).map((script) => script.reason)).toContain('It cannot be read: permission is denied.');
  });
});

describe('scanning one file', () => {
  test('gives its absolute path where it lies outside the folder', async () => {
    write('other/train.py', TRAINS);
    const path = join(folder, 'other', 'train.py');
    expect((await scan({ folder: join(folder, 'inner'), path })).map((script) => script.path)).toEqual([path]);
  });

  test('answers within 20 ms once it is warm', async () => {
    write('train.py', TRAINS);
    const path = join(folder, 'train.py');
    const times: number[] = [];
    for (let round = 0; round < 15; round++) {
      const start = performance.now();
      await scan({ path });
      times.push(performance.now() - start);
    }
    expect(times.slice(3).sort((a, b) => a - b)[6]).toBeLessThan(20);
  });

  test('that is not there ends in a sentence', async () => {
    await expect(scan({ path: join(folder, 'gone.py') })).rejects.toThrow(/There is no file or folder .*gone\.py/u);
  });
});

test('an abort ends the scan as cancelled, and the next scan works', async () => {
  for (let index = 0; index < 300; index++) write(`part${index % 7}/script${index}.py`, TRAINS);
  const controller = new AbortController();
  const cancelled = async (): Promise<void> => {
    for await (const _ of scanner.scan({ folder }, controller.signal)) controller.abort();
  };
  await expect(cancelled()).rejects.toMatchObject({ code: 'cancelled' });
  expect(await scan()).toHaveLength(300);
});
