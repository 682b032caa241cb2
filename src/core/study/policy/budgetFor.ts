import type { SearchPlan } from '../SearchPlan.ts';

/** What a study may cost, as its baseline's time makes it. */
export interface StudyBudget {
  /** Wall time of the whole study, repeats included. */
  readonly minutes: number;
  /** Trials, the baseline included; null where time alone limits them. */
  readonly trials: number | null;
  /** Ends the search after so many trials in a row without a better one. */
  readonly patience: number;
  /** How many of the most promising values are searched; null for all of them. */
  readonly dimensions: number | null;
  /** Fresh seeds of a confirmation. */
  readonly seeds: number;
  /** How many trials may be spent on taking changes back; null for as many as there are changes. */
  readonly reductions: number | null;
  /** Trials that fit in; null where the baseline's time is unknown. */
  readonly about: number | null;
  /** True where a trial takes so long that the developer should say how much time there is: `minutes` are those of ten trials. */
  readonly asks: boolean;
}

/** Part of the time that is for the search itself; the rest re-tests, reduces and confirms. */
export const SEARCH_SHARE = 0.75;

/** What is proposed where nobody said how long, and nothing but a person can know. */
const PROPOSED_TRIALS = 10;

const TIERS = [
  { below: 60, minutes: 30, dimensions: null, seeds: 5, reductions: null },
  { below: 600, minutes: 180, dimensions: 10, seeds: 3, reductions: 4 },
  { below: 3600, minutes: 600, dimensions: 6, seeds: 2, reductions: 1 },
  { below: Infinity, minutes: null, dimensions: 6, seeds: 2, reductions: 1 },
] as const;

/** The budget of a study of which a trial takes `seconds`; what the plan says wins, and what was `said` after it began wins over that. */
export function budgetFor(search: SearchPlan, seconds: number, said: number | null = null): StudyBudget {
  const { budget, confirmationSeeds, dimensions, jobs } = search;
  const tier = tierOf(seconds);
  // Whoever says how many trials has said how long.
  const forTrials = budget.trials === null ? null : (budget.trials * seconds) / 60 / SEARCH_SHARE / jobs;
  const known = said ?? budget.minutes ?? tier.minutes ?? forTrials;
  const minutes = known ?? (PROPOSED_TRIALS * seconds) / 60;
  const fitting = seconds > 0 ? Math.max(1, Math.floor((minutes * 60 * SEARCH_SHARE * jobs) / seconds)) : null;
  const searched = Math.min(dimensions.length, tier.dimensions ?? Infinity);
  return {
    minutes,
    trials: budget.trials,
    patience: budget.patience ?? Math.max(25, 4 * searched),
    dimensions: tier.dimensions,
    seeds: confirmationSeedsFor(confirmationSeeds, seconds),
    reductions: tier.reductions,
    about: fitting === null ? budget.trials : Math.min(fitting, budget.trials ?? Infinity),
    asks: known === null,
  };
}

/** Fresh seeds of a confirmation: as set, at least two, else by the time that a trial takes. */
export function confirmationSeedsFor(set: number | null, seconds: number): number {
  return Math.max(2, set ?? tierOf(seconds).seeds);
}

function tierOf(seconds: number): (typeof TIERS)[number] {
  return TIERS.find(({ below }) => seconds < below) ?? TIERS[3];
}
