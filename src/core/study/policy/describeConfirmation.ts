import type { Confirmation, Trial } from '../Study.ts';
import type { Situation } from './Situation.ts';

/** What a confirmation claims, in sentences. */
export function describeConfirmation(situation: Situation, trial: Trial, confirmation: Confirmation): string {
  const { study, budget, objective } = situation;
  const selection = describeSelection(situation, trial);
  const selected = selection === null ? '' : ` ${selection}`;
  const { mean, low, high, seeds, identical, interval } = confirmation;
  const name = study.metric?.name ?? objective.name;
  const bound = objective.direction === 'minimize' ? `at most ${written(high)}` : `at least ${written(low)}`;
  const what = trial.number === 0 ? 'The script reaches it as it is' : 'Confirmed';
  const rows = interval === null ? '' : ` On ${interval.rows} rows that is ± ${points(interval, mean)} points.`;
  if (identical) return `${what}: ${name} is ${written(mean)} in all ${seeds + 1} runs; no seed changes it.${rows}${selected}`;
  const few = budget.seeds < 3 ? ' Two seeds say little; more are set as `confirm: {seeds: 5}` in hone.yaml.' : '';
  return `${what} on ${seeds} fresh seeds: ${name} is ${written(mean)} on average; with 95 % confidence the average of all seeds is ${bound}.${rows}${few}${selected}`;
}

/** What was chosen by test data is chosen for them: it says so, where the script has no validation data. */
export function describeSelection({ study, objective }: Situation, trial: Trial): string | null {
  if (trial.number === 0 || objective.data !== 'test' || study.trials.length < 2) return null;
  return 'It was selected on test data, since the script has no validation data.';
}

/** How far the rows leave the value open, in percentage points. */
function points({ low, high }: { readonly low: number; readonly high: number }, mean: number): string {
  return String(Number((100 * Math.max(mean - low, high - mean)).toPrecision(2)));
}

/** A value with as many digits as say something. */
export function written(value: number): string {
  return String(Number(value.toPrecision(4)));
}
