import type { Decision } from '../Decision.ts';
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

/** So many failures in a row for one cause, and the search has nothing more to find. */
const FAILURES_IN_A_ROW = 10;

/** Why a search of which some trials went well ends: the last ones all failed for one cause. Null where it can go on. */
export function endOfFailingTail({ trials }: Study): string | null {
  const last = trials.filter(({ number, state }) => number > 0 && state !== 'running').slice(-FAILURES_IN_A_ROW);
  const [first] = last;
  if (last.length < FAILURES_IN_A_ROW || first === undefined) return null;
  const same = last.every((trial) => trial.state === 'failed' && causeOf(trial) === causeOf(first));
  return same ? `its last ${last.length} trials all failed with "${causeOf(first).replace(/\.$/u, '')}"` : null;
}

function causeOf({ reason, error }: Trial): string {
  return reason ?? (error === null ? 'no reason was told.' : `${error.type}: ${error.message}`);
}
