import type { GroovyCall } from '../groovy/GroovyTree.ts';
import { argumentsOf, bareCall, closureOf, methodName, statementsOf, textOf } from '../groovy/readNode.ts';
import type { Pipeline, Stage } from '../model/Pipeline.ts';
import { agentScope, leave, onAgent } from './agentScope.ts';
import type { Build, StageEntry } from './Build.ts';
import { createEvaluator } from './createEvaluator.ts';
import { isTrue, type Evaluator, type StepCall } from './evaluate.ts';
import { Failure, worseOf, type Result } from './Failure.ts';
import { hold, limit } from './flowSteps.ts';
import { attempt, runPost } from './runPost.ts';
import type { Scope } from './Scope.ts';

/** Runs a declarative pipeline: stages, then what its post section has for the result. `onStart` is when its parameters become known. */
export async function runPipeline(build: Build, pipeline: Pipeline, onStart: () => void): Promise<void> {
  const evaluator = createEvaluator();
  const scope = await enter(evaluator, agentScope(build, pipeline.agent), pipeline);
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
