import { createDeferred } from '../base/createDeferred.ts';
import { HoneError } from '../base/HoneError.ts';
import type { Environment } from '../core/ports/Runtime.ts';
import type { Suggester } from '../core/ports/Suggester.ts';
import type { Decision } from '../core/study/Decision.ts';
import { decide } from '../core/study/decide.ts';
import type { StudyEndState } from '../core/study/JournalEvent.ts';
import { runningRuns } from '../core/study/policy/runningRuns.ts';
import { settleSuggestion } from '../core/study/policy/settleSuggestion.ts';
import { describeBudget } from '../core/study/policy/describeBudget.ts';
import type { TrialDecision } from './orderTrial.ts';
import { patiently } from './patiently.ts';
import type { Runner } from './Runner.ts';
import { runTrial } from './runTrial.ts';
import { runTweak } from './runTweak.ts';
import { startRunner } from './startRunner.ts';
import type { Supervision } from './Supervision.ts';
import { takeOver } from './takeOver.ts';

export interface StudyEnd {
  readonly state: StudyEndState;
  readonly reason: string | null;
}

/** What lives as long as the loop. */
interface Workers {
  runner: Promise<Runner | null> | null;
  suggester: Suggester | null;
}

/**
 * Does what is decided until that is to end: suggestions are journalled before they are used, trials run side by side as far as the plan
 * allows. Rejects where it is cancelled, or where nothing can be run at all; all trials have ended then.
 * @returns null where the study is paused and nothing of it runs; its container is gone then
 */
export async function runStudy(supervision: Supervision): Promise<StudyEnd | null> {
  const { plan, runtime, signal, record, tell, takenOver } = supervision;
  const settled = takenOver ? settledEnd(supervision) : null;
  if (settled !== null) return settled;
  const environment = await patiently(supervision, () =>
    runtime.prepare(plan, (progress) => tell({ type: 'progress', ...progress }), signal),
  );
  record({ type: 'environment-ready', ...environment });
  const stop = new AbortController();
  const trials = new Set<Promise<void>>();
  const workers: Workers = { runner: null, suggester: null };
  const within = { ...supervision, signal: AbortSignal.any([signal, stop.signal]) };
  try {
    if (takenOver) {
      const follow = (runner: Runner, run: TrialDecision): void =>
        keep(within, trials, run, runTrial(within, runner, run, { begun: true }));
      workers.runner = Promise.resolve(await takeOver(within, environment, follow));
    }
    return await followDecisions(within, environment, workers, trials);
  } finally {
    stop.abort();
    await Promise.allSettled(trials);
    await dispose(workers);
  }
}

/** The end of a study that nothing is run for any more, as where its best was accepted in a pause; null where there is more to do. */
function settledEnd(supervision: Supervision): StudyEnd | null {
  const { plan, signal, study } = supervision;
  const known = study();
  signal.throwIfAborted();
  const decision = known === null || runningRuns(plan, known, false).length > 0 ? null : nextDecision(supervision);
  return decision?.kind === 'end' ? { state: decision.state, reason: decision.reason } : null;
}

async function followDecisions(
  supervision: Supervision,
  environment: Environment,
  workers: Workers,
  trials: Set<Promise<void>>,
): Promise<StudyEnd | null> {
  const { plan, record, signal } = supervision;
  const jobs = plan.search?.jobs ?? 1;
  for (;;) {
    signal.throwIfAborted();
    const decision = trials.size < jobs ? nextDecision(supervision) : ({ kind: 'wait' } as const);
    switch (decision.kind) {
      case 'end':
        return { state: decision.state, reason: decision.reason };
      case 'trial':
        await startTrial(supervision, environment, workers, trials, decision);
        break;
      case 'propose': {
        const { trial, purpose, assignment, origin } = decision;
        record({ type: 'trial-suggested', trial, purpose, assignment, origin });
        break;
      }
      case 'pause': {
        const { asksMinutes } = decision;
        record({ type: 'request', request: 'pause', ...(asksMinutes === null ? {} : { asksMinutes }) });
        break;
      }
      case 'suggest':
        await suggest(supervision, workers, decision);
        break;
      case 'tweak':
        await runTweak(supervision, await liveRunner(supervision, environment, workers), decision);
        break;
      case 'wait':
        if (trials.size === 0 && supervision.study()?.state === 'paused') return null;
        await waitForChange(supervision, trials);
    }
  }
}

function nextDecision({ plan, study }: Supervision): Decision {
  const known = study();
  if (known === null) throw new HoneError('internal', 'The journal has no beginning.');
  return decide(plan, known);
}

/** One that is resumed counts as started from now on, so that it is decided on once; it may have to wait. */
async function startTrial(
  supervision: Supervision,
  environment: Environment,
  workers: Workers,
  trials: Set<Promise<void>>,
  decision: TrialDecision,
): Promise<void> {
  const { trial, repeat, assignment, seed, purpose, resume } = decision;
  const started = { type: 'trial-started', trial, repeat, assignment, seed, purpose } as const;
  const { ports, record, signal, study } = supervision;
  if (resume === true) {
    const loss = study()?.losses.findLast((one) => one.trial === trial && one.repeat === repeat);
    record({ ...started, resume });
    const resumed = ports
      .pause(loss?.delayMs ?? 0, signal)
      .then(() => liveRunner(supervision, environment, workers))
      .then((runner) => runTrial(supervision, runner, decision));
    return keep(supervision, trials, decision, resumed);
  }
  const runner = await liveRunner(supervision, environment, workers);
  record(started);
  keep(supervision, trials, decision, runTrial(supervision, runner, decision));
}

/** Keeps a run among those that go on until it ends. */
function keep(supervision: Supervision, trials: Set<Promise<void>>, { purpose }: TrialDecision, run: Promise<void>): void {
  trials.add(run);
  // Whoever waits for it gets its failure; without a waiter it is none yet.
  run
    .then(() => (purpose === 'baseline' ? tellBudget(supervision) : undefined))
    .catch(() => {})
    .finally(() => trials.delete(run));
}

/** Says what the search will cost, since only now that is known. */
function tellBudget({ plan, study, tell }: Supervision): void {
  const baseline = study()?.trials[0];
  if (plan.search === null || baseline?.state !== 'complete' || baseline.seconds === null || baseline.endedAt === null) return;
  const budget = describeBudget(plan.search, baseline.seconds);
  if (budget === null) return;
  const until = new Date(baseline.endedAt + budget.minutes * 60_000).toTimeString().slice(0, 5);
  tell({ type: 'progress', text: `${budget.text}, until ${until}. It ends earlier where nothing gets better.`, fraction: null });
}

/** The runner, started where there is none or the last one is gone; one for all who ask at the same time. */
function liveRunner(supervision: Supervision, environment: Environment, workers: Workers): Promise<Runner> {
  const renewed = renew(workers.runner, () => startRunner(supervision, environment));
  workers.runner = renewed;
  return renewed;
}

async function renew(last: Promise<Runner | null> | null, start: () => Promise<Runner>): Promise<Runner> {
  const runner = (await last?.catch(() => null)) ?? null; // Whoever waited for it has its failure.
  if (runner?.alive === true) return runner;
  await runner?.connection.dispose();
  return start();
}

async function suggest(
  supervision: Supervision,
  workers: Workers,
  { trial, request, base, origin }: Extract<Decision, { kind: 'suggest' }>,
): Promise<void> {
  const { ports, plan, record, signal, study } = supervision;
  const suggester = (workers.suggester ??= ports.suggester(plan));
  const found = await patiently(supervision, () => suggester.suggest(request, signal));
  const known = study();
  const assignment = known === null ? null : settleSuggestion(plan, known, trial, { ...base, ...found.assignment });
  if (assignment === null) record({ type: 'search-ended', reason: 'nothing near the best is left to try' });
  else record({ type: 'trial-suggested', trial, purpose: 'search', assignment, origin: found.note ?? origin });
}

/** Until a trial has ended, or the developer asks for something. */
async function waitForChange({ onRequest, signal }: Supervision, trials: ReadonlySet<Promise<void>>): Promise<void> {
  if (trials.size === 0) throw new HoneError('internal', 'The study waits for nothing.');
  const { promise, resolve } = createDeferred<void>();
  const listening = onRequest(() => resolve());
  const onAbort = (): void => resolve();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([...trials, promise]);
  } finally {
    listening.dispose();
    signal.removeEventListener('abort', onAbort);
  }
}

async function dispose(workers: Workers): Promise<void> {
  const { runner, suggester } = workers;
  workers.runner = null;
  workers.suggester = null;
  const last = await runner?.catch(() => null); // One that never came about needs no disposal.
  await Promise.all([last?.connection.dispose(), suggester?.dispose()]);
}
