import { Failure } from './Failure.ts';
import type { StepCall } from './evaluate.ts';

/** A step's argument as a text, by its name or as the one without a name. Fails where it is absent. */
export function textArgument(call: StepCall, name: string): string {
  const value = optionalText(call, name);
  if (value === null) throw new Failure(`${call.name} lacks ${name}.`);
  return value;
}

/** The same where it may be absent: null then. */
export function optionalText({ named, positional }: StepCall, name: string): string | null {
  const value = named[name] ?? positional[0];
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Failure(`${name} is no text.`);
}

/** A named argument as a text, else what stands for it. */
export function namedText({ named, name: step }: StepCall, name: string, otherwise: string): string {
  return optionalText({ name: step, named, positional: [], body: null }, name) ?? otherwise;
}

/** A named flag; false where it is absent. */
export function flag({ named }: StepCall, name: string): boolean {
  return named[name] === true;
}
