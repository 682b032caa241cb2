import type { Loss, Study } from './Study.ts';

/** Runs of trials, and of their repeats, of which the journal tells no end and no interruption: they run, unless nobody supervises them. */
export function openRuns({ trials }: Study): readonly Pick<Loss, 'trial' | 'repeat'>[] {
  return trials.flatMap((trial) =>
    [{ ...trial, repeat: 0 }, ...trial.repetitions]
      .filter(({ state, cut }) => state === 'running' && !cut)
      .map(({ repeat }) => ({ trial: trial.number, repeat })),
  );
}
