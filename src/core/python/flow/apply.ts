import type { Ranged } from '../Ast.ts';
import { applyBuiltin, applyContainer } from './applyBuiltin.ts';
import { externalBases, inClass } from './attribute.ts';
import type { Frame, Interpreter } from './Interpreter.ts';
import { Scope } from './Scope.ts';
import {
  choiceOf,
  optionsOf,
  UNKNOWN,
  type Call,
  type CallArgument,
  type ClassValue,
  type FunctionValue,
  type MemberValue,
  type ObjectValue,
  type Value,
} from './Value.ts';

const MAX_FRAMES = 40;

/** What a call gives: functions and classes of the script are followed into, all else is recorded as a call. */
export function apply(callee: Value, args: readonly CallArgument[], node: Ranged, interpreter: Interpreter): Value {
  switch (callee.kind) {
    case 'choice':
      return choiceOf(callee.options.map((option) => interpreter.apply(option, args, node)));
    case 'function':
      runCommands(callee, node, interpreter);
      return invoke(callee, args, interpreter);
    case 'class':
      return instantiate(callee, args, interpreter);
    case 'object':
      return applyObject(callee, args, node, interpreter);
    case 'member':
      return applyMember(callee, args, node, interpreter);
    case 'external':
      return applyBuiltin(callee.path, args, interpreter) ?? record(callee, args, node, interpreter);
    default:
      return record(callee, args, node, interpreter);
  }
}

function record(callee: Value, args: readonly CallArgument[], node: Ranged, interpreter: Interpreter): Value {
  const loops = interpreter.frames.flatMap((frame) => frame.loops);
  const call: Call = {
    order: interpreter.calls.length,
    callee,
    name: nameOf(callee),
    args,
    node,
    live: interpreter.live,
    looped: loops.length > 0,
    loops,
    within: interpreter.frame.function?.definition ?? null,
  };
  interpreter.calls.push(call);
  runCommands(callee.kind === 'member' ? callee.object : callee, node, interpreter);
  for (const argument of args) {
    const built = argument.keyword !== null && BUILDERS.has(argument.keyword);
    if (argument.keyword !== 'command') escape(argument.value, node, interpreter, built ? args : []);
  }
  return { kind: 'result', call };
}

/** Wrappers call the function under these keywords with the other keywords that it takes. */
const BUILDERS = new Set(['build_fn', 'model']);

/** The keywords among some arguments that a function takes; scikeras names them `model__units`. */
function handedOn({ definition }: FunctionValue, args: readonly CallArgument[]): CallArgument[] {
  const names = new Set(definition.parameters.map(({ name }) => name));
  return args.flatMap((argument) => {
    const keyword = argument.keyword?.replace(/^model__/u, '') ?? null;
    return keyword !== null && names.has(keyword) && !BUILDERS.has(keyword) ? [{ ...argument, keyword }] : [];
  });
}

function nameOf(callee: Value): string {
  if (callee.kind === 'external') return callee.path.slice(callee.path.lastIndexOf('.') + 1);
  return callee.kind === 'member' ? callee.name : '__call__';
}

function applyObject(object: ObjectValue, args: readonly CallArgument[], node: Ranged, interpreter: Interpreter): Value {
  const own = inClass(object.class, '__call__', object);
  if (own !== undefined) return interpreter.apply(own, args, node);
  const result = record(object, args, node, interpreter);
  for (const name of ['forward', 'call']) {
    const method = inClass(object.class, name, object);
    if (method?.kind !== 'function') continue;
    const given = invoke(method, args, interpreter);
    if (result.kind === 'result') interpreter.forwarded.set(result.call, given);
  }
  return result;
}

/** Ways in which libraries run a function that they wrapped: `train.remote()`, `main.callback()`. */
const WRAPPED_CALLS = new Set(['remote', 'delay', 'main', 'callback', 'apply_async', 'submit', 'local']);

/** Methods of networks that give the network itself. */
const FLUENT = new Set([
  'to',
  'cuda',
  'cpu',
  'train',
  'eval',
  'float',
  'double',
  'half',
  'bfloat16',
  'requires_grad_',
  'share_memory',
  'apply',
]);

function applyMember(member: MemberValue, args: readonly CallArgument[], node: Ranged, interpreter: Interpreter): Value {
  const { object, name } = member;
  if (object.kind === 'function' && WRAPPED_CALLS.has(name)) return interpreter.apply(object, args, node);
  const contained = applyContainer(member, args);
  if (contained !== null) return contained;
  if (object.kind !== 'object' || externalBases(object.class).length === 0) return record(member, args, node, interpreter);
  if (name === 'save_hyperparameters') saveHyperparameters(object, node, interpreter);
  if (name === 'fit' || !isConstructing(object, interpreter)) escape(object, node, interpreter);
  const result = record(member, args, node, interpreter);
  return FLUENT.has(name) ? object : result;
}

/** Hooks of an object run only once its constructor is through: `super().__init__()` comes before there is anything to them. */
function isConstructing(object: ObjectValue, interpreter: Interpreter): boolean {
  return interpreter.frames.some(({ function: running }) => {
    const constructor = running?.definition.kind === 'function' && running.definition.name === '__init__';
    return constructor && running.self === object;
  });
}

/** Lightning keeps what the constructor was given under `hparams`. */
function saveHyperparameters(object: ObjectValue, node: Ranged, interpreter: Interpreter): void {
  const given = [...interpreter.frame.given].filter(([name]) => name !== 'self');
  object.attributes.set('hparams', { kind: 'dict', entries: new Map(given), rest: [], node });
}

function instantiate(owner: ClassValue, args: readonly CallArgument[], interpreter: Interpreter): Value {
  const object: ObjectValue = { kind: 'object', class: owner, attributes: new Map() };
  const constructor = inClass(owner, '__init__', object);
  if (constructor?.kind === 'function') invoke(constructor, args, interpreter);
  else for (const argument of args) if (argument.keyword !== null) object.attributes.set(argument.keyword, argument.value);
  return object;
}

function invoke(callee: FunctionValue, args: readonly CallArgument[], interpreter: Interpreter): Value {
  const { definition } = callee;
  const recursive = interpreter.frames.some((frame) => frame.function?.definition === definition);
  if (recursive || interpreter.frames.length > MAX_FRAMES || !interpreter.step()) return UNKNOWN;
  const scope = new Scope('function', callee.scope);
  bindParameters(callee, args, scope);
  interpreter.entered.add(definition);
  const frame: Frame = { function: callee, given: scope.snapshot(), returns: [], loops: [] };
  interpreter.frames.push(frame);
  if (definition.kind === 'lambda') frame.returns.push(interpreter.evaluate(definition.body, scope));
  else interpreter.execute(definition.body, scope);
  interpreter.frames.pop();
  return choiceOf(frame.returns);
}

function bindParameters(callee: FunctionValue, given: readonly CallArgument[], scope: Scope): void {
  const { parameters } = callee.definition;
  const positional = given
    .filter((argument) => argument.keyword === null && argument.splat === 0)
    .map((argument) => argument.value);
  if (callee.self !== null) positional.unshift(callee.self);
  const vague = given.some((argument) => argument.splat !== 0);
  for (const parameter of parameters) {
    if (parameter.splat === 1)
      scope.assign(parameter.name, {
        kind: 'sequence',
        type: 'tuple',
        items: positional.splice(0),
        open: vague,
        node: parameter,
      });
    else if (parameter.splat === 2) {
      const extra = given.filter(
        (argument) => argument.keyword !== null && !parameters.some((other) => other.name === argument.keyword),
      );
      scope.assign(parameter.name, {
        kind: 'dict',
        entries: new Map(extra.map((argument) => [argument.keyword, argument.value])),
        rest: [],
        node: parameter,
      });
    } else {
      const named = given.find((argument) => argument.keyword === parameter.name)?.value;
      scope.assign(parameter.name, named ?? positional.shift() ?? callee.defaults.get(parameter.name) ?? UNKNOWN);
    }
  }
}

/** Runs what decorators registered with a command line, an experiment or an engine, when that is started. */
function runCommands(owner: Value, node: Ranged, interpreter: Interpreter): void {
  for (const registered of interpreter.commands) {
    if (registered.owner !== owner || registered.command === owner || interpreter.escaped.has(registered)) continue;
    interpreter.escaped.add(registered);
    interpreter.apply(registered.command, [], node);
  }
}

const HOOKS = [
  'prepare_data',
  'setup',
  'configure_optimizers',
  'train_dataloader',
  'val_dataloader',
  'test_dataloader',
  'training_step',
  'validation_step',
  'test_step',
  'train_step',
  'forward',
  'call',
  '__len__',
  '__getitem__',
];

/** What is handed to a library may be run by it: functions, and the hooks of objects whose class descends from one of its own. */
function escape(value: Value, node: Ranged, interpreter: Interpreter, args: readonly CallArgument[] = []): void {
  for (const option of optionsOf(value)) {
    const key = option.kind === 'function' ? option.definition : option.kind === 'class' ? option.definition : option;
    if (interpreter.escaped.has(key)) continue;
    if (option.kind === 'function') {
      interpreter.escaped.add(key);
      invoke(option, handedOn(option, args), interpreter);
    } else if (option.kind === 'object' && externalBases(option.class).length > 0) {
      interpreter.escaped.add(key);
      for (const hook of HOOKS) {
        const method = inClass(option.class, hook, option);
        if (method?.kind === 'function') invoke(method, [], interpreter);
      }
    } else if (option.kind === 'class' && externalBases(option).length > 0) {
      interpreter.escaped.add(key);
      escape(interpreter.apply(option, [], node), node, interpreter);
    }
  }
}
