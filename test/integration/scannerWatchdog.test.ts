import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WorkerScriptScanner } from '../../src/adapters/scanner/WorkerScriptScanner.ts';

// A worker that keeps to the protocol of the real one, hangs at hang*.py and dies at die*.py.
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
const { readdirSync } = require('node:fs');
const { join } = require('node:path');
parentPort.on('message', (message) => {
  const { type, id } = message;
  if (type === 'walk') {
    parentPort.postMessage({ type: 'files', id, files: readdirSync(message.path).sort().map((name) => join(message.path, name)), unreadable: [] });
    parentPort.postMessage({ type: 'walked', id });
  }
  if (type !== 'read') return;
  Atomics.store(workerData.progress, 0, message.number);
  const scripts = message.files.map((path, index) => {
    Atomics.store(workerData.progress, 1, index);
    if (/die\\d*\\.py$/.test(path)) throw new Error('died');
    while (/hang\\d*\\.py$/.test(path));
    return { path: path.split('/').at(-1), reason: 'read' };
  });
  parentPort.postMessage({ type: 'scripts', id, number: message.number, files: message.files.length, scripts });
});
`;

let folder: string;
let program: string;
let scanner: WorkerScriptScanner;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hone-watchdog-'));
  program = mkdtempSync(join(tmpdir(), 'hone-worker-'));
  const worker = join(program, 'worker.cjs');
  writeFileSync(worker, WORKER);
  scanner = new WorkerScriptScanner({ worker, runtimeWasm: '', pythonWasm: '' }, { stuckAfterMs: 1000 });
});

afterEach(() => {
  scanner.dispose();
  for (const made of [folder, program]) rmSync(made, { recursive: true, force: true });
});

async function scan(): Promise<Map<string, string>> {
  const reasons: [string, string][] = [];
  for await (const { path, reason } of scanner.scan({ folder, all: true }, new AbortController().signal))
    reasons.push([path, reason]);
  expect(new Set(reasons.map(([path]) => path)).size).toBe(reasons.length);
  return new Map(reasons);
}

function write(names: readonly string[]): void {
  for (const name of names) writeFileSync(join(folder, name), '');
}

const plain = Array.from({ length: 200 }, (_, index) => `plain${index}.py`);

test('a file at which a thread hangs is given up, and all others are read once', async () => {
  write([...plain, 'hang.py']);
  const reasons = await scan();
  expect(reasons.get('hang.py')).toBe('Reading it took too long, so it was given up.');
  expect(reasons.size).toBe(201);
  expect([...reasons.values()].filter((reason) => reason === 'read')).toHaveLength(200);
});

test('a file at which a thread dies is given up, and all others are read once', async () => {
  write([...plain, 'die1.py', 'die2.py']);
  const reasons = await scan();
  expect(reasons.get('die1.py')).toBe('Reading it failed, so it was given up.');
  expect(reasons.size).toBe(202);
});

test('where threads die at every file, the scan fails instead of starting threads without end', async () => {
  write(Array.from({ length: 60 }, (_, index) => `die${index}.py`));
  await expect(scan()).rejects.toThrow('Reading the files failed.');
});

test('a thread that cannot start fails the scan', async () => {
  write(plain);
  scanner.dispose();
  scanner = new WorkerScriptScanner({ worker: join(folder, 'absent.cjs'), runtimeWasm: '', pythonWasm: '' });
  await expect(scan()).rejects.toThrow('Reading the files failed.');
});
