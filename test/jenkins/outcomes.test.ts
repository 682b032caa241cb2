import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasGroovy } from './groovy/parseGroovy.ts';
import type { Build } from './run/Build.ts';
import { addJob, type Job } from './run/Controller.ts';
import { archived, installHone, pushPipelines, resultOf } from './run/makePipelines.ts';
import { makeRepository, type Repository } from './run/makeRepository.ts';
import { startController, type StartedController } from './run/startController.ts';

const hasPython = process.env['HONE_TEST_PYTHON'] !== undefined;

/** Trains at once, and reaches what DEPTH lets it. */
const TREE = `from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = DecisionTreeClassifier(max_depth=DEPTH, random_state=0).fit(X_train, y_train)
print("accuracy", model.score(X_test, y_test))
`;

/** The same pipeline on agents without a container engine. */
describe.skipIf(!hasGroovy || !hasPython)('the result of a build, on an agent without Docker', () => {
  let controller: StartedController;
  let repository: Repository;
  let job: Job;
  beforeAll(async () => {
    const python = process.env['HONE_TEST_PYTHON'] ?? '';
    controller = await startController({ HONE_PYTHON: python, DOCKER_HOST: 'unix:///nonexistent.sock' });
    Object.assign(controller.environment, { PATH: installHone(join(controller.home, 'bin')) });
    repository = makeRepository('trunk');
    repository.push({ 'models/train.py': TREE.replace('DEPTH', '8') });
    pushPipelines(repository, [], 'models');
    job = addJob(controller, { name: 'tree', remote: repository.remote, branch: 'trunk', scriptPath: 'models/Jenkinsfile' });
  });
  afterAll(async () => {
    await controller.stop();
    repository.remove();
  });

  const startWith = (parameters: Readonly<Record<string, string>>): Promise<Build> =>
    controller.start(job, { parameters: new Map(Object.entries({ RUNTIME: 'local', ...parameters })) }).done;

  test('is green where the target is confirmed, and the next build of the same code trains nothing again', async () => {
    const first = await startWith({ TARGET: '70%' });
    expect(first.result, first.log).toBe('SUCCESS');
    expect(first.stages.find(({ name }) => name === 'Tune')?.result).toBe('SKIPPED');
    const second = await startWith({ TARGET: '70%' });
    expect(second.result, second.log).toBe('SUCCESS');
    expect(resultOf(second)).toEqual({ ...resultOf(first), against: resultOf(second).against });
  });

  test('is unstable where the value fell below that of the last green build by more than noise', async () => {
    repository.push({ 'models/train.py': TREE.replace('DEPTH', '1') });
    const build = await startWith({ TARGET: '10%' });
    expect(build.result, build.log).toBe('UNSTABLE');
    expect(build.tests).toMatchObject({ total: 3, failed: 1 });
    expect(archived(build, 'junit.xml')).toContain('name="is no worse than before"');
    expect(resultOf(build).against).toMatchObject({ worse: true });
  });

  test('is unstable where the target is missed, and the mail says so', async () => {
    const before = controller.mails.length;
    const build = await startWith({ TRIALS: '2', TARGET: '0.999' });
    expect(build.result, build.log).toBe('UNSTABLE');
    expect(build.stages.find(({ name }) => name === 'Judge')?.result).toBe('UNSTABLE');
    expect(resultOf(build)).toMatchObject({ state: 'target-missed', target: 0.999 });
    expect(archived(build, 'junit.xml')).toMatch(/name="reaches the target"[^>]*><failure/u);
    await expect.poll(() => controller.mails.length).toBe(before + 1);
    expect(controller.mails.at(-1)).toMatchObject({ subject: expect.stringMatching(/^tree, build \d+: (Still )?Unstable/iu) });
    expect(controller.mails.at(-1)?.text).toContain('target missed');
  });

  test('is red where the script fails, and the mail says why', async () => {
    repository.push({ 'models/train.py': `${TREE.replace('DEPTH', '8')}\nraise RuntimeError('the data is gone')\n` });
    const before = controller.mails.length;
    const build = await startWith({});
    expect(build.result, build.log).toBe('FAILURE');
    expect(build.stages.find(({ name }) => name === 'Train')?.result).toBe('FAILURE');
    await expect.poll(() => controller.mails.length).toBe(before + 1);
    expect(controller.mails.at(-1)?.text).toContain('the data is gone');
  });
});
