import type { Decision } from '../Decision.ts';
import type { SearchPlan } from '../SearchPlan.ts';
import type { Study } from '../Study.ts';
import type { StudyPlan } from '../StudyPlan.ts';
import { chooseBest } from './chooseBest.ts';
import { conclude } from './conclude.ts';
import { judgedMeanOf } from './confirmationOf.ts';
import { decideReduction, reachesTarget } from './decideReduction.ts';
import { decideRetest, wasRetested } from './decideRetest.ts';
import { decideSearch } from './decideSearch.ts';
import { decideTarget, reduceAndConfirm } from './decideTarget.ts';
import { endOfBaseline } from './endOfBaseline.ts';
import { endOfFailures } from './endOfFailures.ts';
import { situationOf, spentShare, type Situation } from './Situation.ts';

/**
 * What a search needs next: the baseline; then trials until one reaches the target; that one's changes reduced, and confirmed; at the end the top few again,
 * to choose by their means. The same journal gives the same decision.
 */
export function decideStudy(plan: StudyPlan, search: SearchPlan, study: Study): Decision {
  if (study.state === 'paused') return { kind: 'wait' };
  const baseline = study.trials.find(({ number }) => number === 0);
  if (baseline === undefined) {
    const { assignment } = plan;
    return { kind: 'trial', trial: 0, repeat: 0, purpose: 'baseline', assignment, seed: null, timeoutSeconds: null };
  }
  if (baseline.state === 'running') return { kind: 'wait' };
  const { objective } = study;
  const broken = endOfBaseline(plan, baseline, objective);
  if (broken !== null || objective === null) return broken ?? { kind: 'end', state: 'failed', reason: baseline.reason };
  const situation = situationOf(plan, search, study, baseline, objective);
  if (study.accepted) return conclude(situation, 'its best was taken as good enough');
  const settled = decideTarget(situation) ?? endOfFailures(study);
  return settled ?? pauseBefore(situation) ?? searchOrClose(situation);
}

/** The pause before anything but the baseline was run: where the plan has one, or nobody said how long the search may take. */
function pauseBefore({ plan, search, study, budget }: Situation): Decision | null {
  if (study.trials.length > 1) return null;
  const isPlanned = search.pausesAfterBaseline === true && !study.resumed;
  // Nobody is there for what was pushed, and what is pushed next waits for its end.
  const asks = budget.asks && (plan.push ?? null) === null;
  return isPlanned || asks ? { kind: 'pause', asksMinutes: asks ? Math.ceil(budget.minutes) : null } : null;
}

function searchOrClose(situation: Situation): Decision {
  const { study } = situation;
  const next = decideSearch(situation);
  if (typeof next !== 'string' && !wasRetested(study)) return next;
  if (study.trials.some(({ state, purpose }) => state === 'running' && purpose !== 'reduction')) return { kind: 'wait' };
  const closing = reduceBest(situation) ?? decideRetest(situation) ?? attemptBest(situation);
  if (closing !== null) return closing;
  const running = study.trials.some(
    (trial) => trial.state === 'running' || trial.repetitions.some(({ state }) => state === 'running'),
  );
  return running ? { kind: 'wait' } : conclude(situation, typeof next === 'string' ? next : 'nothing more was to be tried');
}

/** Takes back what the best does not need, before it is compared with others for the last time. */
function reduceBest(situation: Situation): Decision | null {
  const { study, eligible } = situation;
  const best = eligible.find(({ number }) => number === chooseBest(study));
  if (best === undefined || wasRetested(study) || spentShare(situation) >= 1) return null;
  const next = decideReduction(situation, best);
  return 'kind' in next ? next : null;
}

/** The best may reach the target by what the script reports although it did not by the objective. */
function attemptBest(situation: Situation): Decision | null {
  const { plan, study, objective } = situation;
  const best = situation.eligible.find(({ number }) => number === chooseBest(study));
  if (best === undefined || spentShare(situation) >= 1 || study.attempts.some(({ trial }) => trial === best.number)) return null;
  return reachesTarget(plan.target, objective.direction, judgedMeanOf(study, best)) ? reduceAndConfirm(situation, best) : null;
}
