import type { Loss, Study } from './Study.ts';

/** What loses its container is run again, up to so many times in all. */
const ATTEMPTS = 3;

/** Whether something that has lost its container just now is to be run again. That is nobody's fault at first, but after some times it is hardly chance. */
export function mayRunAgain(study: Study, { trial, repeat }: Loss): boolean {
  return study.losses.filter((loss) => loss.trial === trial && loss.repeat === repeat).length + 1 < ATTEMPTS;
}
