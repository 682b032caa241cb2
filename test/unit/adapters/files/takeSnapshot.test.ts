import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeSnapshot } from '../../../../src/adapters/files/takeSnapshot.ts';

const NONE = { outputs: [], data: [] };
let root: string;
let destination: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hone-snapshot-'));
  destination = mkdtempSync(join(tmpdir(), 'hone-source-'));
});
afterEach(() => [root, destination].forEach((path) => rmSync(path, { recursive: true })));

function write(files: Readonly<Record<string, string | number>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'number' ? Buffer.alloc(content) : content);
  }
}

describe('a snapshot', () => {
  test('copies code and configuration, links data, and takes a folder of data as one', async () => {
    write({
      'train.py': 'x\r\n',
      'pkg/net.py': 'y',
      'conf/a.yaml': 'k: 1',
      'train.csv': '1,2',
      'data/a.png': 'p',
      'data/deep/b.png': 'q',
      'pkg/w.npy': 'w',
    });
    const snapshot = await takeSnapshot(root, destination, NONE);
    expect(snapshot.files.map((file) => file.path)).toEqual(['conf/a.yaml', 'pkg/net.py', 'train.py']);
    expect(snapshot.links).toEqual([
      { path: 'data', directory: true },
      { path: 'pkg/w.npy', directory: false },
      { path: 'train.csv', directory: false },
    ]);
    expect(readFileSync(join(destination, 'train.py'), 'utf8')).toBe('x\r\n');
  });

  test('takes a folder of very many texts without code for data, however deep it lies', async () => {
    const labels = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`data/labels/${index}.txt`, '']));
    write({ 'train.py': '', 'notes.txt': '', ...labels });
    const snapshot = await takeSnapshot(root, destination, NONE);
    expect(snapshot.files.map((file) => file.path)).toEqual(['notes.txt', 'train.py']);
    expect(snapshot.links).toEqual([{ path: 'data', directory: true }]);
  });

  test('never sees repositories, studies, environments and caches', async () => {
    write({
      'a.py': '',
      '.git/config': 'c',
      '.hone/studies/x/plan.json': '{}',
      'env/pyvenv.cfg': '',
      'env/lib/b.py': '',
      'node_modules/m.py': '',
      '__pycache__/a.pyc': '',
    });
    const snapshot = await takeSnapshot(root, destination, NONE);
    expect(snapshot).toMatchObject({ files: [{ path: 'a.py' }], links: [] });
  });

  test('leaves results of earlier runs out', async () => {
    write({ 'a.py': '', 'cnn/b.py': '', 'cnn/accuracy.txt': '0.9', 'out/model.h5': 'm' });
    const snapshot = await takeSnapshot(root, destination, { ...NONE, outputs: ['out'] });
    expect(snapshot.files.map((file) => file.path)).toEqual(['a.py', 'cnn/b.py']);
    expect(snapshot.links).toEqual([]);
  });

  test('links configuration that is too large to be any', async () => {
    write({ 'a.py': '', 'labels.json': 1_000_001 });
    expect((await takeSnapshot(root, destination, NONE)).links).toEqual([{ path: 'labels.json', directory: false }]);
  });

  test('keeps links that stay inside and drops those that lead out', async () => {
    write({ 'a.py': '', 'data/x.bin': 'x' });
    symlinkSync('data', join(root, 'inside'));
    symlinkSync('/etc', join(root, 'outside'));
    symlinkSync('nowhere', join(root, 'broken'));
    const { links, leftOut } = await takeSnapshot(root, destination, NONE);
    expect(leftOut).toEqual(['outside']);
    expect((await takeSnapshot(root, destination, { ...NONE, data: ['/etc'] })).links).toContainEqual({
      path: 'outside',
      directory: true,
    });
    expect(links).toEqual([
      { path: 'data', directory: true },
      { path: 'inside', directory: true },
    ]);
  });
});
