import type { InterruptionCause, TrialEndState } from './JournalEvent.ts';

/** What is known of an end: of a script that its runner told of, or of the runner itself. */
export type EndFacts =
  | {
      readonly of: 'script';
      /** Whether it was to be ended. */
      readonly cancelled: boolean;
      readonly state: TrialEndState;
      readonly signal: string | null;
      readonly outOfMemory: boolean;
      /** Whether it was stopped at its time limit. */
      readonly overTime: boolean;
    }
  | {
      readonly of: 'runner';
      readonly cancelled: boolean;
      readonly exitCode: number | null;
      readonly signal: string | null;
      readonly outOfMemory: boolean;
      /** The engine was gone for a while, and the container has ended meanwhile. */
      readonly engineRestarted: boolean;
      /** It ended while nobody watched it. */
      readonly unwatched: boolean;
      /** This machine was started after the runner was. */
      readonly hostRestarted: boolean;
    };

/** How a run of a trial ended. What is an interruption is not the script's fault: it goes on, and is not counted. */
export type EndClass = 'finished' | 'pruned' | 'cancelled' | 'script-error' | 'over-time' | 'out-of-memory' | InterruptionCause;

const INTERRUPTIONS: ReadonlySet<EndClass> = new Set<InterruptionCause>([
  'killed',
  'ended-unwatched',
  'engine-restarted',
  'runner-failed',
  'supervisor-lost',
  'host-restarted',
]);

/** Which kind of end it was. */
export function classifyEnd(facts: EndFacts): EndClass {
  if (facts.of === 'script') return classOfScript(facts);
  if (facts.cancelled) return 'cancelled';
  if (facts.outOfMemory) return 'out-of-memory';
  if (facts.hostRestarted) return 'host-restarted';
  if (facts.engineRestarted) return 'engine-restarted';
  // Docker's own stop is signal 15, its kill signal 9; a runner that was asked to end may do so with 0.
  if (facts.signal === null && facts.exitCode !== null && facts.exitCode !== 0) return 'runner-failed';
  return facts.unwatched ? 'ended-unwatched' : 'killed';
}

/** The cause, where an end is an interruption; null where it stands. */
export function interruptionOf(end: EndClass): InterruptionCause | null {
  return INTERRUPTIONS.has(end) ? (end as InterruptionCause) : null;
}

function classOfScript(facts: EndFacts & { of: 'script' }): EndClass {
  const { state, cancelled, signal, outOfMemory, overTime } = facts;
  if (state === 'complete') return 'finished';
  // A runner that is stopped itself, as by an engine that shuts down, cancels what it runs.
  if (state === 'cancelled') return cancelled ? 'cancelled' : 'killed';
  if (state === 'pruned') return 'pruned';
  if (outOfMemory) return 'out-of-memory';
  if (overTime) return 'over-time';
  return signal === 'SIGKILL' ? 'killed' : 'script-error';
}
