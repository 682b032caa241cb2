import { expect, test } from 'vitest';
import { documentOf, hone, makeProject, testPython } from './honeProcess.ts';

const SCRIPT = `from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC

X_train, X_test, y_train, y_test = train_test_split(*load_digits(return_X_y=True), random_state=0)
print("Test accuracy:", SVC(C=0.01).fit(X_train, y_train).score(X_test, y_test))
`;

test.skipIf(testPython === undefined)(
  'a study is trained as it is first, paused below its target, and gone on with',
  async () => {
    const folder = makeProject({ 'train.py': SCRIPT, 'hone.yaml': 'budget: { trials: 3 }\nconfirm: { seeds: 1 }\n' });
    const study = ['tune', '--study', 'ours', '--runtime', 'local', '--target', '99.9', '--json'];
    const ready = await hone(folder, 'image', '--runtime', 'local', '--json');
    expect(ready.code, ready.stderr).toBe(0);
    expect(JSON.parse(ready.stdout)).toMatchObject({ version: 1, image: testPython, built: false });

    const first = await hone(folder, ...study, '--baseline');
    expect(first.code, first.stderr).toBe(3);
    expect(documentOf(first)).toMatchObject({ study: 'ours', state: 'paused', trials: [{ number: 0, state: 'complete' }] });

    const again = await hone(folder, ...study, '--baseline');
    expect(again.code, again.stderr).toBe(3);
    expect(documentOf(again)).toMatchObject({ state: 'paused', baseline: documentOf(first).baseline });

    const whole = await hone(folder, ...study);
    expect(whole.code, whole.stderr).toBe(3);
    expect(documentOf(whole)).toMatchObject({ study: 'ours', state: 'target-missed', baseline: documentOf(first).baseline });
    expect(documentOf(whole).trials.length).toBe(3);
  },
);

test.skipIf(testPython === undefined)('a baseline that reaches its target is proved, and nothing else is tried', async () => {
  const folder = makeProject({ 'train.py': SCRIPT.replace('C=0.01', 'gamma=0.001'), 'hone.yaml': 'confirm: { seeds: 3 }\n' });
  const { code, stdout, stderr } = await hone(folder, 'tune', '--runtime', 'local', '--target', '95', '--json', '--baseline');
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ state: 'target-reached', best: { trial: 0, confirmed: { seeds: 3 } } });
});
