import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readJournalFile } from '../../../src/adapters/files/JournalFile.ts';
import { documentOf, hasDocker, hone, testPython } from './honeProcess.ts';

/** Fills the disk, then measures more than what is left of it can hold. */
const SCRIPT = `
import time
from sklearn.datasets import load_iris
from sklearn.metrics import accuracy_score
from sklearn.svm import SVC

X, y = load_iris(return_X_y=True)
model = SVC().fit(X, y)
with open("big.bin", "wb", buffering=0) as stream:
    try:
        while True:
            stream.write(b"x" * 1000)
    except OSError as error:
        print(error, flush=True)
    for _ in range(200):
        print(accuracy_score(y, model.predict(X)), flush=True)
        time.sleep(0.01)
`;

/** A small disk of its own: only root can mount one. */
const folder = mkdtempSync(join(tmpdir(), 'hone-disk-'));
const canMount = process.platform === 'linux' && process.getuid?.() === 0;
const runtimes = [...(hasDocker ? ['docker'] : []), ...(testPython === undefined ? [] : ['local'])];

describe.skipIf(!canMount).each(runtimes)('a disk that fills in the %s runtime', (runtime) => {
  beforeAll(() => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=30m', 'tmpfs', folder]);
    writeFileSync(join(folder, 'train.py'), SCRIPT);
  });
  afterAll(() => {
    execFileSync('umount', ['-l', folder]);
  });

  test('ends the run with the reason, and leaves its journal whole', { timeout: 300_000 }, async () => {
    const result = await hone(folder, 'train', '--runtime', runtime, '--json');
    const document = documentOf(result);
    expect(document, result.stderr).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/^The disk is full: .*Free some space/),
    });
    expect(document.trials).toMatchObject([{ state: 'failed', reason: expect.stringMatching(/^The disk is full/) }]);
    const { events, damage } = readJournalFile(join(folder, '.hone/studies', document.study, 'journal.jsonl'));
    expect(damage).toBeNull();
    expect(events.filter(({ type }) => type === 'trial-ended')).toHaveLength(1);
    expect(events.at(-1)?.type).toBe('study-ended');
  });

  test('is said before another run begins', { timeout: 60_000 }, async () => {
    const { code, stderr } = await hone(folder, 'train', '--runtime', runtime);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/Only \d+ MB are free on the disk of .*hone clean/)]);
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));
