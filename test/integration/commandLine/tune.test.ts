import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { documentOf, hasDocker, hone, makeProject, startHone, testPython } from './honeProcess.ts';
import { eventsOf, expectSoundJournal, journalOf, LOCAL, OUT_OF_REACH, suggestionsOf, TREE, treeWith } from './tunedProject.ts';

const digits = fileURLToPath(new URL('../../../media/samples/digits-sklearn/train.py', import.meta.url));
/** Long enough to be steered while it runs. */
const SLOW = treeWith('import time', 'time.sleep(0.4)');

test.each([
  ['local', testPython !== undefined],
  ['docker', hasDocker],
] as const)('a sample is tuned past its target in %s, proved on fresh seeds', async (runtime, available) => {
  if (!available) return;
  const folder = makeProject({ 'train.py': readFileSync(digits) });
  const result = await hone(folder, 'tune', '--target', '0.95', '--json', '--runtime', runtime);
  expect(result.code, result.stderr).toBe(0);
  const document = documentOf(result);
  expect(document).toMatchObject({
    version: 1,
    script: 'train.py',
    runtime,
    state: 'target-reached',
    metric: { name: 'accuracy', data: 'test', source: 'hook', direction: 'maximize' },
    target: 0.95,
    reason: expect.stringContaining('Confirmed on'),
  });
  expect(document.baseline).toBeLessThan(0.9);
  expect(document.trials[0]).toMatchObject({ number: 0, state: 'complete', value: document.baseline, hyperparameters: {} });
  const { best } = document;
  expect(best?.confirmed?.low).toBeGreaterThanOrEqual(0.95);
  expect(best?.confirmed?.mean).toBeLessThanOrEqual(best?.confirmed?.high ?? 0);
  const trial = document.trials.find(({ number }) => number === best?.trial);
  expect(trial).toMatchObject({ value: best?.value, hyperparameters: best?.hyperparameters });
  expect(trial?.repeats).toBeGreaterThanOrEqual(best?.confirmed?.seeds ?? Infinity);
  expect(document.trials.length).toBeLessThanOrEqual(9);
  expect(documentOf(await hone(folder, 'show', document.study, '--json'))).toEqual(document);
  expectSoundJournal(folder, document.study);
  expect(readFileSync(join(folder, 'train.py'))).toEqual(readFileSync(digits));
});

describe.skipIf(testPython === undefined)('a study in the local interpreter', () => {
  test('keeps its best where the target is out of reach, and says why it ended', async () => {
    const folder = makeProject({ 'train.py': TREE });
    const result = await hone(folder, 'tune', ...OUT_OF_REACH, '--trials', '3', '--study', 'mine', '--json', ...LOCAL);
    expect(result.code, result.stderr).toBe(3);
    const document = documentOf(result);
    expect(document).toMatchObject({
      study: 'mine',
      state: 'target-missed',
      reason: expect.stringContaining('3 trials are spent'),
    });
    expect(document.trials).toHaveLength(3);
    expect(document.best?.value).toBeGreaterThan(document.baseline ?? 1);
    expect(eventsOf(folder, 'mine', 'study-ended')).toMatchObject([{ state: 'target-missed', reason: document.reason }]);
    expectSoundJournal(folder, 'mine');
  });

  test('never ends worse than it began', async () => {
    // Whatever is changed makes it worse.
    const best = 'max_depth=3, min_samples_leaf=1, min_samples_split=2';
    const worth =
      'print("accuracy", 0.9 if (model.max_depth, model.min_samples_leaf, model.min_samples_split) == (3, 1, 2) else 0.8)';
    const script = TREE.replace(/max_depth=1.*?(?=, random_state)/u, best).replace(/print\(.*\)/u, worth);
    const folder = makeProject({ 'train.py': script });
    const document = documentOf(await hone(folder, 'tune', ...OUT_OF_REACH, '--trials', '4', '--json', ...LOCAL));
    expect(document.best).toMatchObject({ trial: 0, value: document.baseline });
    expect(document.reason).toContain("Nothing was better than the script's own values.");
  });

  test('runs trials side by side', async () => {
    const folder = makeProject({ 'train.py': SLOW });
    await hone(folder, 'tune', ...OUT_OF_REACH, '--trials', '5', '--jobs', '2', '--study', 'two', ...LOCAL);
    let [running, most] = [0, 0];
    for (const event of journalOf(folder, 'two')) {
      if (event.type === 'trial-started') most = Math.max(most, ++running);
      if (event.type === 'trial-ended') running--;
    }
    expect(most).toBe(2);
    expectSoundJournal(folder, 'two');
  });

  test.each([
    ['ladder', {}, /./],
    ['random', {}, /./],
    [
      'candidates',
      { 'hone.yaml': 'candidates:\n  - {max_depth: 2}\n  - {max_depth: 3, min_samples_leaf: 2}\n' },
      /^candidate \d of 2$/,
    ],
    [
      'script',
      {
        'hone.yaml': 'tweak: tweak.py\n',
        'tweak.py': `
import re, sys
text = open(sys.argv[1]).read()
depth = int(re.search("max_depth=(\\\\d+)", text)[1])
if depth == 3: sys.exit(10)
open(sys.argv[1], "w").write(text.replace(f"max_depth={depth}", f"max_depth={depth + 1}"))
`,
      },
      /tweak\.py changed train\.py/,
    ],
  ] as const)('finds its trials by the strategy %s', async (strategy, files, origin) => {
    const folder = makeProject({ 'train.py': TREE, ...files });
    const args = ['--strategy', strategy, '--trials', '4', '--study', 'one', '--json'];
    const result = await hone(folder, 'tune', 'train.py', ...OUT_OF_REACH, ...args, ...LOCAL);
    expect(result.code, result.stderr).toBe(3);
    const suggested = eventsOf(folder, 'one', 'trial-suggested').filter(({ purpose }) => purpose === 'search');
    expect(suggested.length).toBeGreaterThanOrEqual(2);
    for (const each of suggested) expect(each.origin).toMatch(origin);
    if (strategy === 'script') expect(documentOf(result).reason).toContain('tweak.py has nothing more to try');
    if (strategy === 'candidates') {
      expect(suggested.map(({ assignment }) => Object.values(assignment))).toEqual([[2], [3, 2]]);
    }
    expectSoundJournal(folder, 'one');
  });

  test('suggests the same again by the same seed, something else by another', async () => {
    const folder = makeProject({ 'train.py': TREE });
    const tune = async (study: string, seed: string): Promise<unknown> => {
      const args = ['--strategy', 'random', '--trials', '5', '--seed', seed, '--study', study];
      await hone(folder, 'tune', ...OUT_OF_REACH, ...args, ...LOCAL);
      return suggestionsOf(folder, study);
    };
    const first = await tune('first', '7');
    expect(first).not.toEqual([]);
    expect(await tune('again', '7')).toEqual(first);
    expect(await tune('other', '8')).not.toEqual(first);
  });

  test('is paused, resumed and ended with its best while it runs', async () => {
    const folder = makeProject({ 'train.py': SLOW });
    const run = startHone(folder, ['tune', ...OUT_OF_REACH, '--strategy', 'random', '--study', 'steered', '--json', ...LOCAL]);
    const started = (): number => eventsOf(folder, 'steered', 'trial-started').length;
    await expect.poll(started, { timeout: 20_000 }).toBeGreaterThanOrEqual(3);
    expect(documentOf(await hone(folder, 'pause', 'steered', '--json')).state).toBe('paused');
    const running = (): number => started() - eventsOf(folder, 'steered', 'trial-ended').length;
    await expect.poll(running, { timeout: 10_000 }).toBe(0);
    const before = started();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(started()).toBe(before);
    await expectNoSupervisor(folder, 'steered');
    await hone(folder, 'resume', 'steered', '--detach');
    await expect.poll(started, { timeout: 20_000 }).toBeGreaterThan(before);
    await hone(folder, 'accept', 'steered');
    const result = await run.done;
    expect(result.code, result.stderr).toBe(3);
    expect(documentOf(result).reason).toContain('its best was taken as good enough');
    expectSoundJournal(folder, 'steered');
    const other = await hone(folder, 'tune', '--study', 'steered', '--target', '0.5', ...LOCAL);
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('has the target 0.999, which cannot be changed') });
    const again = await hone(folder, 'tune', '--study', 'steered', '--json', ...LOCAL);
    expect(documentOf(again)).toEqual(documentOf(result));
    expect((await hone(folder, 'resume', 'steered')).code).toBe(2);
  });

  test.each([
    ['accept', 'target-missed', /its best was taken as good enough/],
    ['cancel', 'cancelled', /Cancelled/],
  ] as const)('that is paused has no process left, and gets one that does what it is asked: %s', async (order, state, reason) => {
    const folder = makeProject({ 'train.py': TREE });
    await hone(folder, 'tune', ...OUT_OF_REACH, '--baseline', '--study', 'resting', ...LOCAL);
    await expectNoSupervisor(folder, 'resting');
    const before = journalOf(folder, 'resting').length;
    await hone(folder, 'monitor', '--once');
    await hone(folder, 'pause', 'resting');
    expect(documentOf(await hone(folder, 'show', 'resting', '--json')).state).toBe('paused');
    expect(journalOf(folder, 'resting')).toHaveLength(before);
    const asked = await hone(folder, order, 'resting');
    const document = documentOf(await hone(folder, 'show', 'resting', '--json'));
    expect(document, asked.stderr).toMatchObject({
      state,
      reason: expect.stringMatching(reason),
      trials: [{ state: 'complete' }],
    });
    await expectNoSupervisor(folder, 'resting');
    expectSoundJournal(folder, 'resting');
  });

  test('that is cancelled ends so within two seconds', async () => {
    const folder = makeProject({ 'train.py': treeWith('import time', 'time.sleep(0 if model.get_depth() == 1 else 60)') });
    const run = startHone(folder, ['tune', ...OUT_OF_REACH, '--study', 'long', '--json', ...LOCAL]);
    await expect.poll(() => eventsOf(folder, 'long', 'trial-started').length, { timeout: 20_000 }).toBe(2);
    const asked = performance.now();
    expect((await hone(folder, 'cancel', 'long')).code).toBe(0);
    expect(performance.now() - asked).toBeLessThan(3000);
    const result = await run.done;
    expect(result.code).toBe(130);
    expect(documentOf(result)).toMatchObject({ state: 'cancelled', trials: [{ state: 'complete' }, { state: 'cancelled' }] });
    expectSoundJournal(folder, 'long');
  });
});

/** A supervisor writes its last line just before it ends. */
async function expectNoSupervisor(folder: string, study: string): Promise<void> {
  const { pid } = eventsOf(folder, study, 'supervisor-started').at(-1) ?? expect.fail('never supervised');
  await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 5000 }).toBe(false);
}

describe.skipIf(testPython === undefined)('the best of a study', () => {
  async function tuned(): Promise<string> {
    const folder = makeProject({ 'train.py': TREE, 'hone.yaml': 'candidates:\n  - {max_depth: 3}\n' });
    await hone(folder, 'tune', ...OUT_OF_REACH, '--strategy', 'candidates', '--study', 'best', ...LOCAL);
    return folder;
  }
  const applied = TREE.replace('max_depth=1', 'max_depth=3');
  const textIn = (folder: string): string => readFileSync(join(folder, 'train.py'), 'utf8');

  test('is applied as the diff says, also to a script that was edited elsewhere, and not over an edit of the same line', async () => {
    const folder = await tuned();
    const diff = await hone(folder, 'apply', 'best', '--json');
    expect(diff.code, diff.stderr).toBe(0);
    expect(diff.stdout).toContain('max_depth=3');
    expect(diff.stderr).not.toContain('has changed');
    expect(textIn(folder)).toBe(applied);

    writeFileSync(join(folder, 'train.py'), `${TREE}print("mine")\n`);
    const merged = await hone(folder, 'apply', 'best');
    expect(merged).toMatchObject({ code: 0, stderr: expect.stringContaining('97.4 % is of the text before.') });
    expect(textIn(folder)).toBe(`${applied}print("mine")\n`);

    const mine = TREE.replace('max_depth=1', 'max_depth=5');
    writeFileSync(join(folder, 'train.py'), mine);
    const refused = await hone(folder, 'apply', 'best');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/train\.py was changed since best began.*line 9/);
    expect(textIn(folder)).toBe(mine);
  });

  test('is committed on a branch of its own, with the evidence, beside what is checked out', async () => {
    const folder = await tuned();
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], { cwd: folder, encoding: 'utf8' });
    git('init', '-q', '-b', 'main');
    git('config', 'user.name', 'A');
    git('config', 'user.email', 'a@example.com');
    git('add', '-A');
    git('commit', '-q', '-m', 'start');
    const result = await hone(folder, 'apply', 'best', '--commit');
    expect(result.code, result.stderr).toBe(0);
    expect(git('branch', '--show-current').trim()).toBe('main');
    expect(git('status', '--porcelain')).toBe('');
    expect(textIn(folder)).toBe(TREE);
    expect(git('show', 'hone/best:train.py')).toBe(applied);
    expect(git('log', '-1', '--format=%B', 'hone/best')).toMatch(/57\.9 % to 97\.4 %[^]*max_depth: 3/);
  });
});
