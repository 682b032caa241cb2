import type { GroovyCall, GroovyNode } from '../groovy/GroovyTree.ts';
import { argumentsOf, bareCall, closureOf, methodName, statementsOf } from '../groovy/readNode.ts';
import { STAGE_OPTIONS, STAGE_SECTIONS } from './knownNames.ts';
import type { Stage } from './Pipeline.ts';
import type { Reader } from './Reader.ts';
import { readAgent, readEnvironment, readInput, readPost, readWhen } from './readSections.ts';

/** The stages of a block; `inParallel` where one around it runs them side by side, which may not be done twice. */
export function readStages(reader: Reader, call: GroovyCall | undefined, inParallel = false): readonly Stage[] {
  return reader.filled(call).flatMap((statement) => {
    const stage = bareCall(statement);
    if (stage === null || methodName(stage) !== 'stage' || closureOf(stage) === null) {
      reader.say(statement, 'Only stages stand here.');
      return [];
    }
    return [readStage(reader, stage, inParallel)];
  });
}

const BODIES = ['steps', 'stages', 'parallel', 'matrix'];

function readStage(reader: Reader, call: GroovyCall, inParallel: boolean): Stage {
  const closure = closureOf(call);
  const sections = reader.sections('stage', closure === null ? [] : statementsOf(closure), STAGE_SECTIONS, ['agent', 'failFast']);
  const bodies = BODIES.filter((name) => sections.has(name));
  if (bodies.length !== 1) reader.say(call, `A stage has one of ${BODIES.join(', ')}; this has ${bodies.join(', ') || 'none'}.`);
  checkParallel(reader, call, sections, inParallel);
  const parallel = sections.get('parallel');
  const stages = sections.get('stages');
  const steps = sections.get('steps');
  if (sections.has('tools')) reader.filled(sections.get('tools'));
  return {
    line: call.line,
    name: stageName(reader, call),
    agent: readAgent(reader, sections.get('agent')),
    environment: readEnvironment(reader, sections.get('environment')),
    options: reader.calls(sections.get('options'), STAGE_OPTIONS, true),
    when: readWhen(reader, sections.get('when')),
    input: readInput(reader, sections.get('input')),
    post: readPost(reader, sections.get('post')),
    steps: steps === undefined ? null : reader.filled(steps),
    stages: stages === undefined ? null : readStages(reader, stages, inParallel),
    parallel: parallel === undefined ? null : readStages(reader, parallel, true),
    matrix: sections.has('matrix') && checkMatrix(reader, sections.get('matrix') as GroovyCall),
  };
}

/** What runs side by side has no agent of its own, and holds nothing that does so again. */
function checkParallel(reader: Reader, call: GroovyCall, sections: ReadonlyMap<string, GroovyCall>, inParallel: boolean): void {
  const splits = sections.has('parallel') || sections.has('matrix');
  if (splits && (sections.has('agent') || sections.has('tools')))
    reader.say(call, 'Stages side by side have agents and tools of their own.');
  if (splits && inParallel) reader.say(call, 'Stages run side by side already.');
  const failFast = sections.get('failFast');
  if (failFast === undefined) return;
  const [value] = failFast.arguments;
  if (!splits || value?.type !== 'constant' || typeof value.value !== 'boolean')
    reader.say(call, 'failFast is true or false, beside parallel.');
}

function stageName(reader: Reader, call: GroovyCall): string {
  const { positional, named } = argumentsOf(call);
  const [only = named.get('name'), ...more] = positional;
  if (only === undefined || more.length > 0 || (only.type !== 'constant' && only.type !== 'gstring'))
    reader.say(call, 'A stage has one name.');
  if (only?.type === 'constant' && only.value === '') reader.say(call, 'The name of a stage is empty.');
  return only?.type === 'constant' ? String(only.value) : `line ${call.line}`;
}

/** Generated pipelines have no matrix; what is checked of one is that it has axes and stages. */
function checkMatrix(reader: Reader, call: GroovyCall): boolean {
  const known = [...STAGE_SECTIONS, 'axes', 'excludes'];
  const sections = reader.sections('matrix', reader.filled(call), known, ['agent', 'failFast']);
  for (const name of ['axes', 'stages']) if (!sections.has(name)) reader.say(call, `matrix lacks ${name}.`);
  checkAxes(reader, sections.get('axes'), ['values']);
  for (const exclude of reader.filled(sections.get('excludes'))) {
    const one = bareCall(exclude);
    if (one === null || methodName(one) !== 'exclude' || closureOf(one) === null)
      reader.say(exclude, 'excludes holds only exclude.');
    else checkAxes(reader, one, ['values', 'notValues']);
  }
  readStages(reader, sections.get('stages'), true);
  return true;
}

function checkAxes(reader: Reader, call: GroovyCall | undefined, lists: readonly string[]): void {
  for (const statement of reader.filled(call)) {
    const axis = bareCall(statement);
    const fields = new Map(reader.filled(axis !== null && closureOf(axis) !== null ? axis : undefined).map(fieldOf));
    const values = lists.flatMap((name) => fields.get(name) ?? []);
    if (axis === null || methodName(axis) !== 'axis' || !fields.has('name') || values.length !== 1)
      reader.say(statement, 'An axis has a name and values.');
    for (const { arguments: items } of values) {
      if (items.length === 0 || items.some((one) => one.type !== 'constant'))
        reader.say(statement, 'The values of an axis are literals.');
    }
  }
}

function fieldOf(statement: GroovyNode): readonly [string, GroovyCall] {
  const call = bareCall(statement);
  return [call === null ? '' : (methodName(call) ?? ''), call as GroovyCall];
}
