import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { hone, makeProject, testPython } from './honeProcess.ts';
import { LOCAL } from './tunedProject.ts';

const digits = fileURLToPath(new URL('../../../media/samples/digits-sklearn/train.py', import.meta.url));

test.skipIf(testPython === undefined)('a study is reported with its best value and what that changed', async () => {
  const folder = makeProject({
    'train.py': readFileSync(digits),
    'hone.yaml': 'strategy: candidates\ncandidates:\n  - {gamma: 0.001}\n',
  });
  const tuned = await hone(folder, 'tune', '--target', '0.95', '--study', 'mine', ...LOCAL);
  expect(tuned.code, tuned.stderr).toBe(0);
  const reported = await hone(folder, 'report', 'mine', '--to', 'study.html');
  expect(reported.code, reported.stderr).toBe(0);
  const page = readFileSync(join(folder, 'study.html'), 'utf8');
  expect(page).toMatch(/<p class="headline">9\d\.\d % by trial 1, confirmed · target 95\.0 % · baseline 8\d\.\d %<\/p>/u);
  expect(page).toMatch(/^-model = .*gamma=0\.01\)\n\+model = .*gamma=0\.001\)$/mu);

  const nowhere = await hone(folder, 'report', 'mine', '--to', join('train.py', 'study.html'));
  expect(nowhere.code).toBe(2);
  expect(nowhere.stderr).toMatch(/study\.html cannot be written: .*\. Name another file with --to\./u);
  expect((await hone(folder, 'report', 'other')).stderr).toMatch(/no study other/u);
  expect(existsSync(join(folder, 'other.html'))).toBe(false);
});
