import type { Decision } from '../decide.ts';
import type { Study, Trial } from '../Study.ts';

/** So many failures, with nothing else, and a study gives up. */
const FAILURES = 5;

/** The end of a study of which the first changes all failed, with the cause that most of them share; null where it can go on. */
export function endOfFailures({ trials }: Study): Decision | null {
  const ended = trials.filter(({ number, state }) => number > 0 && state !== 'running');
  if (ended.length < FAILURES || ended.some(({ state }) => state !== 'failed')) return null;
  const causes = new Map<string, number>();
  for (const trial of ended) causes.set(causeOf(trial), (causes.get(causeOf(trial)) ?? 0) + 1);
  const [cause, count] = [...causes].reduce((most, one) => (one[1] > most[1] ? one : most));
  const share = count === ended.length ? 'each time' : `${count} times`;
  return { kind: 'end', state: 'failed', reason: `The first ${ended.length} trials all failed, ${share} with: ${cause}` };
}

function causeOf({ reason, error }: Trial): string {
  return reason ?? (error === null ? 'no reason was told.' : `${error.type}: ${error.message}`);
}
