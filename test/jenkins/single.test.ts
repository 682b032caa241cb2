import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasGroovy } from './groovy/parseGroovy.ts';
import { addJob, type Job } from './run/Controller.ts';
import { archived, installHone, pushPipelines, resultOf } from './run/makePipelines.ts';
import { makeRepository, type Repository } from './run/makeRepository.ts';
import { startController, type StartedController } from './run/startController.ts';

const hasDocker = process.env['HONE_TEST_DOCKER'] === '1';
const digits = readFileSync(fileURLToPath(new URL('../../media/samples/digits-sklearn/train.py', import.meta.url)), 'utf8');

describe.skipIf(!hasGroovy || !hasDocker)('the single pipeline, in containers', () => {
  let controller: StartedController;
  let repository: Repository;
  let job: Job;
  beforeAll(async () => {
    controller = await startController();
    Object.assign(controller.environment, { PATH: installHone(join(controller.home, 'bin')) });
    repository = makeRepository();
    repository.push({ 'train.py': digits, 'hone.yaml': 'target: 95%\nbudget: { trials: 8 }\n' });
    pushPipelines(repository, ['--mail-to', 'dev@example.org']);
    job = addJob(controller, { name: 'digits', remote: repository.remote, branch: 'main', scriptPath: 'Jenkinsfile' });
  });
  afterAll(async () => {
    await controller.stop();
    repository.remove();
  });

  test('pulls, trains, tunes below the target, and tells it by mail, JUnit and artifacts', async () => {
    const build = await controller.start(job, {}).done;
    expect(build.result, build.log).toBe('SUCCESS');
    expect(build.stages.map(({ name, result }) => `${name}: ${result}`)).toEqual([
      'Pull: SUCCESS',
      'Find the study: SUCCESS',
      'Detect: SUCCESS',
      'Image: SUCCESS',
      'Train: SUCCESS',
      'Tune: SUCCESS',
      'Report: SUCCESS',
      'Judge: SKIPPED',
    ]);
    expect(resultOf(build)).toMatchObject({ state: 'target-reached', runtime: 'docker', target: 0.95 });
    expect(build.tests).toEqual({ total: 2, failed: 0, skipped: 0 });
    expect(archived(build, 'best.patch')).toMatch(/^\+model = /mu);
    expect(archived(build, 'report.html')).toContain('95.0 %');
    await expect.poll(() => controller.mails.length).toBe(1);
    expect(controller.mails[0]).toMatchObject({ subject: 'digits, build 1: Successful', to: [{ address: 'dev@example.org' }] });
    expect(controller.mails[0]?.text).toMatch(/target reached/u);
    expect(controller.mails[0]?.attachments.map(({ filename }) => filename).sort()).toEqual(['best.patch', 'report.html']);
  });
});
