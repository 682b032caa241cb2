import type { Study } from './Study.ts';

/** Whether a study is paused and nothing of it runs: it then needs no supervisor until somebody asks for something. */
export function isAtRest({ state, trials }: Study): boolean {
  const runs = trials.flatMap((trial) => [trial, ...trial.repetitions]);
  return state === 'paused' && runs.every((run) => run.state !== 'running' || run.cut);
}
