import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Comparison } from '../../../src/core/study/compareRuns.ts';
import { documentOf, hone, makeProject, testPython, type HoneResult } from './honeProcess.ts';

const SCRIPT = `
import sys
from pathlib import Path
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score

X, y = load_iris(return_X_y=True)
model = LogisticRegression(C=1.0, max_iter=200)
model.fit(X[::2], y[::2])
Path("out").mkdir(exist_ok=True)
Path("out/model.txt").write_text(" ".join(sys.argv[1:]))
print(accuracy_score(y[1::2], model.predict(X[1::2])))
`;
const json = (result: HoneResult): unknown => JSON.parse(result.stdout);

describe.skipIf(testPython === undefined)('looking back at runs', () => {
  let folder: string;
  const run = (...args: readonly string[]): Promise<HoneResult> => hone(folder, ...args);
  const train = (...args: readonly string[]): Promise<HoneResult> => run('train', '--json', ...args);

  beforeAll(async () => {
    folder = makeProject({ 'iris.py': SCRIPT, 'other.py': SCRIPT });
    await train('iris.py', '--runtime', 'local', '--name', 'first', '--set', 'C=0.5', '--', '--data', 'x y');
  });

  test('repeats one with its script, arguments and values, and with others where they are given', async () => {
    const again = documentOf(await train('--again', 'iris-1'));
    expect(again).toMatchObject({ script: 'iris.py', runtime: 'local', name: null });
    expect(again.trials[0]?.hyperparameters).toEqual({ 'LogisticRegression.C': 0.5 });
    const artifact = join(folder, '.hone/studies', again.study, 'trials/0/artifacts/out/model.txt');
    expect(readFileSync(artifact, 'utf8')).toBe('--data x y');
    const changed = documentOf(await train('--again', 'iris-1:0', '--set', 'C=0.01', '--', 'z'));
    expect(changed.trials[0]?.hyperparameters).toEqual({ 'LogisticRegression.C': 0.01 });
    expect((await train('--again', 'iris-11')).stderr).toMatch(/no study iris-11.*Did you mean iris-1\?/s);
    expect((await train('--again', 'iris-1:5')).stderr).toMatch(/has no trial 5/);
  });

  test('compares two: settings, values and the source as it ran', async () => {
    writeFileSync(join(folder, 'iris.py'), SCRIPT.replace('max_iter=200', 'max_iter=300'));
    const { study } = documentOf(await train('iris.py', '--runtime', 'local'));
    const comparison = json(await run('compare', 'iris-1', study, '--json')) as Comparison;
    expect(comparison.runs.map(({ name }) => name)).toEqual(['first', null]);
    expect(comparison.differences).toContainEqual({
      section: 'hyperparameters',
      name: 'LogisticRegression.C',
      values: ['0.5', null],
    });
    expect(comparison.differences).toContainEqual({ section: 'settings', name: 'arguments', values: ['--data x y', null] });
    expect(comparison.files).toHaveLength(1);
    expect(comparison.files[0]?.diff).toContain(
      '-model = LogisticRegression(C=0.5, max_iter=200)\n+model = LogisticRegression(C=1.0, max_iter=300)\n',
    );
    expect((await run('compare', 'iris-1', study)).stdout).toMatch(/LogisticRegression\.C +0\.5 +as in the code/);
  });

  test('names one and notes something about it', async () => {
    await run('rename', 'iris-1', 'the best');
    await run('note', 'iris-1', 'on half of the rows');
    expect(json(await run('show', 'iris-1', '--json'))).toMatchObject({ name: 'the best', note: 'on half of the rows' });
    expect((await run('studies')).stdout).toMatch(/iris-1 .*the best +on half of the rows/);
    await run('rename', 'iris-1');
    expect(json(await run('show', 'iris-1', '--json'))).toMatchObject({ name: null, note: 'on half of the rows' });
  });

  test('saves what one wrote, and replaces nothing unasked', async () => {
    expect(json(await run('save', 'iris-1', '--json'))).toMatchObject({ target: folder, saved: ['out/model.txt'], existing: [] });
    expect(readFileSync(join(folder, 'out/model.txt'), 'utf8')).toBe('--data x y');
    writeFileSync(join(folder, 'out/model.txt'), 'mine');
    const refused = await run('save', 'iris-1');
    expect(refused.code).toBe(1);
    expect(refused.stdout).toMatch(/a file is there already: out\/model\.txt\. --overwrite/);
    expect(readFileSync(join(folder, 'out/model.txt'), 'utf8')).toBe('mine');
    expect((await run('save', 'iris-1', '--overwrite')).code).toBe(0);
    expect(readFileSync(join(folder, 'out/model.txt'), 'utf8')).toBe('--data x y');
  });
});
