import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GroovyNode } from './groovy/GroovyTree.ts';
import { hasGroovy, parseGroovy } from './groovy/parseGroovy.ts';
import { argumentsOf, methodName, textOf, walk } from './groovy/readNode.ts';
import { addJob, type Job } from './run/Controller.ts';
import { archived, installHone, pushPipelines, resultOf } from './run/makePipelines.ts';
import { makeRepository, type Repository } from './run/makeRepository.ts';
import { startController, type StartedController } from './run/startController.ts';

const hasDocker = process.env['HONE_TEST_DOCKER'] === '1';
const digits = readFileSync(fileURLToPath(new URL('../../media/samples/digits-sklearn/train.py', import.meta.url)), 'utf8');

/** The first text that a call of that name is given below a node. */
function givenTo(node: GroovyNode, name: string): string | null {
  const call = [...walk(node)].find((one) => one.type === 'call' && methodName(one) === name);
  return call?.type === 'call' ? textOf(argumentsOf(call).positional[0]) : null;
}

describe.skipIf(!hasGroovy || !hasDocker)('the chain of jobs', () => {
  let controller: StartedController;
  let repository: Repository;
  beforeAll(async () => {
    controller = await startController();
    Object.assign(controller.environment, { PATH: installHone(join(controller.home, 'bin')) });
    repository = makeRepository('release');
    repository.push({ 'train.py': digits, 'hone.yaml': 'target: 95%\nbudget: { trials: 8 }\n' });
    pushPipelines(repository, ['--kind', 'chain']);
  });
  afterAll(async () => {
    await controller.stop();
    repository.remove();
  });

  /** Makes the jobs that the Job DSL script describes, as its seed job does. */
  function seed(): readonly Job[] {
    const [{ body = [], errors } = { errors: [] }] = parseGroovy([join(repository.clone, 'jenkins', 'jobs.groovy')]);
    expect(errors).toEqual([]);
    const calls = body.flatMap((statement) => [...walk(statement)]).filter((node) => node.type === 'call');
    return calls
      .filter((call) => methodName(call) === 'pipelineJob')
      .map((call) => {
        const name = textOf(argumentsOf(call).positional[0])?.split('/').at(-1) ?? '';
        const branch = givenTo(call, 'branch')?.replace('refs/heads/', '') ?? '';
        return addJob(controller, {
          name,
          remote: givenTo(call, 'url') ?? '',
          branch,
          scriptPath: givenTo(call, 'scriptPath') ?? '',
        });
      });
  }

  test('goes from a push to a tuned model and a mail, job by job', async () => {
    const jobs = seed();
    expect(jobs.map(({ name, branch }) => `${name} ${branch}`)).toEqual(
      ['1-pull', '2-container', '3-train', '4-tweak', '5-retrain', '6-monitor'].map((name) => `${name} release`),
    );
    controller.start(jobs[0] as Job, {});
    await controller.idle();
    const builds = jobs.flatMap((job) => job.builds);
    expect(
      builds.map(({ job, result }) => `${job.name} ${result}`),
      builds.map(({ log }) => log).join('\n'),
    ).toEqual(['1-pull', '2-container', '3-train', '4-tweak', '5-retrain'].map((name) => `${name} SUCCESS`));
    const [, , , , last] = builds;
    if (last === undefined) throw new Error('There is no last build.');
    expect(resultOf(last)).toMatchObject({ state: 'target-reached', runtime: 'docker' });
    expect(last.tests).toEqual({ total: 2, failed: 0, skipped: 0 });
    expect(archived(last, 'best.patch')).toMatch(/^\+model = /mu);
    expect(JSON.parse(archived(last, 'retrain.json'))).toMatchObject({ kind: 'run' });
    await expect.poll(() => controller.mails.length).toBe(1);
    expect(controller.mails[0]).toMatchObject({
      subject: '5-retrain, build 1: Successful',
      to: [{ address: 'team@example.org' }],
    });
  });
});
