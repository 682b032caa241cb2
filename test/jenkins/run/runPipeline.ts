import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GroovyCall, GroovyNode } from '../groovy/GroovyTree.ts';
import { argumentsOf, bareCall, closureOf, methodName, statementsOf, textOf } from '../groovy/readNode.ts';
import type { Pipeline, PostBlock, Stage } from '../model/Pipeline.ts';
import type { Build, StageEntry } from './Build.ts';
import { createEvaluator } from './createEvaluator.ts';
import { isTrue, type Evaluator, type StepCall } from './evaluate.ts';
import { Failure, worseOf, type Result } from './Failure.ts';
import { hold, limit } from './flowSteps.ts';
import { killByCookie } from './killByCookie.ts';
import type { Scope } from './Scope.ts';

/** Runs a declarative pipeline: stages, then what its post section has for the result. `onStart` is when its parameters become known. */
export async function runPipeline(build: Build, pipeline: Pipeline, onStart: () => void): Promise<void> {
  const evaluator = createEvaluator();
  const scope = await enter(evaluator, scopeOf(build, pipeline.agent), pipeline);
  onStart();
  try {
    await withOptions(evaluator, scope, pipeline.options, async (limited) => {
      await attempt(build, () => runStages(evaluator, limited, pipeline.stages));
    });
    await runPost(evaluator, scope, pipeline.post, build.result);
  } finally {
    leave(scope);
  }
}

/** Gives a workspace back; what is left of the build ends then, unless it took another cookie. */
function leave({ build, workspace }: Scope): void {
  killByCookie('JENKINS_NODE_COOKIE', build.cookie, 'SIGTERM');
  build.controller.leases.delete(workspace);
}

/** Runs a part; its failure worsens the build, and nothing else. @returns whether it ended well */
async function attempt(build: Build, part: () => Promise<unknown>): Promise<boolean> {
  try {
    await part();
    return true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    build.say(`ERROR: ${error.message}\n`);
    build.worsen(error.result);
    return false;
  }
}

function scopeOf(build: Build, agent: GroovyNode | null): Scope {
  const { job, controller, number, cookie, parameters } = build;
  const workspace = lease(controller, join(build.agent, customWorkspace(agent) ?? join('workspace', job.name)));
  mkdirSync(workspace, { recursive: true });
  const environment = {
    ...controller.environment,
    ...Object.fromEntries(parameters),
    BUILD_ID: String(number),
    BUILD_NUMBER: String(number),
    BUILD_TAG: `jenkins-${job.name}-${number}`,
    BUILD_URL: `http://127.0.0.1/job/${job.name}/${number}/`,
    EXECUTOR_NUMBER: '0',
    JENKINS_NODE_COOKIE: cookie,
    JENKINS_URL: 'http://127.0.0.1/',
    JOB_BASE_NAME: job.name,
    JOB_NAME: job.name,
    NODE_NAME: 'agent',
    WORKSPACE: workspace,
  };
  return { build, workspace, directory: workspace, environment, secrets: [], signal: build.signal, locals: new Map() };
}

/** A scope moved to another agent: another workspace, and all else as it was. */
function onAgent(outer: Scope, agent: GroovyNode): Scope {
  const { workspace } = scopeOf(outer.build, agent);
  return { ...outer, workspace, directory: workspace, environment: { ...outer.environment, WORKSPACE: workspace } };
}

/** A workspace that nobody uses: one that is in use stands beside it, with a number. */
function lease({ leases }: Build['controller'], path: string): string {
  let free = path;
  for (let number = 2; leases.has(free); number++) free = `${path}@${number}`;
  leases.add(free);
  return free;
}

function customWorkspace(agent: GroovyNode | null): string | null {
  const closure = agent?.type === 'call' ? closureOf(agent) : null;
  const fields = closure === null ? [] : statementsOf(closure).flatMap((statement) => bareCall(statement) ?? []);
  const field = fields.find((one) => methodName(one) === 'customWorkspace');
  return field === undefined ? null : textOf(argumentsOf(field).positional[0]);
}

/** The scope of a section, with its variables; credentials among them are secret. */
async function enter(evaluator: Evaluator, scope: Scope, { environment }: Pick<Pipeline, 'environment'>): Promise<Scope> {
  let entered = scope;
  for (const { name, value } of environment) {
    const text = String(await evaluator.evaluate(entered, value));
    entered = { ...entered, environment: { ...entered.environment, [name]: text } };
  }
  return entered;
}

/** Options that hold for the time of a part; those of the whole job say nothing to one build. */
async function withOptions(
  evaluator: Evaluator,
  scope: Scope,
  options: readonly GroovyCall[],
  part: (scope: Scope) => Promise<void>,
): Promise<void> {
  const [option, ...others] = options;
  if (option === undefined) return part(scope);
  const name = methodName(option);
  const rest = (inner: Scope): Promise<void> => withOptions(evaluator, inner, others, part);
  if (name === 'timeout') await limit(scope, await callOf(evaluator, scope, option), rest);
  else if (name === 'lock') await hold(scope, await callOf(evaluator, scope, option), () => rest(scope));
  else if (JOB_OPTIONS.includes(name ?? '')) await rest(scope);
  else throw new Failure(`The option ${name} is not carried out.`);
}

const JOB_OPTIONS = [
  'buildDiscarder',
  'copyArtifactPermission',
  'disableConcurrentBuilds',
  'skipDefaultCheckout',
  'timestamps',
  'disableResume',
  'durabilityHint',
  'preserveStashes',
];

async function callOf(evaluator: Evaluator, scope: Scope, call: GroovyCall): Promise<StepCall> {
  const { named, positional } = argumentsOf(call);
  const given: Record<string, unknown> = {};
  for (const [key, value] of named) given[key] = await evaluator.evaluate(scope, value);
  const values: unknown[] = [];
  for (const value of positional) values.push(await evaluator.evaluate(scope, value));
  return { name: methodName(call) ?? '', named: given, positional: values, body: null };
}

async function runStages(evaluator: Evaluator, scope: Scope, stages: readonly Stage[]): Promise<void> {
  let failure: unknown = null;
  for (const stage of stages) {
    if (failure !== null) {
      scope.build.stages.push({ name: stage.name, result: 'SKIPPED' });
      continue;
    }
    await runStage(evaluator, scope, stage).catch((error: unknown) => (failure = error));
  }
  if (failure !== null) throw failure;
}

async function runStage(evaluator: Evaluator, outer: Scope, stage: Stage): Promise<void> {
  const { build } = outer;
  const own = stage.agent === null ? outer : onAgent(outer, stage.agent);
  const scope = await enter(evaluator, own, stage);
  const entry: StageEntry = { name: stage.name, result: 'SKIPPED' };
  build.stages.push(entry);
  try {
    await runEntered(evaluator, scope, stage, entry);
  } finally {
    if (own !== outer) leave(own);
  }
}

async function runEntered(evaluator: Evaluator, scope: Scope, stage: Stage, entry: StageEntry): Promise<void> {
  const { build } = scope;
  for (const condition of stage.when) if (!(await holds(evaluator, scope, condition))) return;
  build.say(`[Pipeline] stage (${stage.name})\n`);
  entry.result = 'SUCCESS';
  const before = build.result;
  let failure: unknown = null;
  try {
    await withOptions(evaluator, scope, stage.options, (limited) => runBody(evaluator, limited, stage));
  } catch (error) {
    failure = error;
    entry.result = error instanceof Failure ? error.result : 'FAILURE';
  }
  if (failure === null && build.result !== before) entry.result = build.result;
  await runPost(evaluator, scope, stage.post, worseOf(resultOf(entry), before));
  if (failure !== null) throw failure;
}

function resultOf({ result }: StageEntry): Result {
  return result === 'SKIPPED' ? 'SUCCESS' : result;
}

async function runBody(evaluator: Evaluator, scope: Scope, { steps, stages, parallel, name }: Stage): Promise<void> {
  if (steps !== null) await evaluator.run(scope, steps);
  else if (stages !== null) await runStages(evaluator, scope, stages);
  else if (parallel !== null) await Promise.all(parallel.map((stage) => runStage(evaluator, scope, stage)));
  else throw new Failure(`The stage ${name} has nothing that is carried out.`);
}

async function holds(evaluator: Evaluator, scope: Scope, condition: GroovyCall): Promise<boolean> {
  const closure = closureOf(condition);
  const inner = closure === null ? [] : statementsOf(closure).flatMap((statement) => bareCall(statement) ?? []);
  const { named } = argumentsOf(condition);
  switch (methodName(condition)) {
    case 'expression':
      return isTrue(await evaluator.body(scope, closure));
    case 'environment':
      return scope.environment[String(textOf(named.get('name')))] === textOf(named.get('value'));
    case 'not':
      return !(await holds(evaluator, scope, inner[0] as GroovyCall));
    case 'allOf':
      return (await Promise.all(inner.map((one) => holds(evaluator, scope, one)))).every(Boolean);
    case 'anyOf':
      return (await Promise.all(inner.map((one) => holds(evaluator, scope, one)))).some(Boolean);
    default:
      throw new Failure(`The condition ${methodName(condition)} is not carried out.`);
  }
}

/** Runs the blocks of a post section in Jenkins' order; those that fail do not keep the others from running. An abort does not reach them. */
async function runPost(evaluator: Evaluator, scope: Scope, post: readonly PostBlock[], result: Result): Promise<void> {
  const { build } = scope;
  const free = { ...scope, signal: new AbortController().signal };
  for (const condition of ORDER) {
    const block = post.find((one) => one.condition === condition);
    const now = worseOf(result, build.result);
    if (block !== undefined && !build.lost && applies(condition, now, build.previous?.result))
      await attempt(build, () => evaluator.run(free, block.steps));
  }
}

const ORDER = [
  'always',
  'changed',
  'fixed',
  'regression',
  'aborted',
  'failure',
  'success',
  'unstable',
  'unsuccessful',
  'notBuilt',
  'cleanup',
];

function applies(condition: string, result: Result, previous: Result | undefined): boolean {
  switch (condition) {
    case 'always':
    case 'cleanup':
      return true;
    case 'changed':
      return result !== previous;
    case 'fixed':
      return result === 'SUCCESS' && (previous === 'FAILURE' || previous === 'UNSTABLE');
    case 'regression':
      return result !== 'SUCCESS' && previous === 'SUCCESS';
    case 'unsuccessful':
      return result !== 'SUCCESS';
    default:
      return RESULT_OF[condition] === result;
  }
}

const RESULT_OF: Readonly<Record<string, Result>> = {
  aborted: 'ABORTED',
  failure: 'FAILURE',
  success: 'SUCCESS',
  unstable: 'UNSTABLE',
  notBuilt: 'NOT_BUILT',
};
