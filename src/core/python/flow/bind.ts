import type { Expression } from '../Ast.ts';
import type { Interpreter } from './Interpreter.ts';
import { itemAt } from './iterate.ts';
import type { Scope } from './Scope.ts';
import { optionsOf, UNKNOWN, type Value } from './Value.ts';

/** Binds a target (a name, an attribute, an element, or a pattern of them) to a value. */
export function bind(target: Expression, value: Value, scope: Scope, interpreter: Interpreter): void {
  switch (target.kind) {
    case 'name':
      scope.assign(target.id, value);
      return;
    case 'sequence':
      target.items.forEach((item, index) => {
        const element: Value = { kind: 'literal', value: index, node: target };
        interpreter.bind(item, item.kind === 'starred' ? UNKNOWN : unpacked(value, element), scope);
      });
      return;
    case 'starred':
      interpreter.bind(target.value, value, scope);
      return;
    case 'attribute':
      for (const object of optionsOf(interpreter.evaluate(target.object, scope))) {
        if (object.kind === 'object') object.attributes.set(target.name, value);
        if (object.kind === 'module' || object.kind === 'class') object.scope.assign(target.name, value);
      }
      return;
    case 'subscript': {
      const keys = target.indices.map((index) => interpreter.evaluate(index, scope));
      const [key] = keys;
      for (const object of optionsOf(interpreter.evaluate(target.object, scope))) {
        if (object.kind !== 'dict') continue;
        if (key?.kind === 'literal' && keys.length === 1) object.entries.set(key.value, value);
        else object.rest.push(value);
      }
      return;
    }
    default:
      interpreter.evaluate(target, scope);
  }
}

/** A sequence that is too short to unpack gives any of its items. */
function unpacked(value: Value, index: Value): Value {
  return value.kind === 'literal' ? UNKNOWN : itemAt(value, index);
}
