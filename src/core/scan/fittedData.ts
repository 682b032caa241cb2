import { argumentOf, type Call, type Value } from '../python/flow/Value.ts';
import type { Training } from './findTrainings.ts';
import { sameValue } from './sameValue.ts';

/** The rows and targets that a call is given. */
export interface DataPair {
  readonly x: Value;
  readonly y: Value;
}

/** A supervised training, and what it is fitted on. */
export interface Fitted extends DataPair {
  readonly call: Call;
  readonly model: Value;
}

/** The trainings that are given rows and targets. */
export function fittedData(trainings: readonly Training[]): Fitted[] {
  return trainings.flatMap(({ call }) => {
    const pair = call.callee.kind === 'member' && /^(?:fit|partial_fit)$/u.test(call.name) ? pairOf(call) : null;
    return pair === null || call.callee.kind !== 'member' ? [] : [{ ...pair, call, model: call.callee.object }];
  });
}

/** The rows and targets that a call names first; null where it is given no such pair. */
export function pairOf(call: Call): DataPair | null {
  const x = argumentOf(call, 'x', 0) ?? argumentOf(call, 'X', 0);
  const y = argumentOf(call, 'y', 1);
  return x === null || y === null ? null : { x: x.value, y: y.value };
}

/** Whether a value is a model that was fitted: itself, or what its `fit` gave. */
export function isModel(value: Value, { model, call }: Fitted): boolean {
  return sameValue(value, model) || (value.kind === 'result' && value.call === call);
}

/** Rows that stand in the source are a toy's whole world: there is nothing to keep out. */
export function isWrittenDown(value: Value, depth = 0): boolean {
  if (depth > 12) return false;
  if (value.kind === 'sequence' || value.kind === 'literal') return true;
  if (value.kind === 'derived') return value.from.length > 0 && value.from.every((from) => isWrittenDown(from, depth + 1));
  const [first] = value.kind === 'result' ? value.call.args : [];
  if (value.kind === 'result' && value.call.callee.kind === 'member' && isWrittenDown(value.call.callee.object, depth + 1))
    return true;
  return first !== undefined && isWrittenDown(first.value, depth + 1);
}
