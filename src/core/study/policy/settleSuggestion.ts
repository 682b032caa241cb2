import type { Assignment } from '../../space/Assignment.ts';
import type { SearchPlan } from '../SearchPlan.ts';
import type { Study } from '../Study.ts';
import type { StudyPlan } from '../StudyPlan.ts';
import { onlyChanges } from './assignmentKey.ts';
import { perturbBest } from './perturbBest.ts';
import { isTaken, situationOf } from './Situation.ts';
import { fitInto } from './stepValues.ts';

/**
 * A suggester's answer as it is journalled: within its ranges, with as many digits as a person would write, and only what differs from
 * the user's own values. What was tried already gives way to something near the best.
 * @returns null where nothing is left that was not tried
 */
export function settleSuggestion(plan: StudyPlan, study: Study, trial: number, found: Assignment): Assignment | null {
  const { search } = plan;
  const baseline = study.trials.find(({ number }) => number === 0);
  if (search === null || baseline === undefined || study.objective === null) return found;
  const assignment = onlyChanges(search.dimensions, written(search, found));
  if (!isTaken(study, assignment)) return assignment;
  return perturbBest(situationOf(plan, search, study, baseline, study.objective), trial)?.assignment ?? null;
}

function written({ dimensions }: SearchPlan, found: Assignment): Assignment {
  return Object.fromEntries(
    dimensions.flatMap((dimension) => {
      const value = found[dimension.id];
      if (value === undefined) return [];
      return [[dimension.id, typeof value === 'number' ? fitInto(dimension, value) : value] as const];
    }),
  );
}
