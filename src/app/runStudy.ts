import { createDeferred } from '../base/createDeferred.ts';
import { HoneError } from '../base/HoneError.ts';
import type { Environment } from '../core/ports/Runtime.ts';
import type { Suggester } from '../core/ports/Suggester.ts';
import type { Decision } from '../core/study/Decision.ts';
import { decide } from '../core/study/decide.ts';
import type { StudyEndState } from '../core/study/JournalEvent.ts';
import { settleSuggestion } from '../core/study/policy/settleSuggestion.ts';
import { describeBudget } from '../core/study/policy/describeBudget.ts';
import { runTrial, type TrialDecision } from './runTrial.ts';
import { runTweak } from './runTweak.ts';
import { startRunner, type Runner } from './startRunner.ts';
import type { Supervision } from './Supervision.ts';

export interface StudyEnd {
  readonly state: StudyEndState;
  readonly reason: string | null;
}

/** What lives as long as the loop: it is disposed at its end, or while the study is paused. */
interface Workers {
  runner: Runner | null;
  suggester: Suggester | null;
}

/**
 * Does what is decided until that is to end: suggestions are journalled before they are used, trials run side by side as far as the plan
 * allows. Rejects where it is cancelled, or where nothing can be run at all; all trials have ended then.
 */
export async function runStudy(supervision: Supervision): Promise<StudyEnd> {
  const { plan, runtime, signal, record, tell } = supervision;
  const environment = await runtime.prepare(plan, (progress) => tell({ type: 'progress', ...progress }), signal);
  record({ type: 'environment-ready', ...environment });
  const stop = new AbortController();
  const trials = new Set<Promise<void>>();
  const workers: Workers = { runner: null, suggester: null };
  const within = { ...supervision, signal: AbortSignal.any([signal, stop.signal]) };
  try {
    return await followDecisions(within, environment, workers, trials);
  } finally {
    stop.abort();
    await Promise.allSettled(trials);
    await dispose(workers);
  }
}

async function followDecisions(
  supervision: Supervision,
  environment: Environment,
  workers: Workers,
  trials: Set<Promise<void>>,
): Promise<StudyEnd> {
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
      case 'suggest':
        await suggest(supervision, workers, decision);
        break;
      case 'tweak':
        await runTweak(supervision, await liveRunner(supervision, environment, workers), decision);
        break;
      case 'wait':
        await waitForChange(supervision, workers, trials);
    }
  }
}

function nextDecision({ plan, study }: Supervision): Decision {
  const known = study();
  if (known === null) throw new HoneError('internal', 'The journal has no beginning.');
  return decide(plan, known);
}

async function startTrial(
  supervision: Supervision,
  environment: Environment,
  workers: Workers,
  trials: Set<Promise<void>>,
  decision: TrialDecision,
): Promise<void> {
  const trial = runTrial(supervision, await liveRunner(supervision, environment, workers), decision);
  trials.add(trial);
  // Whoever waits for it gets its failure; without a waiter it is none yet.
  trial
    .then(() => (decision.purpose === 'baseline' ? tellBudget(supervision) : undefined))
    .catch(() => {})
    .finally(() => trials.delete(trial));
}

/** Says what the search will cost, since only now that is known. */
function tellBudget({ plan, study, tell }: Supervision): void {
  const baseline = study()?.trials[0];
  if (plan.search === null || baseline?.state !== 'complete' || baseline.seconds === null || baseline.endedAt === null) return;
  const { minutes, text } = describeBudget(plan.search, baseline.seconds);
  const until = new Date(baseline.endedAt + minutes * 60_000).toTimeString().slice(0, 5);
  tell({ type: 'progress', text: `${text}, until ${until}. It ends earlier where nothing gets better.`, fraction: null });
}

/** The runner, started where there is none or the last one is gone. */
async function liveRunner(supervision: Supervision, environment: Environment, workers: Workers): Promise<Runner> {
  if (workers.runner?.alive === false) await dispose(workers);
  return (workers.runner ??= await startRunner(supervision, environment));
}

async function suggest(
  { ports, plan, record, signal, study }: Supervision,
  workers: Workers,
  { trial, request, base, origin }: Extract<Decision, { kind: 'suggest' }>,
): Promise<void> {
  workers.suggester ??= ports.suggester(plan);
  const found = await workers.suggester.suggest(request, signal);
  const known = study();
  const assignment = known === null ? null : settleSuggestion(plan, known, trial, { ...base, ...found.assignment });
  if (assignment === null) record({ type: 'search-ended', reason: 'nothing near the best is left to try' });
  else record({ type: 'trial-suggested', trial, purpose: 'search', assignment, origin: found.note ?? origin });
}

/** Until a trial has ended, or the developer asks for something. What is paused holds no container. */
async function waitForChange(
  { onRequest, signal, study }: Supervision,
  workers: Workers,
  trials: ReadonlySet<Promise<void>>,
): Promise<void> {
  const paused = study()?.state === 'paused';
  if (trials.size === 0 && !paused) throw new HoneError('internal', 'The study waits for nothing.');
  if (trials.size === 0) await dispose(workers);
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
  await Promise.all([runner?.connection.dispose(), suggester?.dispose()]);
}
