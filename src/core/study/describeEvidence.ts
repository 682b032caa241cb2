import { isBounded } from './parseTarget.ts';
import type { Study, Trial } from './Study.ts';

/** Why a trial should be applied, as a commit message: a subject, then what was measured and what changes. */
export function describeEvidence(study: Study, trial: Trial): string {
  const { metric, confirmation } = study;
  const name = (metric?.name ?? 'value').replaceAll('_', ' ');
  const show = (value: number | null): string => describe(value, metric?.name ?? '');
  const baseline = study.trials[0]?.value ?? null;
  const changed = Object.entries(trial.hyperparameters).map(([id, value]) => `- ${id}: ${JSON.stringify(value)}`);
  const confirmed = confirmation !== null && confirmation.trial === trial.number ? confirmation : null;
  const proof =
    confirmed === null
      ? 'On one run: not confirmed on other seeds.'
      : `On ${confirmed.seeds} fresh seeds: ${show(confirmed.mean)} on average, ${metric?.direction === 'minimize' ? `at most ${show(confirmed.high)}` : `at least ${show(confirmed.low)}`} (95 %, one-sided).`;
  return [
    trial.number === 0
      ? `Set values of ${study.script}: ${name} ${show(trial.value)}`
      : `Tune ${study.script}: ${name} ${show(baseline)} to ${show(trial.value)}`,
    '',
    `Study ${study.id}, trial ${trial.number} of ${study.trials.length}.`,
    proof,
    ...(changed.length === 0 ? [] : ['', ...changed]),
  ].join('\n');
}

function describe(value: number | null, metric: string): string {
  if (value === null) return 'unknown';
  return isBounded(metric) && metric !== 'r2' && value >= 0 && value <= 1
    ? `${(value * 100).toFixed(1)} %`
    : String(Number(value.toPrecision(4)));
}
