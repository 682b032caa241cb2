import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentOf, hone, makeProject, testPython } from './honeProcess.ts';

const SCRIPT = [
  '\uFEFFfrom sklearn.datasets import load_iris',
  'from sklearn.svm import SVC',
  'from settings import C',
  'X, y = load_iris(return_X_y=True)',
  "model = SVC(C=C, kernel='rbf', gamma=0.5)",
  'model.fit(X, y)',
  "print('used', model.C, model.kernel, model.gamma)",
  "print('accuracy', model.score(X, y))",
  '',
].join('\r\n');
const FILES = { 'train.py': SCRIPT, 'settings.py': 'C = 1.0\n' };
const local = ['--runtime', 'local'] as const;

describe('the space of a script', () => {
  test('is one document, with ranges of the text as it is written', async () => {
    const folder = makeProject(FILES);
    const result = await hone(folder, 'space', '--json');
    expect(result.code, result.stderr).toBe(0);
    const space = JSON.parse(result.stdout) as { hyperparameters: { id: string; path: string; start: number; end: number }[] };
    expect(space).toMatchObject({ version: 1, script: 'train.py' });
    expect(space.hyperparameters.map(({ id }) => id)).toEqual(['SVC.C', 'SVC.kernel', 'SVC.gamma']);
    const written = space.hyperparameters.map(({ path, start, end }) =>
      readFileSync(join(folder, path), 'utf8')
        .replace(/^\uFEFF/u, '')
        .slice(start, end),
    );
    expect(written).toEqual(['1.0', "'rbf'", '0.5']);
  });

  test('is as the arguments leave it: typed ones win over those of hone.yaml', async () => {
    const script = [
      'import argparse',
      'from sklearn.svm import SVC',
      'p = argparse.ArgumentParser()',
      "p.add_argument('--c', type=float, default=1.0)",
      "p.add_argument('--gamma', type=float, default=0.5)",
      'a = p.parse_args()',
      'SVC(C=a.c, gamma=a.gamma).fit([[0], [1]], [0, 1])',
      '',
    ].join('\n');
    const folder = makeProject({ 'train.py': script, 'hone.yaml': "args: ['--c', '2']\n" });
    const offered = async (...args: string[]): Promise<string[]> => {
      const result = await hone(folder, 'space', '--json', ...args);
      expect(result.code, result.stderr).toBe(0);
      return (JSON.parse(result.stdout) as { hyperparameters: { id: string }[] }).hyperparameters.map(({ id }) => id);
    };
    expect(await offered()).toEqual(['SVC.gamma']);
    expect(await offered('train.py', '--', '--gamma', '3')).toEqual(['SVC.C']);
  });

  test('that has nothing to tune says why, with the line of a syntax error', async () => {
    const broken =
      'from sklearn.linear_model import LinearRegression\nX, y = [[1], [2]], [1, 2]\nLinearRegression().fit(X, y)\nprint((\n';
    const result = await hone(makeProject({ 'broken.py': broken }), 'space', 'broken.py');
    expect(result.code, result.stderr).toBe(0);
    expect(result.stderr).toMatch(/Nothing in broken\.py can be tuned\. .*line 4 has a syntax error/u);
  });
});

describe.skipIf(testPython === undefined)('values set for a run', () => {
  test('reach the script, and no file of the user changes', async () => {
    const folder = makeProject(FILES);
    const result = await hone(folder, 'train', '--json', ...local, '--set', 'C=3', '--set', 'SVC.kernel=linear');
    expect(result.code, result.stderr).toBe(0);
    const document = documentOf(result);
    expect(document.trials).toMatchObject([{ state: 'complete', hyperparameters: { 'SVC.C': 3, 'SVC.kernel': 'linear' } }]);
    expect((await hone(folder, 'logs', document.study)).stdout).toContain('used 3.0 linear 0.5');
    for (const [name, text] of Object.entries(FILES)) expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  });

  test.each([
    ['an unknown name', 'gama=1', /no hyperparameter gama.*gamma/su],
    ['a value of another kind', 'gamma=high', /SVC\.gamma is a number/u],
  ])('are refused for %s before anything starts', async (_, setting, message) => {
    const folder = makeProject(FILES);
    const result = await hone(folder, 'train', ...local, '--set', setting);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(message);
    expect(documentOf(await hone(folder, 'studies', '--json'))).toMatchObject({ studies: [] });
  });
});
