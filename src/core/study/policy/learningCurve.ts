import type { Metric } from '../../scan/Script.ts';
import type { Epoch, Trial } from '../Study.ts';

/** What the epochs of a trial say about what to change. */
export interface LearningCurve {
  /** It still got better when it was stopped. */
  readonly climbs: boolean;
  /** Training data are fitted much better than validation data; null where one of the two is not told. */
  readonly overfits: boolean | null;
  /** It does worse on its training data than on others: something holds it back while it learns, such as dropout. */
  readonly isHeldBack: boolean;
}

/** A gain in the last quarter of the epochs that is worth more of them, as a share of all that was gained. */
const CLIMBING = 0.04;
/** Points that training and validation may be apart. */
const AHEAD = 0.04;

/** Reads a trial's epochs. With fewer than four nothing is said. */
export function learningCurve({ epochs }: Trial, objective: Metric): LearningCurve {
  const ahead = epochs.length < 2 ? null : trainingAhead(epochs, objective);
  return {
    climbs: epochs.length >= 4 && climbs(epochs, objective),
    overfits: ahead === null ? null : ahead > 0,
    isHeldBack: ahead === -1,
  };
}

function climbs(epochs: readonly Epoch[], objective: Metric): boolean {
  const own = [`val_${objective.name}`, objective.name].find((name) => epochs.some(({ metrics }) => metrics[name] != null));
  const name = own ?? 'loss';
  const sign = (own === undefined ? 'minimize' : objective.direction) === 'minimize' ? -1 : 1;
  const values = epochs.map(({ metrics }) => metrics[name]).filter((value) => value != null);
  const quarter = Math.max(1, Math.floor(values.length / 4));
  const [first] = values;
  const before = values.at(-1 - quarter);
  const last = values.at(-1);
  if (first === undefined || before === undefined || last === undefined) return false;
  const gained = sign * (last - first);
  return gained > 0 && sign * (last - before) > CLIMBING * gained;
}

/** 1 where the last epoch fits training data much better than validation data, -1 where much worse, else 0; null where one is not told. */
function trainingAhead(epochs: readonly Epoch[], { name, direction }: Metric): -1 | 0 | 1 | null {
  const last = epochs.at(-1)?.metrics ?? {};
  const [train, validation] = [last[name], last[`val_${name}`]];
  if (train != null && validation != null && direction === 'maximize') return sideOf(train - validation, AHEAD);
  const [loss, validationLoss] = [last['loss'], last['val_loss']];
  return loss == null || validationLoss == null ? null : sideOf(validationLoss - loss, 0.3 * Math.min(loss, validationLoss));
}

function sideOf(difference: number, most: number): -1 | 0 | 1 {
  return difference > most ? 1 : difference < -most ? -1 : 0;
}
