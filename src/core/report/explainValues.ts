import { regularizedBeta } from '../study/policy/regularizedBeta.ts';

/** What one of several settings explains of values, beyond those before it. */
export interface Explanation {
  /** Place of the setting among the columns. */
  readonly column: number;
  /** Part of the variance of the values' ranks, 0 to 1; those of all settings sum to at most 1. */
  readonly share: number;
}

type Vector = readonly number[];

/** What of a setting's predictors is not explained by those before it. */
interface Open {
  readonly column: number;
  readonly predictors: readonly Vector[];
}

interface Candidate {
  readonly column: number;
  /** At right angles to all that is explained already, and to one another. */
  readonly axes: readonly Vector[];
  readonly gain: number;
  /** How often as much would be gained where nothing is there: the p-value of the F test. */
  readonly chance: number;
}

/** A predictor of length 1 of which less is left is one that others stand for. */
const NOTHING = 1e-6;

/**
 * Which settings explain the values that came of them: the one that does so most clearly, then whichever does so of the rest, as long as chance alone would
 * rarely do as much (forward selection). A search changes several settings at a time towards what is good, so that each taken alone seems to matter.
 * Numbers explain by a parabola over their ranks, which also sees an optimum in the middle; names by a mean each.
 * @param columns of each setting what it was, in the order of the values
 * @param level how rarely chance alone may add a setting, over all of them
 */
export function explainValues(
  columns: readonly (readonly (number | string)[])[],
  values: Vector,
  level: number,
): readonly Explanation[] {
  const target = unit(centred(ranksOf(values)));
  let open: readonly Open[] = columns.map((settings, column) => ({ column, predictors: predictorsOf(settings).map(unit) }));
  const found: Explanation[] = [];
  let rest = 1;
  let left = values.length - 1;
  for (;;) {
    const candidates = open.flatMap((one) => candidateOf(one, target, rest, left) ?? []);
    const next = candidates.reduce<Candidate | null>(
      (best, one) => (best === null || one.chance < best.chance ? one : best),
      null,
    );
    // Of many that do nothing one would look as if it did (Bonferroni).
    if (next === null || next.chance >= level / columns.length) return found;
    found.push({ column: next.column, share: next.gain });
    rest = Math.max(0, rest - next.gain);
    left -= next.axes.length;
    open = open
      .filter(({ column }) => column !== next.column)
      .map(({ column, predictors }) => ({ column, predictors: predictors.map((one) => next.axes.reduce(without, one)) }));
  }
}

/** Null where the setting adds nothing, or more than so few values can tell. `rest` of the variance and `left` degrees of freedom are not used yet. */
function candidateOf({ column, predictors }: Open, target: Vector, rest: number, left: number): Candidate | null {
  const axes: Vector[] = [];
  for (const predictor of predictors) {
    const own = axes.reduce(without, predictor);
    if (Math.sqrt(dot(own, own)) > NOTHING) axes.push(unit(own));
  }
  if (axes.length === 0 || axes.length >= left || rest < NOTHING) return null;
  const gain = axes.reduce((sum, axis) => sum + dot(target, axis) ** 2, 0);
  const chance = 1 - regularizedBeta(Math.min(1, gain / rest), axes.length / 2, (left - axes.length) / 2);
  return { column, axes, gain, chance };
}

function predictorsOf(settings: readonly (number | string)[]): readonly Vector[] {
  if (settings.every((setting) => typeof setting === 'number')) {
    const ranks = centred(ranksOf(settings));
    return [ranks, centred(ranks.map((rank) => rank ** 2))];
  }
  return [...new Set(settings)].slice(1).map((name) => centred(settings.map((setting) => (setting === name ? 1 : 0))));
}

/** A vector without what lies along an axis of length 1. */
function without(vector: Vector, axis: Vector): Vector {
  const along = dot(vector, axis);
  return vector.map((one, index) => one - along * (axis[index] ?? 0));
}

/** Places in order, counted from 0; those that are equal share the mean of theirs. */
function ranksOf(numbers: Vector): Vector {
  const places = new Map<number, { first: number; last: number }>();
  for (const [place, number] of [...numbers].sort((a, b) => a - b).entries()) {
    places.set(number, { first: places.get(number)?.first ?? place, last: place });
  }
  return numbers.map((number) => ((places.get(number)?.first ?? 0) + (places.get(number)?.last ?? 0)) / 2);
}

/** Of length 1; one that is nothing but rounding becomes nothing. */
function unit(vector: Vector): Vector {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((one) => (length < NOTHING ? 0 : one / length));
}

function centred(vector: Vector): Vector {
  const mean = vector.reduce((sum, one) => sum + one, 0) / vector.length;
  return vector.map((one) => one - mean);
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
