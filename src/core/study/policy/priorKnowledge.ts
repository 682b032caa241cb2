import type { Assignment } from '../../space/Assignment.ts';
import type { PriorTrial, PriorTrials } from '../PriorTrials.ts';
import type { Suggestion } from '../Study.ts';
import type { PastTrial } from '../SuggestRequest.ts';
import { onlyChanges } from './assignmentKey.ts';
import { isBetter, objectiveOf } from './objectiveOf.ts';
import { isTaken, searchedDimensions, type Situation } from './Situation.ts';

/** How much of what an earlier study gained or lost is believed of other code. */
const TRUST = 0.5;

/** The trials of an earlier study that was searched on the same metric; null where there is none. */
export function priorOf({ search, objective }: Pick<Situation, 'search' | 'objective'>): PriorTrials | null {
  const prior = search.prior ?? null;
  if (prior === null) return null;
  const { name, data, direction } = prior.objective;
  return name === objective.name && data === objective.data && direction === objective.direction ? prior : null;
}

/** Earlier trials as a suggester is told of them: by what they gained over their own baseline, discounted, upon this one's. */
export function priorHistory(situation: Situation): readonly PastTrial[] {
  const prior = priorOf(situation);
  const own = objectiveOf(situation.baseline, situation.objective);
  if (prior === null || own === null) return [];
  const asked = searchedDimensions(situation);
  return prior.trials.map(({ assignment, value }) => ({
    assignment: Object.fromEntries(asked.flatMap(({ id }) => (assignment[id] === undefined ? [] : [[id, assignment[id]]]))),
    state: 'complete' as const,
    value: own + TRUST * (value - prior.baseline),
    intermediate: [],
  }));
}

/** The best that an earlier study found, where that was better than its baseline and was not tried yet. */
export function proposePrior(situation: Situation): Pick<Suggestion, 'assignment' | 'origin'> | null {
  const prior = priorOf(situation);
  if (prior === null) return null;
  const { direction } = prior.objective;
  const [first, ...rest] = prior.trials;
  if (first === undefined) return null;
  const best = rest.reduce<PriorTrial>((a, b) => (isBetter(direction, b.value, a.value) ? b : a), first);
  if (!isBetter(direction, best.value, prior.baseline)) return null;
  const assignment = onlyChanges(situation.search.dimensions, best.assignment);
  if (Object.keys(assignment).length === 0 || isTaken(situation.study, assignment)) return null;
  return { assignment, origin: `the best of ${prior.study}, an earlier commit` };
}

/** What an earlier study tried. */
export function priorAssignments(situation: Pick<Situation, 'search' | 'objective'>): readonly Assignment[] {
  return priorOf(situation)?.trials.map(({ assignment }) => assignment) ?? [];
}
