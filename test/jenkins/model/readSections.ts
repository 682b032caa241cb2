import type { GroovyCall, GroovyNode } from '../groovy/GroovyTree.ts';
import { argumentsOf, bareCall, closureOf, expressionOf, methodName, statementsOf } from '../groovy/readNode.ts';
import { AGENTS, CONDITIONS, INPUT_FIELDS, NESTING, PARAMETERS, POST_CONDITIONS, WHEN_FLAGS } from './knownNames.ts';
import type { PostBlock, Variable } from './Pipeline.ts';
import type { Reader } from './Reader.ts';

/** `agent any`, `agent none`, or the one kind of agent in its block; null where it is absent or wrong. */
export function readAgent(reader: Reader, call: GroovyCall | undefined): GroovyNode | null {
  if (call === undefined) return null;
  const closure = closureOf(call);
  if (closure === null) {
    const [only] = call.arguments;
    const name = only?.type === 'variable' ? only.name : null;
    if (name !== 'any' && name !== 'none') reader.say(call, `There is no agent ${name ?? 'like this'}.`);
    return only ?? null;
  }
  const [kind, ...more] = reader.filled(call);
  if (kind === undefined) return null;
  const agent = bareCall(kind);
  const name = agent === null ? null : methodName(agent);
  if (agent === null || name === null || !(name in AGENTS)) reader.say(call, `There is no agent ${name ?? 'like this'}.`);
  else checkAgent(reader, agent, AGENTS[name] ?? null);
  if (more.length > 0) reader.say(call, 'An agent is of one kind.');
  return agent;
}

function checkAgent(reader: Reader, agent: GroovyCall, known: readonly string[] | null): void {
  const closure = closureOf(agent);
  if (known === null || (closure === null && agent.arguments.length > 0)) return;
  const given = new Set<string>();
  for (const statement of closure === null ? [] : statementsOf(closure)) {
    const field = bareCall(statement);
    const name = field === null ? null : methodName(field);
    if (name === null || !known.some((one) => one.replace('!', '') === name))
      reader.say(statement, `${methodName(agent)} has no field ${name}.`);
    else given.add(name);
  }
  for (const one of known)
    if (one.endsWith('!') && !given.has(one.slice(0, -1))) reader.say(agent, `${methodName(agent)} lacks ${one.slice(0, -1)}.`);
}

/** The variables of an environment block. */
export function readEnvironment(reader: Reader, call: GroovyCall | undefined): readonly Variable[] {
  const names = new Set<string>();
  return reader.filled(call).flatMap((statement) => {
    const node = expressionOf(statement);
    if (node.type !== 'binary' || node.operator !== '=' || node.left.type !== 'variable') {
      reader.say(statement, 'environment holds only NAME = value.');
      return [];
    }
    const { name } = node.left;
    if (names.has(name)) reader.say(statement, `${name} is set twice.`);
    names.add(name);
    if (!isValue(node.right)) reader.say(statement, `${name} is neither a text nor what a call returns.`);
    return [{ name, value: node.right }];
  });
}

/** What a variable may be set to: texts, sums of them, and calls. */
function isValue(node: GroovyNode): boolean {
  if (node.type === 'binary') return node.operator === '+' && isValue(node.left) && isValue(node.right);
  if (node.type === 'constant') return node.value !== null;
  if (node.type === 'call') return methodName(node) !== '$'; // A brace after a dollar sign outside a string.
  return ['gstring', 'variable', 'property'].includes(node.type);
}

/** The blocks of a post section. */
export function readPost(reader: Reader, call: GroovyCall | undefined): readonly PostBlock[] {
  return [...reader.sections('post', reader.filled(call), POST_CONDITIONS, [])].map(([condition, block]) => ({
    condition,
    steps: reader.filled(block),
  }));
}

/** The conditions of a `when`, without its flags. */
export function readWhen(reader: Reader, call: GroovyCall | undefined): readonly GroovyCall[] {
  const conditions = reader.filled(call).flatMap((statement) => {
    const one = bareCall(statement);
    const name = one === null ? null : methodName(one);
    if (one !== null && name !== null && WHEN_FLAGS.includes(name)) return [];
    return readCondition(reader, statement);
  });
  if (call !== undefined && conditions.length === 0) reader.say(call, 'when has no condition.');
  return conditions;
}

function readCondition(reader: Reader, statement: GroovyNode): readonly GroovyCall[] {
  const call = bareCall(statement);
  const name = call === null ? null : methodName(call);
  if (call === null || name === null || !(name in CONDITIONS)) {
    reader.say(statement, `when has no condition ${name ?? 'like this'}.`);
    return [];
  }
  const most = NESTING[name];
  const closure = closureOf(call);
  if (most !== undefined) {
    const inner = closure === null ? [] : statementsOf(closure);
    if (inner.length === 0 || inner.length > most || call.arguments.length > 1)
      reader.say(call, `${name} holds ${inner.length} conditions.`);
    for (const one of inner) readCondition(reader, one);
  } else if ((name === 'expression') !== (closure !== null)) reader.say(call, `${name} is written otherwise.`);
  else checkCondition(reader, call, name);
  return [call];
}

function checkCondition(reader: Reader, call: GroovyCall, name: string): void {
  reader.namedArguments(call, CONDITIONS[name] ?? null);
  const { named, positional } = argumentsOf(call);
  for (const value of [...named.values(), ...positional]) {
    if (name !== 'equals' && value.type === 'constant' && typeof value.value === 'number')
      reader.say(call, `${name} takes texts.`);
  }
  if (positional.length > 1) reader.say(call, `${name} takes one argument without a name.`);
}

/** The fields of an `input`. */
export function readInput(reader: Reader, call: GroovyCall | undefined): readonly GroovyCall[] {
  if (call === undefined) return [];
  const fields = reader.sections('input', reader.filled(call), INPUT_FIELDS, INPUT_FIELDS);
  if (!fields.has('message')) reader.say(call, 'input lacks message.');
  const parameters = fields.get('parameters');
  if (parameters !== undefined) reader.calls(parameters, PARAMETERS, false);
  return [...fields.values()];
}
