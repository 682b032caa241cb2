import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentOf, hone, makeProject, startHone, testPython } from './honeProcess.ts';

const IRIS = `
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

X, y = load_iris(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LogisticRegression(C=1.0, max_iter=200)
model.fit(X_train, y_train)
print("äöü", accuracy_score(y_test, model.predict(X_test)))
`;
const SLOW = `${IRIS}\nimport time\nprint("sleeping", flush=True)\ntime.sleep(60)\n`;
const local = ['--runtime', 'local'] as const;

function digest(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('.hone'))
    .sort();
  const hash = createHash('sha256');
  for (const name of names) hash.update(name).update(name.includes('.') ? readFileSync(join(folder, name)) : '');
  return hash.digest('hex');
}

describe.skipIf(testPython === undefined)('a run in the local interpreter', () => {
  test('prints the fixed JSON with the accuracy on the test data, and changes no file of the user', async () => {
    const folder = makeProject({ 'iris.py': IRIS });
    const before = digest(folder);
    const result = await hone(folder, 'train', '--json', ...local);
    expect(result.code, result.stderr).toBe(0);
    const document = documentOf(result);
    expect(document).toMatchObject({
      version: 1,
      study: 'iris-1',
      script: 'iris.py',
      runtime: 'local',
      state: 'complete',
      metric: { name: 'accuracy', data: 'test', source: 'hook', direction: 'maximize' },
      target: null,
      trials: [{ number: 0, state: 'complete', hyperparameters: {}, repeats: 0 }],
    });
    expect(document.baseline).toBeGreaterThan(0.9);
    expect(document.best).toMatchObject({ trial: 0, value: document.baseline, confirmed: null });
    expect(digest(folder)).toBe(before);
    expect(readFileSync(join(folder, '.hone/.gitignore'), 'utf8')).toBe('*\n');
  });

  test('is listed, shown, its output kept, and deleted', async () => {
    const folder = makeProject({ 'iris.py': IRIS });
    await hone(folder, 'train', ...local);
    expect((await hone(folder, 'studies')).stdout).toMatch(
      /iris-1 +97\.4 % accuracy on test data +iris\.py +20\d\d-\d\d-\d\d \d\d:\d\d/,
    );
    expect(documentOf(await hone(folder, 'show', 'iris-1', '--json')).state).toBe('complete');
    expect((await hone(folder, 'logs', 'iris-1')).stdout).toMatch(/^äöü 0\.97/);
    expect((await hone(folder, 'delete', 'iris-1')).code).toBe(0);
    expect(readdirSync(join(folder, '.hone/studies'))).toEqual([]);
    expect((await hone(folder, 'show', 'iris-1')).code).toBe(2);
  });

  test('that is interrupted from the keyboard ends cancelled, with exit code 130, within two seconds', async () => {
    const folder = makeProject({ 'slow.py': SLOW });
    const run = startHone(folder, ['train', '--json', ...local]);
    await expect.poll(run.stderr, { timeout: 20_000 }).toContain('sleeping');
    const asked = performance.now();
    run.child.kill('SIGINT');
    const result = await run.done;
    expect(performance.now() - asked).toBeLessThan(2000);
    expect(result.code).toBe(130);
    expect(documentOf(result)).toMatchObject({ state: 'cancelled', trials: [{ state: 'cancelled' }] });
  });

  test('goes on when its face is ended, and can be cancelled by another', async () => {
    const folder = makeProject({ 'slow.py': SLOW });
    const run = startHone(folder, ['train', ...local]);
    await expect.poll(run.stderr, { timeout: 20_000 }).toContain('sleeping');
    run.child.kill('SIGTERM');
    expect((await run.done).stderr).toContain('slow-1 goes on');
    expect(documentOf(await hone(folder, 'show', 'slow-1', '--json')).state).toBe('running');
    expect((await hone(folder, 'delete', 'slow-1')).stderr).toContain('still runs');
    expect(documentOf(await hone(folder, 'cancel', 'slow-1', '--json')).state).toBe('cancelled');
    expect(documentOf(await hone(folder, 'show', 'slow-1', '--json')).state).toBe('cancelled');
  });

  test('starts in the folder where the paths of the script are', async () => {
    const script = `${IRIS}\nimport os\nassert open("data/rows.csv").read() == "1", os.getcwd()\n`;
    const folder = makeProject({ 'src/iris.py': script, 'data/rows.csv': '1', 'own/iris.py': script, 'own/data/rows.csv': '1' });
    for (const path of ['src/iris.py', 'own/iris.py']) {
      const result = await hone(folder, 'train', path, ...local);
      expect(result.code, result.stderr).toBe(0);
    }
  });

  test('obeys the hone.yaml that is nearest to the script, and keeps a name', async () => {
    const files = { 'deep/inside/iris.py': IRIS, 'deep/hone.yaml': 'target: 99.9\n', 'hone.yaml': 'target: 1\n' };
    const folder = makeProject(files);
    const result = await hone(folder, 'train', 'deep/inside/iris.py', '--json', '--name', 'my first', ...local);
    expect(result.code, result.stderr).toBe(3);
    expect(documentOf(result)).toMatchObject({ name: 'my first', target: 0.999, script: 'deep/inside/iris.py' });
    expect((await hone(folder, 'studies')).stdout).toContain('my first');
  });

  test('never takes a target for reached on the training data', async () => {
    const script = IRIS.replace('accuracy_score(y_test, model.predict(X_test))', 'model.score(X_train, y_train)');
    const folder = makeProject({ 'iris.py': script, 'hone.yaml': 'target: 0.5\n' });
    const result = await hone(folder, 'train', '--json', ...local);
    expect(result.code).toBe(3);
    expect(documentOf(result)).toMatchObject({ state: 'target-missed', reason: expect.stringContaining('training data') });
  });

  test('passes arguments on, and reads its target from hone.yaml', async () => {
    const files = {
      'iris.py': `import sys\nassert sys.argv[1:] == ["--n", "two words"], sys.argv\n${IRIS}`,
      'hone.yaml': 'target: 99.9\n',
    };
    const folder = makeProject(files);
    const result = await hone(folder, 'train', '--json', ...local, 'iris.py', '--', '--n', 'two words');
    expect(result.code, result.stderr).toBe(3);
    expect(documentOf(result)).toMatchObject({ state: 'target-missed', target: 0.999 });
    expect((await hone(folder, 'train', ...local)).stderr).toContain('AssertionError');
    expect((await hone(folder, 'train', ...local, '--', '--n', 'two words')).code).toBe(3);
  });
});

describe.skipIf(testPython === undefined)('bad input is answered in one sentence', () => {
  const cases: readonly [string, Readonly<Record<string, string | Uint8Array>>, readonly string[], number, RegExp][] = [
    ['no script', { 'a.py': 'print(1)', 'b.py': '' }, [], 2, /^hone: Nothing in .* trains\./m],
    ['one that does not train', { 'a.py': 'print(1)' }, [], 2, /^hone: a\.py does not train: /m],
    ['several scripts', { 'a.py': IRIS, 'b.py': IRIS }, [], 2, /^hone: Several scripts train here: a\.py, b\.py\. Name one/m],
    ['a script that does not exist', {}, ['nope.py'], 2, /nope\.py does not exist/],
    ['a syntax error', { 'a.py': `${IRIS}\ndef (:\n` }, ['a.py'], 1, /line 1[34]|SyntaxError/],
    ['a package that is not installed', { 'a.py': `import nosuchpackage\n${IRIS}` }, [], 1, /nosuchpackage.*not installed/],
    ['a script that raises', { 'a.py': `${IRIS}\nraise ValueError("no rows")\n` }, [], 1, /ValueError: no rows/],
    [
      'an unknown key in hone.yaml',
      { 'a.py': IRIS, 'hone.yaml': 'targt: 0.9\n' },
      [],
      2,
      /hone\.yaml, line 1: Unknown key "targt"; did you mean "target"\?/,
    ],
    ['an unknown study', {}, ['--'], 2, /Nothing in/],
    [
      'a required argument that is missing',
      {
        'a.py': `import argparse\np = argparse.ArgumentParser()\np.add_argument("--data", required=True)\np.parse_args()\n${IRIS}`,
      },
      [],
      1,
      /The script needs --data: add `-- --data VALUE` to the command, or `args` to hone\.yaml\./,
    ],
    ['Python 2', { 'a.py': `${IRIS}\nprint "done"\n` }, [], 1, /Python 2/],
    ['an image that is no option', { 'a.py': IRIS }, ['--runtime', 'cloud'], 2, /Allowed choices are auto, docker, local/],
  ];
  test.each(cases)('%s', async (_, files, args, code, sentence) => {
    const folder = makeProject(files);
    const result = await hone(folder, 'train', ...(args.includes('--runtime') ? [] : local), ...args);
    expect(result.stderr).toMatch(sentence);
    expect(result.stderr).not.toMatch(/^\s+at /m);
    expect(result.code).toBe(code);
    if (code === 2) expect(existsSync(join(folder, '.hone'))).toBe(false);
  });

  test('no metric, and a metric that is not a number, are complete runs that say so', async () => {
    const folder = makeProject({
      'a.py': IRIS.replace(/^print.*$/m, ''),
      'b.py': `${IRIS.replace(/^print.*$/m, '')}\nprint("accuracy: nan")\n`,
    });
    for (const script of ['a.py', 'b.py']) {
      const result = await hone(folder, 'train', script, '--json', ...local);
      expect(result.code, result.stderr).toBe(0);
      expect(documentOf(result)).toMatchObject({
        state: 'complete',
        baseline: null,
        trials: [{ value: null, reason: expect.any(String) }],
      });
    }
  });

  test('an unknown study is answered with the nearest one', async () => {
    const folder = makeProject({ '.hone/studies/iris-1/plan.json': '{}' });
    const result = await hone(folder, 'show', 'irs-1');
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain('Did you mean iris-1?');
    const json = await hone(folder, 'show', 'irs-1', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ version: 1, error: { code: 'not-found', next: 'Did you mean iris-1?' } });
  });

  test('Docker that is absent is named, with what to do', async () => {
    const folder = makeProject({ 'a.py': IRIS });
    const result = await startHone(folder, ['train', '--runtime', 'docker'], {
      HONE_DOCKER_HOST: 'unix:///nonexistent/docker.sock',
    }).done;
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/^hone: .*Docker/m);
    expect(existsSync(join(folder, '.hone'))).toBe(false);
  });
});
