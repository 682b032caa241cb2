import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { argumentsOf, methodName, textOf } from '../groovy/readNode.ts';
import type { Pipeline } from '../model/Pipeline.ts';
import { Build } from './Build.ts';
import { headOf, type BuildRequest, type Controller, type Job, type StartedBuild } from './Controller.ts';
import { Failure } from './Failure.ts';
import { runPipeline } from './runPipeline.ts';

/** Starts a build of a job: its Jenkinsfile is read from the commit that its branch is at. `done` never rejects for what the build did. */
export function runBuild(
  controller: Controller,
  job: Job,
  { parameters, signal, agent, upstream }: BuildRequest = {},
): StartedBuild {
  const known = job.parameters;
  const given = new Map([...known, ...(parameters ?? new Map<string, string>())]);
  const root = agent === undefined ? upstream?.agent : join(controller.home, 'agents', agent);
  const build = new Build(controller, job, given, root ?? join(controller.home, 'agents', 'agent'), upstream ?? null);
  const stop = (): void => build.abort();
  signal?.addEventListener('abort', stop, { once: true });
  const done = carryOut(controller, job, build).finally(() => signal?.removeEventListener('abort', stop));
  return { build, done };
}

async function carryOut(controller: Controller, job: Job, build: Build): Promise<Build> {
  try {
    const { pipeline } = controller.read(readJenkinsfile(controller, job));
    // A Jenkinsfile's parameters are known only once it ran.
    const declared = declaredParameters(pipeline);
    if (job.builds.length === 1) job.parameters = new Map();
    await runPipeline(build, pipeline, () => (job.parameters = declared));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    build.say(`ERROR: ${error.message}\n`);
    build.worsen(error.result);
  }
  build.ended = true;
  build.say(`Finished: ${build.result}\n`);
  return build;
}

function readJenkinsfile(controller: Controller, job: Job): string {
  const clone = join(controller.home, 'scripts', `${job.name}.git`);
  execFileSync('git', ['init', '--quiet', '--bare', clone]);
  execFileSync('git', ['-C', clone, 'fetch', '--quiet', '--no-tags', job.remote, job.branch]);
  return execFileSync('git', ['-C', clone, 'show', `${headOf(job)}:${job.scriptPath}`], { encoding: 'utf8' });
}

function declaredParameters({ parameters }: Pipeline): ReadonlyMap<string, string> {
  return new Map(
    parameters.map((call) => {
      const { named } = argumentsOf(call);
      const choices = named.get('choices');
      const first = choices?.type === 'list' ? choices.items[0] : named.get('defaultValue');
      const value = first?.type === 'constant' ? String(first.value ?? '') : '';
      return [textOf(named.get('name')) ?? methodName(call) ?? '', value] as const;
    }),
  );
}
