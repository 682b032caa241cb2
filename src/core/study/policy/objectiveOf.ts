import type { Direction, Metric } from '../../scan/Script.ts';
import type { Measurement } from '../JournalEvent.ts';

/** What was measured of a trial or of a repeat. */
export interface Measured {
  readonly value: number | null;
  readonly result: Measurement | null;
  readonly measurements: readonly Measurement[];
}

/** What a search goes by: the same metric on validation data where the script measures that too, else what it reports. */
export function chooseObjective(result: Measurement, measurements: readonly Measurement[]): Metric {
  const { name, data, source, direction } = measurements.findLast((one) => sameOnValidation(one, result)) ?? result;
  return { name, data, source, direction };
}

/** A run's value of the objective; null where it has none, or none that is finite. */
export function objectiveOf({ result, value, measurements }: Measured, objective: Metric | null): number | null {
  if (objective?.data !== 'validation' || result === null || result.data === 'validation') return value;
  return measurements.findLast((one) => sameOnValidation(one, objective))?.value ?? null;
}

/** The value that a target is compared with: what the script reports, unless that is of the training data. */
export function judgedValueOf(run: Measured, objective: Metric | null): number | null {
  return run.result?.data === 'train' ? objectiveOf(run, objective) : run.value;
}

/** Whether one value is strictly better than another. */
export function isBetter(direction: Direction, value: number, than: number): boolean {
  return direction === 'minimize' ? value < than : value > than;
}

function sameOnValidation(one: Measurement, { name, direction }: Metric): boolean {
  return one.data === 'validation' && one.name === name && one.direction === direction;
}
