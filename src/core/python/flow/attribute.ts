import type { Interpreter } from './Interpreter.ts';
import { choiceOf, optionsOf, type ClassValue, type Value } from './Value.ts';

/** The attribute of a value: the script's own where it has one, else a member of a library's. */
export function attribute(object: Value, name: string, interpreter: Interpreter): Value {
  switch (object.kind) {
    case 'external':
      return { kind: 'external', path: `${object.path}.${name}` };
    case 'choice':
      return choiceOf(object.options.map((option) => interpreter.attribute(option, name)));
    case 'module':
      return object.scope.names.get(name) ?? { kind: 'member', object, name };
    case 'object': {
      const own = object.attributes.get(name);
      return own ?? inClass(object.class, name, object) ?? { kind: 'member', object, name };
    }
    case 'super':
      for (const base of object.after.bases.flatMap(optionsOf)) {
        const found = base.kind === 'class' ? inClass(base, name, object.object) : undefined;
        if (found !== undefined) return found;
      }
      return { kind: 'member', object: object.object, name: `super.${name}` };
    case 'dict':
      // Dictionaries whose keys are attributes too: Lightning's hparams, EasyDict, Munch.
      return (METHODS.has(name) ? undefined : object.entries.get(name)) ?? { kind: 'member', object, name };
    case 'class':
      return inClass(object, name, null) ?? { kind: 'member', object, name };
    default:
      return { kind: 'member', object, name };
  }
}

/** Methods of a dictionary, which no key hides. */
const METHODS = new Set(['get', 'items', 'keys', 'values', 'update', 'pop', 'copy', 'setdefault']);

/** Looks a name up in a class and its bases; functions come bound to `self`. */
export function inClass(owner: ClassValue, name: string, self: Value | null): Value | undefined {
  const open: ClassValue[] = [owner];
  const seen = new Set<ClassValue>();
  for (let current = open.shift(); current !== undefined; current = open.shift()) {
    if (seen.has(current)) continue;
    seen.add(current);
    const value = current.scope.names.get(name);
    if (value?.kind === 'function' && value.definition.kind === 'function') return bound(value, current, self);
    if (value !== undefined) return value;
    open.push(...current.bases.flatMap(optionsOf).filter((base) => base.kind === 'class'));
  }
  return undefined;
}

function bound(value: Extract<Value, { kind: 'function' }>, owner: ClassValue, self: Value | null): Value {
  const decorators = value.definition.kind === 'function' ? value.definition.decorators : [];
  const marks = decorators.map((decorator) => (decorator.kind === 'name' ? decorator.id : ''));
  if (marks.includes('staticmethod')) return { ...value, owner };
  return { ...value, owner, self: marks.includes('classmethod') ? owner : self };
}

/** The classes of libraries that a class descends from, nearest first. */
export function externalBases(owner: ClassValue): string[] {
  const paths: string[] = [];
  const open: Value[] = [...owner.bases];
  const seen = new Set<Value>();
  for (let base = open.shift(); base !== undefined; base = open.shift()) {
    if (seen.has(base)) continue;
    seen.add(base);
    if (base.kind === 'external') paths.push(base.path);
    else if (base.kind === 'class') open.push(...base.bases);
    else if (base.kind === 'choice') open.push(...base.options);
  }
  return paths;
}
