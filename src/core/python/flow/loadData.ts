import { CommandLine } from './CommandLine.ts';
import type { Interpreter } from './Interpreter.ts';
import { Scope } from './Scope.ts';
import { optionsOf, type Call, type CallArgument, type Value } from './Value.ts';

/** Functions that read a file of settings. */
const LOADERS =
  /^(?:yaml\.(?:safe_|full_|unsafe_)?load|json\.loads?|toml\.loads?|tomllib\.loads?|tomli\.loads?|commentjson\.loads?|omegaconf\.OmegaConf\.load)$/u;

/** Wrappers through which a dictionary's keys are attributes. */
const WRAPPERS =
  /^(?:easydict\.EasyDict|munch\.(?:Munch|munchify|DefaultMunch)|box\.Box|addict\.Dict|dotmap\.DotMap|attrdict\.AttrDict|omegaconf\.OmegaConf\.create|types\.SimpleNamespace|argparse\.Namespace|ml_collections\.ConfigDict)$/u;

/** What reading a settings file of the folder gives, or what a wrapper makes of it; null for other calls, and for files that are not there. */
export function loadData(path: string, args: readonly CallArgument[], interpreter: Interpreter): Value | null {
  const [first] = args;
  if (first === undefined) return null;
  if (WRAPPERS.test(path)) return first.keyword === null && first.value.kind === 'dict' ? first.value : null;
  if (!LOADERS.test(path)) return null;
  const file = pathText(first.value, interpreter);
  return file === null ? null : readData(file, first.expression.source.path, interpreter);
}

/** The value of a settings file, whose literals stand in that file. */
export function readData(file: string, from: string, interpreter: Interpreter): Value | null {
  const module = interpreter.resolveData(file, from);
  const [statement] = module?.body ?? [];
  if (module == null || statement?.kind !== 'expression') return null;
  const scope = interpreter.modules.get(module) ?? new Scope('module', null);
  interpreter.modules.set(module, scope);
  return interpreter.evaluate(statement.value, scope);
}

const MAX_DEPTH = 12;

/** The path that a value means: a text, an open file, what was read of one. `__file__` is a file of any name beside the script. */
function pathText(value: Value, interpreter: Interpreter, depth = 0): string | null {
  const inner = (part: Value): string | null => pathText(part, interpreter, depth + 1);
  if (depth > MAX_DEPTH) return null;
  const option = new CommandLine(interpreter.calls, interpreter.words).valueOf(value);
  if (option !== null) return inner(option);
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string' ? value.value : null;
    case 'external':
      return value.path === 'builtins.__file__' ? './file' : null;
    case 'choice':
      return optionsOf(value).reduce<string | null>((found, part) => found ?? inner(part), null);
    case 'member':
      return value.name === 'parent' ? above(inner(value.object)) : null;
    case 'derived':
      return value.node.kind === 'operation' && value.node.operator === '/' ? joined(value.from.map(inner)) : null;
    case 'result':
      return pathOfCall(value.call, inner);
    default:
      return null;
  }
}

function pathOfCall({ callee, name, args }: Call, inner: (part: Value) => string | null): string | null {
  const given = args.filter(({ keyword }) => keyword === null).map(({ value }) => value);
  const [first] = given;
  if (callee.kind === 'member') {
    const object = inner(callee.object);
    if (name === 'joinpath') return joined([object, ...given.map(inner)]);
    return /^(?:read|read_text|open|resolve|absolute|expanduser|decode)$/u.test(name) ? object : null;
  }
  if (callee.kind !== 'external' || first === undefined) return null;
  if (callee.path === 'os.path.join') return joined(given.map(inner));
  if (callee.path === 'os.path.dirname') return above(inner(first));
  const passes = /^(?:open|abspath|realpath|expanduser|Path|PurePath|str|to_absolute_path)$/u.test(name);
  return passes ? inner(first) : null;
}

function above(path: string | null): string | null {
  if (path === null) return null;
  const at = path.lastIndexOf('/');
  return at === -1 ? '.' : path.slice(0, at);
}

function joined(parts: readonly (string | null)[]): string | null {
  return parts.includes(null) ? null : parts.join('/');
}
