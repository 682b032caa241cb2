import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProjectReader } from '../../../src/adapters/files/createProjectReader.ts';
import { explainEnd, type Explanation } from '../../../src/app/explainTrial.ts';
import type { StudyPlan } from '../../../src/core/study/StudyPlan.ts';

let place: string;
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'hone-explain-')));
  for (const folder of ['project/src', 'sets']) mkdirSync(join(place, folder), { recursive: true });
  writeFileSync(join(place, 'sets', 'x.csv'), '');
});
afterEach(() => rmSync(place, { recursive: true }));

/** What is said of a script that failed with a message, in a plan with differences. */
function explain(message: string, change: object = {}, stderr = ''): Promise<Explanation> {
  const command = { script: 'src/train.py', arguments: [], directory: 'src', environment: {}, launches: ['Small'] };
  const plan = {
    folder: join(place, 'project'),
    root: '',
    runtime: 'docker',
    data: [],
    command,
    ...change,
  } as unknown as StudyPlan;
  const error = { type: 'FileNotFoundError', message, frames: [] };
  const ended = { state: 'failed', result: null, reason: `FileNotFoundError: ${message}`, error } as const;
  return explainEnd(ended, stderr, plan, createProjectReader('/nowhere'));
}

const unfound = (path: string): string => `[Errno 2] No such file or directory: '${path}'`;

test('data that a container does not see is offered by its folder', async () => {
  const { reason, hint } = await explain(unfound(join(place, 'sets/x.csv')));
  expect(hint).toEqual({ kind: 'data', path: join(place, 'sets') });
  expect(reason).toContain(`Trials do not see ${join(place, 'sets')}: name it as \`data\` in hone.yaml`);
});

test('a path upwards counts from the working directory, in the own interpreter, too', async () => {
  expect((await explain(unfound('../../sets/x.csv'), { runtime: 'local' })).hint).toEqual({
    kind: 'data',
    path: join(place, 'sets'),
  });
  expect((await explain(unfound('../sets/x.csv'))).hint).toBeNull();
});

test('nothing is offered that is not there, is seen already, or may not be shown', async () => {
  expect((await explain(unfound(join(place, 'sets/y.csv')))).hint).toBeNull();
  expect((await explain(unfound(join(place, 'sets/x.csv')), { data: [join(place, 'sets')] })).hint).toBeNull();
  expect((await explain(unfound(join(place, 'sets/x.csv')), { runtime: 'local' })).hint).toBeNull();
  expect((await explain(unfound('/etc/passwd'))).hint).toBeNull();
  expect((await explain(unfound('/etc/passwd'))).reason).toMatch(/may not: it is, or holds, a place of keys/);
});

test('missing arguments are named, with the ways to give them', async () => {
  const stderr = 'usage: train.py\ntrain.py: error: the following arguments are required: --data, --out/-o\n';
  const { reason, hint } = await explain('2', {}, stderr);
  expect(hint).toEqual({ kind: 'arguments', names: ['--data', '--out'] });
  expect(reason).toMatch(/needs --data and --out: .* `--launch NAME`: "Small"\.$/);
});
