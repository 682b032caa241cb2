import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { PollReport } from '../../../src/app/pollRemote.ts';
import type { StudyPlan } from '../../../src/core/study/StudyPlan.ts';
import { createGitProject, fingerprint, git, push, removeGitProject, writeFiles, type GitProject } from '../git/gitProject.ts';
import { PASSWORD, serveMail, USER } from '../mail/serveMail.ts';
import { hasDocker, hone, startHone, testPython, type HoneResult } from './honeProcess.ts';

/** A script with a module, data of its own and data that git does not keep; the module's offset moves its accuracy. */
const FILES = {
  '.gitignore': '*.npy\n.hone/\n',
  'train.py': `import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from noise import SHARE

X = numpy.loadtxt("data/rows.csv", delimiter=",")
extra = numpy.load("local.npy")
y = (X[:, 0] > 0).astype(int)
labels = y.copy()
labels[: int(SHARE * len(y))] = 1 - labels[: int(SHARE * len(y))]
model = LogisticRegression(C=1.0, max_iter=200).fit(X, y)
print("Test accuracy:", accuracy_score(labels, model.predict(X)))
`,
  'noise.py': 'SHARE = 0.02\n',
  'other.py': 'print("trains nothing")\n',
  'data/rows.csv': Array.from({ length: 400 }, (_, row) => `${row % 2 === 0 ? 1 : -1},${Math.cos(row)}`).join('\n'),
};
/** An array of one zero. */
const NPY = Buffer.concat([
  Buffer.from(
    "\u0093NUMPY\u0001\u0000v\u0000{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }".padEnd(127) + '\n',
    'latin1',
  ),
  Buffer.alloc(8),
]);

let project: GitProject;
/** What a shell of the user's has set, besides. */
let environment: Readonly<Record<string, string>> = {};
afterEach(() => {
  environment = {};
  removeGitProject(project);
});

async function start(files: Readonly<Record<string, string>> = {}): Promise<void> {
  project = createGitProject({ ...FILES, ...files });
  writeFiles(project.open, { 'local.npy': NPY as unknown as string });
  await poll();
}

/** Nothing of a test lands in the user's own folders. */
function places(): Record<string, string> {
  return { XDG_CACHE_HOME: join(project.top, 'cache'), XDG_STATE_HOME: join(project.top, 'state') };
}

async function poll(...options: readonly string[]): Promise<HoneResult & { report: PollReport }> {
  const args = ['poll', '--once', '--json', '--runtime', 'local', ...options];
  const result = await startHone(project.open, args, { ...places(), ...environment }).done;
  return { ...result, report: JSON.parse(result.stdout === '' ? 'null' : result.stdout) as PollReport };
}

function planOf(study: string | null | undefined): StudyPlan {
  return JSON.parse(readFileSync(join(project.open, '.hone/studies', study ?? '', 'plan.json'), 'utf8')) as StudyPlan;
}

/** The lines of the journal of what was trained. */
function journalOf({ outcomes }: PollReport): readonly string[] {
  const [{ study } = { study: '' }] = outcomes;
  return readFileSync(join(project.open, '.hone/studies', study ?? '', 'journal.jsonl'), 'utf8').split('\n');
}

const checkouts = (): readonly string[] =>
  readdirSync(join(project.top, 'cache/hone/pushes')).flatMap((name) =>
    readdirSync(join(project.top, 'cache/hone/pushes', name)),
  );

describe.skipIf(testPython === undefined)('hone poll', () => {
  test('trains what a push touches, code or data, beside the open folder, once, and mails a loss beyond chance', async () => {
    const server = await serveMail();
    const at = { HONE_SMTP_HOST: 'localhost', HONE_SMTP_PORT: String(server.port), HONE_CA_BUNDLE: server.caBundle };
    environment = { ...at, HONE_SMTP_USER: USER, HONE_SMTP_PASSWORD: PASSWORD, HONE_SMTP_FROM: 'hone@example.org' };
    try {
      await start({ 'hone.yaml': 'notify: {to: ada@example.org}\n' });
      const before = fingerprint(project.open);
      const first = push(project.colleague, { 'noise.py': 'SHARE = 0.04\n' }, 'More noise');
      const one = await poll();
      expect(one.code, one.stderr).toBe(0);
      expect(one.report).toMatchObject({
        commit: first,
        touched: ['train.py'],
        pull: { state: 'possible', behind: 1 },
        queue: [],
      });
      const study = `open-folder-at-${first.slice(0, 7)}`;
      expect(one.report.outcomes).toMatchObject([{ study, script: 'train.py', value: 0.96, before: null, change: 'unknown' }]);
      expect(planOf(study)).toMatchObject({ kind: 'run', folder: project.open, name: 'More noise' });
      expect(checkouts()).toEqual([]);

      const rows = FILES['data/rows.csv'].split('\n').slice(0, 200).join('\n');
      push(project.colleague, { 'data/rows.csv': rows, 'noise.py': 'SHARE = 0.05\n' }, 'Fewer rows');
      const two = await poll();
      expect(two.report.outcomes, two.stderr).toMatchObject([{ value: 0.95, before: { study, value: 0.96 }, change: 'same' }]);
      expect(journalOf(two.report).find((line) => line.includes('"type":"metric"'))).toContain('"rows":200');

      const third = push(project.colleague, { 'noise.py': 'SHARE = 0.3\n' }, 'Far "more"\n\nBcc: eve@example.org');
      const three = await poll();
      expect(three.report.outcomes).toMatchObject([{ value: 0.7, before: { value: 0.95 }, change: 'worse' }]);
      expect(three.stderr).toContain('worse than 95.0 %');

      expect((await poll()).report).toMatchObject({ push: null, touched: [], outcomes: [] });
      push(project.colleague, { 'other.py': 'print("still nothing")\n', 'README.md': 'words' }, 'Words');
      expect((await poll()).report).toMatchObject({ push: { commits: 1 }, touched: [], outcomes: [] });
      expect(readdirSync(join(project.open, '.hone/studies'))).toHaveLength(3);
      expect(fingerprint(project.open)).toEqual(before);
      expect(git(project.open, 'worktree', 'list').split('\n')).toHaveLength(1);

      const told = server.taken.map(({ email, to }) => [email.subject, ...to]);
      expect(told).toEqual([['Hone: train.py lost accuracy by a push: accuracy 70.0 %, 95.0 % before', 'ada@example.org']]);
      expect(server.taken[0]?.email.text).toContain(`${third.slice(0, 7)} Far "more"`);
      expect(server.taken[0]?.email.text).toContain('by more than chance');
    } finally {
      await server.close();
    }
  });

  test('a push that breaks its script is a failure, and hides no loss of the next one', async () => {
    await start();
    push(project.colleague, { 'noise.py': 'SHARE = 0.04\n' }, 'More noise');
    const study = (await poll()).report.outcomes[0]?.study;
    push(project.colleague, { 'noise.py': 'SHARE = \n' }, 'Half a line');
    const failed = await poll();
    expect([failed.code, failed.report.outcomes[0]?.state], failed.stderr).toEqual([1, 'failed']);

    push(project.colleague, { 'train.py': FILES['train.py'].replace('fit(X,', 'fit(X_trian,') }, 'Typo');
    const broken = await poll();
    expect(broken.report).toMatchObject({ touched: ['train.py'], queue: [], outcomes: [{ state: 'broken', study: null }] });
    expect(broken.stderr).toMatch(/train\.py at \w{7} no longer trains: .*X_trian is used on line 11 and defined nowhere/u);
    expect(broken.code).toBe(1);
    expect(checkouts()).toEqual([]);

    push(project.colleague, { 'train.py': FILES['train.py'], 'noise.py': 'SHARE = 0.3\n' }, 'Mend it');
    const mended = await poll();
    expect(mended.report.outcomes, mended.stderr).toMatchObject([
      { value: 0.7, before: { study, value: 0.96 }, change: 'worse' },
    ]);

    git(project.colleague, 'rm', '--quiet', 'train.py');
    push(project.colleague, {}, 'Away with it');
    const removed = await poll();
    expect(removed.report).toMatchObject({ touched: [], removed: ['train.py'], outcomes: [] });
    expect([removed.code, removed.stderr]).toEqual([0, expect.stringContaining('It removes train.py.') as string]);
  });

  test('tunes where the target is missed, and goes on from the trials of the commit before', async () => {
    const configuration = 'target: 0.999\nbudget: {trials: 3, minutes: 1}\nconfirm: {seeds: 2}\n';
    await start({ 'hone.yaml': configuration });
    push(project.colleague, { 'noise.py': 'SHARE = 0.04\n' }, 'More noise');
    const one = await poll();
    expect(one.report.outcomes, one.stderr).toMatchObject([{ state: 'target-missed', value: 0.96 }]);
    expect(one.code).toBe(3);
    const study = one.report.outcomes[0]?.study;
    expect(planOf(study)).toMatchObject({ kind: 'study', target: 0.999, search: { prior: null } });
    push(project.colleague, { 'noise.py': 'SHARE = 0.05\n' }, 'Still more');
    const two = await poll();
    const prior = planOf(two.report.outcomes[0]?.study).search?.prior;
    expect(prior?.study).toBe(study);
    expect(prior?.trials.length).toBeGreaterThan(2);
    const tried = (report: PollReport): readonly string[] =>
      journalOf(report)
        .filter((line) => line.includes('"type":"trial-suggested"'))
        .map((line) => JSON.stringify((JSON.parse(line) as { assignment: unknown }).assignment));
    const again = tried(two.report).filter((assignment) => tried(one.report).includes(assignment));
    expect(again.length).toBeLessThanOrEqual(1); // The best of before, where there was one.
  });

  test('what a push asks for beyond the folder waits for the person, and is trained after a pull', async () => {
    await start();
    writeFiles(project.open, { '.hone-secret': 'TOKEN=canary' });
    push(project.colleague, { 'hone.yaml': 'network: true\nenv_file: ../secrets.env\ndata: ["/var/tmp"]\n' }, 'Ask for much');
    const held = await poll();
    expect(held.report.queue).toMatchObject([{ script: 'train.py', study: null }]);
    expect(held.report.queue[0]?.held).toMatch(/the network and the data \/var\/tmp and the variables of \.\.\/secrets\.env/u);
    expect(readdirSync(join(project.open, '.hone/studies'))).toEqual([]);

    push(project.colleague, { 'hone.yaml': 'network: true\n' }, 'Ask for less');
    expect((await poll()).report.queue).toMatchObject([{ study: null, held: expect.stringContaining('the network') as string }]);
    git(project.open, 'pull', '--quiet', '--ff-only');
    const { report, stderr } = await poll();
    expect(report.outcomes, stderr).toMatchObject([{ value: 0.98 }]);
    expect(planOf(report.outcomes[0]?.study).network).toBe(true);
    expect(checkouts()).toEqual([]);
  });

  test('killed at any step it trains a push once, and loses none', async () => {
    await start();
    const commit = push(project.colleague, { 'noise.py': 'SHARE = 0.04\n' }, 'More noise');
    for (const afterMs of [250, 700, 1100, 1500, 2200]) {
      const args = ['poll', '--once', '--json', '--runtime', 'local'];
      const { child, done } = startHone(project.open, args, places());
      setTimeout(() => child.kill('SIGKILL'), afterMs);
      await done;
    }
    const { report, stderr } = await poll();
    const state = JSON.parse(readFileSync(join(project.open, '.hone/poll.json'), 'utf8')) as {
      outcomes: unknown[];
      queue: unknown[];
    };
    expect(state, stderr).toMatchObject({ outcomes: [{ commit, value: 0.96 }], queue: [] });
    expect(report.commit).toBe(commit);
    // As it would be had it been killed after the study was made, and before that was written.
    const { remote, branch } = report;
    const item = { remote, branch, commit, subject: 'More noise', script: 'train.py', tree: null, study: null, held: null };
    const halfway = { version: 1, seen: { 'origin/main': commit }, queue: [item], outcomes: [] };
    writeFiles(project.open, { '.hone/poll.json': JSON.stringify(halfway) });
    const { report: again } = await poll();
    expect(again.outcomes).toMatchObject([{ commit, value: 0.96 }]);
    expect(readdirSync(join(project.open, '.hone/studies'))).toEqual([`open-folder-at-${commit.slice(0, 7)}`]);
  });

  test('without an engine it waits, what was forced or has diverged is told, and a wrong command is refused', async () => {
    await start();
    push(project.colleague, { 'noise.py': 'SHARE = 0.04\n' }, 'Two');
    environment = { HONE_DOCKER_HOST: 'unix:///nowhere/docker.sock' };
    const { report: waiting } = await poll('--runtime', 'auto');
    expect(waiting.queue).toMatchObject([{ study: null, held: expect.stringContaining('--runtime local') as string }]);
    environment = {};
    git(project.colleague, 'reset', '--quiet', '--hard', 'HEAD~1');
    push(project.colleague, { 'noise.py': 'SHARE = 0.06\n' }, 'Other', '--force');
    writeFiles(project.open, { 'mine.txt': 'mine' });
    git(project.open, 'add', '-A');
    git(project.open, 'commit', '--quiet', '-m', 'Mine');
    const { report, stderr } = await poll();
    expect(report).toMatchObject({ push: { forced: true }, pull: { state: 'diverged', ahead: 1, behind: 1 } });
    expect(stderr).toContain('Its history was rewritten');
    expect(stderr).toContain('have diverged: 1 commits here, 1 there');
    const refused = await hone(project.open, 'poll', '--once', '--branch=--upload-pack=touch pwned');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('is no name of a branch') as string]);
  });
});

test.skipIf(!hasDocker)('a push is trained in a container, with the data of its commit', async () => {
  await start();
  push(project.colleague, { 'noise.py': 'SHARE = 0.04\n' }, 'More noise');
  const result = await startHone(project.open, ['poll', '--once', '--json', '--runtime', 'docker'], places()).done;
  expect(result.code, result.stderr).toBe(0);
  expect((JSON.parse(result.stdout) as PollReport).outcomes).toMatchObject([{ state: 'complete', value: 0.96 }]);
  expect(checkouts()).toEqual([]);
});
