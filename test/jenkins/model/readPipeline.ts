import type { GroovyCall, GroovyFile, GroovyNode } from '../groovy/GroovyTree.ts';
import { argumentsOf, bareCall, closureOf, methodName, statementsOf, textOf, walk } from '../groovy/readNode.ts';
import { checkSteps } from './checkSteps.ts';
import { PARAMETERS, PIPELINE_OPTIONS, PIPELINE_SECTIONS, TRIGGERS } from './knownNames.ts';
import type { Pipeline, Problem } from './Pipeline.ts';
import { Reader } from './Reader.ts';
import { readAgent, readEnvironment, readPost } from './readSections.ts';
import { readStages } from './readStage.ts';

/** A pipeline, null where it cannot be read at all, and what is wrong with it. */
export interface PipelineReading {
  readonly pipeline: Pipeline | null;
  readonly problems: readonly Problem[];
}

/** Reads a declarative pipeline and checks its structure. `anySteps` lets steps pass that nobody looked up. Never throws. */
export function readPipeline({ errors, body = [], annotations = [] }: GroovyFile, { anySteps = false } = {}): PipelineReading {
  if (errors.length > 0) return { pipeline: null, problems: errors };
  const reader = new Reader();
  const calls = body.flatMap((statement) => bareCall(statement) ?? []).filter((call) => methodName(call) === 'pipeline');
  const [call] = calls;
  const closure = call === undefined ? null : closureOf(call);
  if (call === undefined || closure === null || calls.length > 1) {
    return { pipeline: null, problems: [{ line: call?.line ?? 1, message: 'There must be one pipeline block at the top.' }] };
  }
  for (const name of annotations) if (!anySteps) reader.say(call, `@${name} runs while the file is compiled.`);
  const pipeline = readBody(reader, call, statementsOf(closure), anySteps);
  return { pipeline, problems: reader.problems };
}

function readBody(reader: Reader, call: GroovyCall, statements: readonly GroovyNode[], anySteps: boolean): Pipeline {
  if (statements.every((one) => one.type === 'block')) reader.say(call, 'pipeline is empty.');
  const sections = reader.sections('pipeline', statements, PIPELINE_SECTIONS, ['agent']);
  for (const name of ['agent', 'stages']) if (!sections.has(name)) reader.say(call, `pipeline lacks ${name}.`);
  const stages = readStages(reader, sections.get('stages'));
  const pipeline: Pipeline = {
    line: call.line,
    agent: readAgent(reader, sections.get('agent')),
    environment: readEnvironment(reader, sections.get('environment')),
    options: reader.calls(sections.get('options'), PIPELINE_OPTIONS, true),
    parameters: reader.calls(sections.get('parameters'), PARAMETERS, false),
    triggers: checkTriggers(reader, reader.calls(sections.get('triggers'), TRIGGERS, true)),
    post: readPost(reader, sections.get('post')),
    stages,
  };
  if (sections.has('tools')) reader.filled(sections.get('tools'));
  if (sections.has('libraries')) checkLibraries(reader, sections.get('libraries') as GroovyCall);
  for (const { steps } of pipeline.post) checkSteps(reader, steps, anySteps);
  checkStageSteps(reader, pipeline.stages, anySteps, new Set());
  return pipeline;
}

/** What is said by a schedule needs one, and one that is a text. */
function checkTriggers(reader: Reader, triggers: readonly GroovyCall[]): readonly GroovyCall[] {
  for (const trigger of triggers) {
    const { positional } = argumentsOf(trigger);
    const [schedule] = positional;
    const isText = schedule !== undefined && ['constant', 'gstring', 'variable', 'binary'].includes(schedule.type);
    const isScheduled = ['cron', 'pollSCM'].includes(methodName(trigger) ?? '');
    if (isScheduled && (positional.length !== 1 || !isText)) reader.say(trigger, `${methodName(trigger)} takes one text.`);
  }
  return triggers;
}

function checkLibraries(reader: Reader, call: GroovyCall): void {
  for (const statement of reader.filled(call)) {
    const one = bareCall(statement);
    if (one === null || methodName(one) !== 'lib') reader.say(statement, 'libraries holds only lib(...).');
  }
}

function checkStageSteps(reader: Reader, stages: Pipeline['stages'], anySteps: boolean, names: Set<string>): void {
  for (const stage of stages) {
    if (names.has(stage.name)) reader.problems.push({ line: stage.line, message: `There are two stages ${stage.name}.` });
    names.add(stage.name);
    checkSteps(reader, stage.steps ?? [], anySteps);
    for (const { steps } of stage.post) checkSteps(reader, steps, anySteps);
    checkStageSteps(reader, [...(stage.stages ?? []), ...(stage.parallel ?? [])], anySteps, names);
  }
}

/** Lines of shell commands that are not written as one single-quoted literal: what is computed into them is run by the shell. */
export function computedCommands({ body = [] }: GroovyFile): readonly number[] {
  const lines: number[] = [];
  for (const node of body.flatMap((statement) => [...walk(statement)])) {
    if (node.type !== 'call' || !['sh', 'bat', 'powershell'].includes(methodName(node) ?? '')) continue;
    const scripts = node.arguments.flatMap((one) =>
      one.type === 'map'
        ? one.entries.flatMap((entry) => (entry.type === 'entry' && textOf(entry.key) === 'script' ? [entry.value] : []))
        : [one],
    );
    if (!scripts.every((one) => one.type === 'constant' && (one.quote === "'" || one.quote === "'''"))) lines.push(node.line);
  }
  return lines;
}
