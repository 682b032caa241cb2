import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentOf, hasDocker, hone, makeProject, startHone, testPython, type HoneResult } from './honeProcess.ts';
import { eventsOf, expectSoundJournal, LOCAL, OUT_OF_REACH, TREE, treeWith } from './tunedProject.ts';

const NOTHING_TO_TUNE = TREE.replace(/\(max_depth.*\)/, '()').replace('random_state=0', 'test_size=None');
const REGRESSION = `
from sklearn.datasets import load_diabetes
from sklearn.metrics import METRIC
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeRegressor

X_train, X_test, y_train, y_test = train_test_split(*load_diabetes(return_X_y=True), random_state=0)
model = DecisionTreeRegressor(max_depth=10, random_state=0).fit(X_train, y_train)
print(METRIC(y_test, model.predict(X_test)))
`;

function tune(folder: string, ...args: readonly string[]): Promise<HoneResult> {
  return hone(folder, 'tune', ...(args.includes('--target') ? [] : OUT_OF_REACH), '--study', 'bad', ...LOCAL, ...args);
}

describe.skipIf(testPython === undefined)('a study that cannot begin is answered in one sentence', () => {
  const cases: readonly [string, Readonly<Record<string, string>>, readonly string[], RegExp][] = [
    [
      'a target that no accuracy has',
      {},
      ['--target', '101'],
      /^hone: 101 is no target for accuracy\. Write it as 95, 95% or 0\.95\./m,
    ],
    ['a target that is no number', {}, ['--target', 'high'], /^hone: high is no target for accuracy\./m],
    ['no trials', {}, ['--trials', '0'], /^hone: --trials 0 is no whole number from 1\./m],
    [
      'nothing to tune',
      { 'train.py': NOTHING_TO_TUNE },
      [],
      /^hone: Nothing in train\.py can be tuned\. `hone space train\.py`/m,
    ],
    [
      'a range of an unknown hyperparameter',
      { 'hone.yaml': 'space:\n  max_dept: {low: 1, high: 9}\n' },
      [],
      /^hone: .*hone\.yaml names max_dept, which train\.py does not have\. Did you mean max_depth\?/m,
    ],
    [
      'a candidate of an unknown hyperparameter',
      { 'hone.yaml': 'strategy: candidates\ncandidates:\n  - {max_dept: 3}\n' },
      [],
      /^hone: .*no hyperparameter max_dept.*Did you mean max_depth\?/m,
    ],
    ['candidates that are not listed', {}, ['--strategy', 'candidates'], /^hone: The strategy `candidates` has no candidates\./m],
    ['a tweak script that is not named', {}, ['--strategy', 'script'], /^hone: The strategy `script` has no script\./m],
    ['a tweak script that does not exist', { 'hone.yaml': 'tweak: nope.py\n' }, [], /^hone: .*nope\.py.* does not exist/m],
  ];
  test.each(cases)('%s', async (_, files, args, sentence) => {
    const folder = makeProject({ 'train.py': TREE, ...files });
    const result = await tune(folder, 'train.py', ...args);
    expect(result.stderr).toMatch(sentence);
    expect(result.code).toBe(2);
    expect(existsSync(join(folder, '.hone'))).toBe(false);
  });
});

describe.skipIf(testPython === undefined)('a study', () => {
  test('of which the baseline fails ends with its reason', async () => {
    const folder = makeProject({ 'train.py': treeWith('raise ValueError("no rows")') });
    const result = await tune(folder, '--json');
    expect(result.code).toBe(1);
    expect(documentOf(result)).toMatchObject({
      state: 'failed',
      best: null,
      reason: expect.stringContaining('ValueError in train.py, line 11: no rows'),
    });
    expect(documentOf(result).trials).toHaveLength(1);
  });

  test('of which all trials fail gives up after five, with the cause', async () => {
    const script = treeWith(
      'if (model.max_depth, model.min_samples_leaf, model.min_samples_split) != (1, 1, 2): raise ValueError("not mine")',
    );
    const folder = makeProject({ 'train.py': script });
    const result = await tune(folder, '--json');
    expect(result.code).toBe(1);
    const document = documentOf(result);
    expect(document.reason).toMatch(/^The first 5 trials all failed, each time with: ValueError in train\.py, line 11: not mine/);
    expect(document.trials).toHaveLength(6);
    expect(document.best).toMatchObject({ trial: 0, value: document.baseline });
    expectSoundJournal(folder, 'bad');
  });

  test('of a script without a metric says how to report one', async () => {
    const folder = makeProject({ 'train.py': TREE.replace(/print.*/, '') });
    const result = await tune(folder);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('The script reported no metric: print one');
  });

  test('stops a trial that never ends, and goes on', async () => {
    const script = treeWith('while model.get_depth() == 2: pass');
    const folder = makeProject({ 'train.py': script, 'hone.yaml': 'limits: {trial_minutes: 0.1}\n' });
    const document = documentOf(await tune(folder, '--trials', '3', '--json'));
    expect(document.trials).toMatchObject([
      { state: 'complete' },
      {
        state: 'failed',
        reason: expect.stringContaining('time limit of 6 seconds'),
        hyperparameters: { 'DecisionTreeClassifier.max_depth': 2 },
      },
      { state: 'complete' },
    ]);
    expect(document.best?.trial).toBe(2);
  });

  test('keeps the files of the baseline and of the best three trials alone', async () => {
    const folder = makeProject({ 'train.py': treeWith('open("model.bin", "wb").write(bytes(100_000))') });
    const result = await tune(folder, '--trials', '7');
    expect(result.stderr).toContain('only those of the baseline and of the best three are kept');
    const trials = join(folder, '.hone/studies/bad/trials');
    const kept = readdirSync(trials).filter((trial) => existsSync(join(trials, trial, 'artifacts/model.bin')));
    expect(kept).toHaveLength(4);
    expect(kept).toContain('0');
    const { trials: told, best } = documentOf(await hone(folder, 'show', 'bad', '--json'));
    const telling = told.filter((trial) => trial.artifacts.length > 0).map(({ number }) => String(number));
    expect(telling.toSorted()).toEqual(kept.toSorted());
    expect(kept).toContain(String(best?.trial));
  });

  test('runs what the script was when it began, and applies to what it is by then', async () => {
    const script = treeWith('import time', 'time.sleep(0.3)');
    const folder = makeProject({
      'train.py': script,
      'hone.yaml': 'strategy: candidates\ncandidates:\n  - {max_depth: 2}\n  - {max_depth: 3}\n',
    });
    const run = startHone(folder, ['tune', ...OUT_OF_REACH, '--study', 'bad', '--json', ...LOCAL]);
    await expect.poll(() => eventsOf(folder, 'bad', 'trial-started').length, { timeout: 20_000 }).toBeGreaterThan(0);
    const edited = `raise SystemExit("edited")\n${script}`;
    writeFileSync(join(folder, 'train.py'), edited);
    const document = documentOf(await run.done);
    expect(document.trials.map(({ state }) => state)).toEqual(['complete', 'complete', 'complete']);
    expect(readFileSync(join(folder, 'train.py'), 'utf8')).toBe(edited);
    expect((await hone(folder, 'apply', 'bad')).code).toBe(0);
    expect(readFileSync(join(folder, 'train.py'), 'utf8')).toBe(edited.replace('max_depth=1', 'max_depth=3'));
  });

  test.each([
    ['mean_squared_error', 'minimize', '1000'],
    ['r2_score', 'maximize', '0.9'],
  ] as const)('of a regression goes by %s', async (metric, direction, target) => {
    const folder = makeProject({ 'train.py': REGRESSION.replaceAll('METRIC', metric) });
    const result = await tune(folder, '--target', target, '--trials', '4', '--json');
    expect(result.code, result.stderr).toBe(3);
    const { best, baseline, metric: found } = documentOf(result);
    expect(found).toMatchObject({ direction, data: 'test' });
    const gain = (best?.value ?? NaN) - (baseline ?? NaN);
    expect(direction === 'minimize' ? -gain : gain).toBeGreaterThan(0);
  });
});

describe.skipIf(testPython === undefined)('a tweak script', () => {
  const tweaked = (tweak: string): string =>
    makeProject({ 'train.py': TREE, 'tweak.py': tweak, 'hone.yaml': 'tweak: tweak.py\nlimits: {trial_minutes: 0.08}\n' });
  const deepen =
    'import sys\ntext = open(sys.argv[1]).read()\nassert "max_depth=1" in text, "too deep"\nopen(sys.argv[1], "w").write(text.replace("max_depth=1", "max_depth=3"))\n';

  test('that breaks the file costs one trial', async () => {
    const folder = tweaked('import sys\nopen(sys.argv[1], "w").write("def (:")\n');
    const result = await tune(folder, 'train.py', '--json');
    expect(result.code).toBe(3);
    expect(documentOf(result)).toMatchObject({
      best: { trial: 0 },
      trials: [{ state: 'complete' }, { state: 'failed', reason: expect.stringContaining('SyntaxError') }],
    });
    expect(readFileSync(join(folder, 'train.py'), 'utf8')).toBe(TREE);
  });

  test.each([
    ['fails', 'raise ValueError("bad tweak")\n', /^tweak\.py failed: ValueError in tweak\.py, line 1: bad tweak\./],
    ['never ends', 'while True: pass\n', /^tweak\.py failed: .*time limit/],
  ])('that %s at once ends the study with its reason', async (_, text, reason) => {
    const result = await tune(tweaked(text), 'train.py', '--json');
    expect(result.code).toBe(1);
    expect(documentOf(result)).toMatchObject({ state: 'failed', reason: expect.stringMatching(reason), best: { trial: 0 } });
  });

  test('that fails later ends the search, and what it found is kept', async () => {
    const result = await tune(tweaked(deepen), 'train.py', '--target', '0.8', '--trials', '5', '--json');
    expect(result.code, result.stderr).toBe(0);
    expect(documentOf(result)).toMatchObject({ state: 'target-reached', best: { trial: 1 } });
    const missed = await hone(tweaked(deepen), 'tune', 'train.py', ...OUT_OF_REACH, '--json', ...LOCAL);
    expect(missed.code, missed.stderr).toBe(3);
    expect(documentOf(missed)).toMatchObject({
      best: { trial: 1 },
      reason: expect.stringContaining('tweak.py failed: AssertionError'),
    });
  });
});

describe('packages of the project itself are imported by trials', () => {
  const split = 'from mine.rows import split\n\nX_train, X_test, y_train, y_test = split()\n';
  const rows = `${TREE.slice(0, TREE.indexOf('from sklearn.tree'))}
def split():
    return train_test_split(*load_iris(return_X_y=True), random_state=0)
`;
  const script = TREE.replace(/^X, y[^]*random_state=0\)\n(?=model =)/mu, split);
  const yaml = 'candidates:\n  - {max_depth: 3}\n';
  const bare = { 'train.py': script, 'src/mine/__init__.py': '', 'src/mine/rows.py': rows };
  test.each([
    ['env: PYTHONPATH', 'local', { ...bare, 'hone.yaml': `${yaml}env:\n  PYTHONPATH: src\n` }],
    [
      '-e . in requirements.txt',
      'local',
      { ...bare, 'hone.yaml': yaml, 'requirements.txt': '-e .\n', 'pyproject.toml': '[project]\nname = "mine"\nversion = "1"\n' },
    ],
    ['env: PYTHONPATH', 'docker', { ...bare, 'hone.yaml': `${yaml}env:\n  PYTHONPATH: src\n` }],
  ] as const)('by %s, %s', async (_, runtime, files) => {
    if (runtime === 'docker' ? !hasDocker : testPython === undefined) return;
    const folder = makeProject(files);
    const result = await hone(folder, 'tune', 'train.py', ...OUT_OF_REACH, '--trials', '2', '--json', '--runtime', runtime);
    expect(result.code, result.stderr).toBe(3);
    expect(documentOf(result).trials.map(({ state }) => state)).toEqual(['complete', 'complete']);
  });
});
