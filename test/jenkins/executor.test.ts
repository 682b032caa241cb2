import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasGroovy } from './groovy/parseGroovy.ts';
import type { Build } from './run/Build.ts';
import { addJob, archiveOf, type Job } from './run/Controller.ts';
import { makeRepository, type Repository } from './run/makeRepository.ts';
import { startController, type StartedController } from './run/startController.ts';

/** Groovy wants one statement a line. */
function apart(text: string): string {
  return text.replace(/([}]) (?=stage|post|environment|success|failure|cleanup|aborted)/gu, '$1\n');
}

/** What carries out the generated pipelines must itself do as Jenkins does. */
describe.skipIf(!hasGroovy)('the executor of pipelines', () => {
  let controller: StartedController;
  let repository: Repository;
  beforeAll(async () => {
    controller = await startController({}, { token: 's3cret-token' });
    repository = makeRepository();
  });
  afterAll(async () => {
    await controller.stop();
    repository.remove();
  });

  let jobs = 0;
  function jobOf(body: string): Job {
    const name = `job-${++jobs}`;
    repository.push({ [name]: `pipeline {\n agent any\n options { skipDefaultCheckout() }\n ${apart(body)}\n}` });
    return addJob(controller, { name, remote: repository.remote, branch: 'main', scriptPath: name });
  }
  const run = (body: string): Promise<Build> => controller.start(jobOf(body), {}).done;
  const steps = (text: string, post = ''): Promise<Build> =>
    run(`stages { stage('One') { steps { ${text} } } stage('Two') { steps { echo 'second' } } } ${post}`);

  test('fails at the first failing command, skips what follows, and tells post', async () => {
    const build = await steps(
      `sh 'false; echo never'`,
      `post { always { echo 'always ran' } success { echo 'no' } failure { echo 'failure ran' } }`,
    );
    expect(build.result).toBe('FAILURE');
    expect(build.stages).toEqual([
      { name: 'One', result: 'FAILURE' },
      { name: 'Two', result: 'SKIPPED' },
    ]);
    expect(build.log).toMatch(/always ran\n.*failure ran\n/su);
    expect(build.log).not.toMatch(/^never$|^no$/mu);
  });

  test('goes on after unstable, and post sees it', async () => {
    const build = await steps(`unstable('not good')`, `post { unstable { echo 'was unstable' } cleanup { echo 'last' } }`);
    expect(build).toMatchObject({ result: 'UNSTABLE', stages: [{ result: 'UNSTABLE' }, { result: 'SUCCESS' }] });
    expect(build.log).toMatch(/second\nwas unstable\nlast\n/u);
  });

  test('gives statuses and output to script blocks', async () => {
    const build = await steps(`script {
      def code = sh(script: 'exit 3', returnStatus: true)
      def text = sh(script: 'echo hello', returnStdout: true).trim()
      if (code == 3 && text == 'hello') { unstable('as it should be') } else { error('wrong') }
    }`);
    expect(build.result).toBe('UNSTABLE');
  });

  test('masks secrets, and gives them to their block alone', async () => {
    const build = await steps(`withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) { sh 'echo "it is $TOKEN"' }
      sh 'echo "then \${TOKEN:-gone}"'`);
    expect(build.log).toMatch(/it is \*\*\*\*\n/u);
    expect(build.log).toMatch(/then gone\n/u);
    expect(build.log).not.toContain('s3cret');
  });

  test('keeps artifacts and counts tests, for the next build and for the result', async () => {
    const xml = '<testsuite><testcase name="a"><failure/></testcase><testcase name="b"/></testsuite>';
    const job = jobOf(`stages { stage('One') { steps {
      copyArtifacts(projectName: env.JOB_NAME, selector: lastCompleted(), filter: '**/kept.txt', target: 'before', flatten: true, optional: true)
      sh 'mkdir -p .out; if [ -f before/kept.txt ]; then echo found; fi; echo x > .out/kept.txt; printf %s "$XML" > .out/a.xml'
      junit(testResults: '.out/*.xml')
      archiveArtifacts(artifacts: '.out/**', fingerprint: true)
    } } } environment { XML = '${xml}' }`);
    const first = await controller.start(job, {}).done;
    expect(first).toMatchObject({ result: 'UNSTABLE', tests: { total: 2, failed: 1 } });
    expect(existsSync(join(archiveOf(controller, job.name, 1), '.out', 'kept.txt'))).toBe(true);
    expect(first.log).not.toMatch(/^found$/mu);
    const second = await controller.start(job, { agent: 'another' }).done;
    expect(second.log).toMatch(/^found$/mu);
  });

  test('knows parameters only from the second build on', async () => {
    const job = jobOf(`parameters { string(name: 'WHO', defaultValue: 'world', description: '') }
      stages { stage('One') { steps { sh 'echo "hello \${WHO:-nobody}"' } } }`);
    expect((await controller.start(job, {}).done).log).toMatch(/^hello nobody$/mu);
    expect((await controller.start(job, {}).done).log).toMatch(/^hello world$/mu);
    expect((await controller.start(job, { parameters: new Map([['WHO', 'you']]) }).done).log).toMatch(/^hello you$/mu);
  });

  test('an abort terminates what runs, and runs post', async () => {
    const job = jobOf(
      `stages { stage('One') { steps { sh 'trap "echo terminated; exit 1" TERM; echo started; sleep 60 & wait' } } } post { aborted { echo 'was aborted' } }`,
    );
    const { build, done } = controller.start(job, {});
    await build.logged(/^started$/mu);
    const from = Date.now();
    build.abort();
    await done;
    expect(Date.now() - from).toBeLessThan(5000);
    expect(build.result).toBe('ABORTED');
    expect(build.log).toMatch(/terminated\n.*was aborted/su);
  });

  test('ends what a build left behind, but for what took another cookie', async () => {
    const left = `/tmp/hone-left-${process.pid}`;
    const build = await steps(
      `sh 'setsid sh -c "trap \\'\\' HUP; sleep 0.7; touch ${left}-a" >/dev/null 2>&1 & JENKINS_NODE_COOKIE=dontKillMe setsid sh -c "sleep 0.7; touch ${left}-b" >/dev/null 2>&1 &'`,
    );
    expect(build.result).toBe('SUCCESS');
    await expect.poll(() => existsSync(`${left}-b`), { timeout: 5000 }).toBe(true);
    expect(existsSync(`${left}-a`)).toBe(false);
    rmSync(`${left}-b`);
  });

  test('mails what the tokens stand for, with attachments', async () => {
    const build = await steps(`writeFile(file: 'out/a.txt', text: 'line')
      emailext(to: '$DEFAULT_RECIPIENTS, me@example.org', subject: '$PROJECT_NAME: $BUILD_STATUS', body: 'It says \${FILE,path="out/a.txt"}', attachmentsPattern: 'out/*.txt')`);
    expect(build.result, build.log).toBe('SUCCESS');
    await expect.poll(() => controller.mails.length).toBe(1);
    const [mail] = controller.mails;
    expect(mail).toMatchObject({ subject: `job-${jobs}: Successful`, text: expect.stringContaining('It says line') });
    expect(mail?.to?.map(({ address }) => address)).toEqual(['team@example.org', 'me@example.org']);
    expect(mail?.attachments.map(({ filename }) => filename)).toEqual(['a.txt']);
  });

  test.each([
    ['a step that nobody looked up', `steps { magic 'x' }`, 'Nobody looked up the step magic'],
    ['an unknown argument', `steps { sh(script: 'true', shell: 'zsh') }`, 'sh has no argument shell'],
    ['Groovy outside a script block', `steps { if (true) { echo 'x' } }`, 'This is no step'],
    ['what the sandbox rejects', `steps { script { 'a'.execute() } }`, 'RejectedAccessException'],
  ])('refuses %s', async (_, stage, message) => {
    const build = await run(`stages { stage('One') { ${stage} } }`);
    expect(build.result).toBe('FAILURE');
    expect(build.log).toContain(message);
  });

  test('runs jobs that a job starts, and takes their result', async () => {
    const inner = jobOf(`stages { stage('One') { steps { sh 'echo "for $FROM"'; unstable('so so') } } }`);
    const build = await steps(`build(job: '${inner.name}', parameters: [string(name: 'FROM', value: env.JOB_NAME)])`);
    expect(build.result).toBe('UNSTABLE');
    expect(inner.builds[0]?.log).toContain(`for job-${jobs}`);
  });
});
