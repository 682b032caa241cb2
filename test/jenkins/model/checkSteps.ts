import type { GroovyCall, GroovyNode } from '../groovy/GroovyTree.ts';
import { argumentsOf, bareCall, closureOf, methodName, statementsOf, textOf, walk } from '../groovy/readNode.ts';
import { KNOWN_STEPS } from './knownSteps.ts';
import type { Reader } from './Reader.ts';

/** Directives: they are no steps, wherever they stand. */
const DIRECTIVES = ['pipeline', 'agent', 'stages', 'options', 'triggers', 'parameters', 'post', 'steps', 'when', 'properties'];

/** Checks that only steps stand where steps do, with arguments that they have. `anySteps` lets those pass that nobody looked up. */
export function checkSteps(reader: Reader, statements: readonly GroovyNode[], anySteps: boolean): void {
  for (const statement of statements) {
    const call = bareCall(statement);
    const name = call === null ? null : methodName(call);
    if (call === null || name === null) reader.say(statement, 'This is no step; Groovy stands in a script block.');
    else if (name === 'script') checkScript(reader, call, anySteps);
    else checkStep(reader, call, name, statements, anySteps);
  }
}

function checkStep(reader: Reader, call: GroovyCall, name: string, statements: readonly GroovyNode[], anySteps: boolean): void {
  const known = KNOWN_STEPS[name];
  const closure = closureOf(call);
  if (DIRECTIVES.includes(name) || name === 'stage') return reader.say(call, `${name} is no step.`);
  if (name === 'parallel' && statements.length > 1) return reader.say(call, 'parallel stands alone.');
  if (known === undefined && !anySteps) return reader.say(call, `Nobody looked up the step ${name}.`);
  if (known !== undefined) {
    if (known.body !== (closure !== null)) reader.say(call, `${name} ${known.body ? 'needs' : 'takes no'} block.`);
    checkArguments(reader, call, name);
  }
  if (closure !== null) checkSteps(reader, statementsOf(closure), anySteps);
}

function checkArguments(reader: Reader, call: GroovyCall, name: string): void {
  const known = KNOWN_STEPS[name];
  if (known === undefined) return;
  const { named, positional } = argumentsOf(call);
  const most = known.single === null ? 0 : 1;
  if (positional.length > most) reader.say(call, `${name} takes ${most} argument${most === 1 ? '' : 's'} without a name.`);
  reader.namedArguments(call, known.arguments);
  if (positional.length > 0 || named.size > 0) checkTypes(reader, name, call);
}

const NUMBERS = ['time', 'count'];
const ENUMS: Readonly<Record<string, readonly string[]>> = {
  unit: ['NANOSECONDS', 'MICROSECONDS', 'MILLISECONDS', 'SECONDS', 'MINUTES', 'HOURS', 'DAYS'],
  buildResult: ['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED'],
  stageResult: ['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED'],
};

/** Whether literals are of the kinds that arguments are. */
function checkTypes(reader: Reader, name: string, call: GroovyCall): void {
  const { named, positional } = argumentsOf(call);
  const single = KNOWN_STEPS[name]?.single ?? null;
  const all = [...named, ...(single === null ? [] : positional.map((value) => [single, value] as const))];
  for (const [argument, value] of all) {
    if (value.type !== 'constant') continue;
    const wrongNumber = NUMBERS.includes(argument) ? !isCount(value.value) : false;
    const choices = ENUMS[argument];
    const wrongChoice = choices !== undefined && !choices.includes(textOf(value) ?? '');
    if (wrongNumber || wrongChoice) reader.say(call, `${argument} of ${name} cannot be ${value.value}.`);
  }
}

function isCount(value: unknown): boolean {
  return Number.isInteger(Number(value)) && Math.abs(Number(value)) < 2 ** 31;
}

/** In a script block stands any Groovy; the steps in it are checked as elsewhere. */
function checkScript(reader: Reader, call: GroovyCall, anySteps: boolean): void {
  const closure = closureOf(call);
  if (closure === null) return reader.say(call, 'script needs a block.');
  for (const node of walk(closure)) {
    if (node.type === 'other' && !anySteps) reader.say(node, `${node.kind} is more than a script block should need.`);
    if (node.type !== 'call' || node.object !== null) continue;
    const name = methodName(node) ?? '';
    if (name in KNOWN_STEPS && name !== 'script') checkArguments(reader, node, name);
    else if (!anySteps && !SCRIPT_FUNCTIONS.includes(name)) reader.say(node, `Nobody looked up ${name}.`);
  }
}

/** What script blocks may call besides steps: bindings, selectors and kinds of parameters. */
export const SCRIPT_FUNCTIONS = [
  'string',
  'booleanParam',
  'text',
  'lastSuccessful',
  'lastCompleted',
  'specific',
  'upstream',
  'usernamePassword',
  'file',
  'agent',
  'nonresumable',
];
