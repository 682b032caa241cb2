import type { Repeat, Study, Trial } from '../core/study/Study.ts';
import { describeValue } from './describeStudy.ts';

/** What has happened in a study between two looks at it, a line each: trials and repeats that have ended. */
export function narrateStudy(before: Study | null, now: Study): readonly string[] {
  const losses = before === null ? [] : now.losses.slice(before.losses.length);
  const lost = losses.map(({ trial, reason }) => `${titleOf(trial)} goes on: ${reason}`);
  const news = now.trials.flatMap((trial) => {
    const known = before?.trials.find(({ number }) => number === trial.number) ?? null;
    const ended = trial.state !== 'running' && known?.state !== trial.state ? [describeTrial(trial, now)] : [];
    const repeats = trial.repetitions
      .filter(
        ({ repeat, state }) => state !== 'running' && known?.repetitions.find((one) => one.repeat === repeat)?.state !== state,
      )
      .map((repeat) => describeRepeat(trial, repeat, now));
    return [...ended, ...repeats];
  });
  return [...lost, ...news];
}

function describeTrial(trial: Trial, { metric }: Study): string {
  const title = titleOf(trial.number);
  const what = trial.origin === null ? '' : `, ${trial.origin}`;
  const outcome = trial.state === 'complete' ? describeValue(trial.value, metric) : `${trial.state}${reasonOf(trial)}`;
  const time = trial.seconds === null ? '' : ` (${trial.seconds.toFixed(1)} s)`;
  return `${title}${what}: ${outcome}${time}`;
}

function describeRepeat(trial: Trial, { purpose, state, value, ...repeat }: Repeat, { metric }: Study): string {
  const title = titleOf(trial.number);
  const doing = purpose === 'confirmation' ? 'confirming' : 'again';
  return `${title}, ${doing} on another seed: ${state === 'complete' ? describeValue(value, metric) : `${state}${reasonOf(repeat)}`}`;
}

function titleOf(trial: number): string {
  return trial === 0 ? 'Baseline' : `Trial ${trial}`;
}

function reasonOf({ reason }: { readonly reason: string | null }): string {
  return reason === null ? '' : `, ${reason}`;
}
