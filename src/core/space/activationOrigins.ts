import type { CallArgument } from '../python/flow/Value.ts';
import type { Origin } from './Origin.ts';

/** Activations that Keras takes by name. */
const NAMES = ['relu', 'elu', 'selu', 'tanh'];

/** An activation given as a function, `tf.nn.relu`: it is named as it is written, others by their names. Null where it is given otherwise. */
export function activationOrigins({ value, expression }: CallArgument): readonly Origin[] | null {
  if (value.kind !== 'external' || expression.kind !== 'attribute') return null;
  const text = expression.source.text.slice(expression.start, expression.end);
  const others = NAMES.filter((name) => name !== expression.name).map((name) => [name, `'${name}'`]);
  return [{ node: expression, value: text, texts: Object.fromEntries([[text, text], ...others]) as Record<string, string> }];
}
