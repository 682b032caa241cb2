import type { Decision } from '../Decision.ts';
import type { Dimension } from '../SearchPlan.ts';
import type { Trial } from '../Study.ts';
import { onlyChanges } from './assignmentKey.ts';
import { SEARCH_SHARE } from './budgetFor.ts';
import { climbLadder } from './climbLadder.ts';
import { endOfFailingTail } from './endOfFailures.ts';
import { objectiveOf, isBetter } from './objectiveOf.ts';
import { priorAssignments, proposePrior } from './priorKnowledge.ts';
import { proposeMove, type Proposal } from './proposeMove.ts';
import { isTaken, nextTrial, searchedDimensions, spentShare, type Situation } from './Situation.ts';
import { startSuggested } from './startSuggested.ts';
import { RANDOM_ORIGIN, suggestRequest } from './suggestRequest.ts';

/**
 * After so many of an expert's changes in a row without a better trial, the search looks further, for good: single changes to what it finds
 * then seldom help.
 */
const MOVES_IN_VAIN = 6;
/** Then so many points are drawn at random, so that the model that suggests the others knows more than the start's surroundings. */
const AT_RANDOM = 3;

/** Why a search is over, in a part of a sentence. */
export type SearchEnd = string;

/** The next trial of the search, or why there is none. */
export function decideSearch(situation: Situation): Decision | SearchEnd {
  const end = endOfSearch(situation);
  if (end !== null) return end;
  const [suggestion] = situation.study.suggestions;
  return suggestion === undefined ? findNext(situation) : startSuggested(situation, suggestion);
}

function endOfSearch({ study, budget, ...rest }: Situation): SearchEnd | null {
  if (study.searchEnded !== null) return study.searchEnded;
  if (spentShare({ study, budget, ...rest }) >= SEARCH_SHARE) return `its ${Math.round(budget.minutes)} minutes are spent`;
  if (study.suggestions.length > 0) return null;
  if (budget.trials !== null && study.trials.length >= budget.trials) return `its ${budget.trials} trials are spent`;
  const failing = endOfFailingTail(study);
  if (failing !== null) return failing;
  const { now } = trialsInVain({ study, budget, ...rest });
  return now >= budget.patience ? `${now} trials in a row brought nothing better` : null;
}

function findNext(situation: Situation): Decision | SearchEnd {
  const { search, study } = situation;
  const trial = nextTrial(study);
  const proposed = (proposal: Proposal | null, otherwise: string): Decision | SearchEnd =>
    proposal === null ? otherwise : { kind: 'propose', trial, purpose: 'search', ...proposal };
  switch (search.strategy) {
    case 'candidates':
      return proposed(nextCandidate(situation), 'all candidates were tried');
    case 'ladder':
      return isBusy(situation) ? { kind: 'wait' } : proposed(climbLadder(situation), 'nothing is left to raise');
    case 'script':
      return isBusy(situation) ? { kind: 'wait' } : { kind: 'tweak', trial, ...tweakFrom(situation) };
    case 'random':
      return isExhausted(situation) ? EXHAUSTED : suggestRequest(situation, 'random', trial);
    case 'tpe':
      return searchLikeAnExpert(situation, trial, proposed);
  }
}

const EXHAUSTED = 'everything in the space was tried';

function searchLikeAnExpert(
  situation: Situation,
  trial: number,
  proposed: (proposal: Proposal | null, otherwise: string) => Decision | SearchEnd,
): Decision | SearchEnd {
  const known = proposePrior(situation);
  if (known !== null) return proposed(known, EXHAUSTED);
  const move = nextMove(situation);
  if (move !== null) return proposed(move, EXHAUSTED);
  if (isExhausted(situation)) return EXHAUSTED;
  const drawn =
    situation.study.trials.filter(({ origin }) => origin === RANDOM_ORIGIN).length + priorAssignments(situation).length;
  return suggestRequest(situation, drawn < AT_RANDOM ? 'random' : 'tpe', trial);
}

/** An expert's next change. Once those were in vain, only of what no model samples: epochs, where a better trial may want more of them. */
function nextMove(situation: Situation): Proposal | null {
  const { now, most } = trialsInVain(situation);
  if (now >= MOVES_IN_VAIN) return null;
  if (most < MOVES_IN_VAIN) return proposeMove(situation);
  const sampled = searchedDimensions(situation);
  return proposeMove({ ...situation, dimensions: situation.dimensions.filter((dimension) => !sampled.includes(dimension)) });
}

/** Search trials since the last one that was better than all before it, and the most that there were between two such. */
function trialsInVain({ study, objective, baseline }: Situation): { readonly now: number; readonly most: number } {
  let best = objectiveOf(baseline, objective) ?? NaN;
  let now = 0;
  let most = 0;
  for (const trial of [...study.trials].sort((a, b) => a.number - b.number)) {
    if (trial.purpose !== 'search' || trial.state === 'running') continue;
    const value = trial.state === 'complete' ? objectiveOf(trial, objective) : null;
    const isMore = value !== null && isBetter(objective.direction, value, best);
    if (isMore) best = value;
    now = isMore ? 0 : now + 1;
    most = Math.max(most, now);
  }
  return { now, most };
}

function nextCandidate({ search, study }: Situation): Proposal | null {
  const index = search.candidates.findIndex((candidate) => !isTaken(study, onlyChanges(search.dimensions, candidate)));
  const candidate = search.candidates[index];
  if (candidate === undefined) return null;
  return {
    assignment: onlyChanges(search.dimensions, candidate),
    origin: `candidate ${index + 1} of ${search.candidates.length}`,
  };
}

function tweakFrom({ incumbent }: Situation): { from: number; value: number | null } {
  return { from: incumbent.number, value: incumbent.value };
}

function isBusy({ study }: Situation): boolean {
  return study.trials.some((trial: Trial) => trial.state === 'running');
}

/** Whether a space that can be counted has nothing new. */
function isExhausted(situation: Situation): boolean {
  const dimensions = searchedDimensions(situation);
  const size = dimensions.reduce((product, dimension) => product * choicesOf(dimension), 1);
  if (size > situation.study.trials.length) return false;
  return size <= new Set(situation.study.trials.map(({ hyperparameters }) => JSON.stringify(hyperparameters))).size;
}

function choicesOf({ range }: Dimension): number {
  if (range.kind === 'categorical') return range.choices.length;
  return range.kind === 'int' ? range.high - range.low + 1 : Infinity;
}
