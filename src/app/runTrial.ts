import { createDeferred } from '../base/createDeferred.ts';
import { describeError } from '../base/HoneError.ts';
import { classifyEnd, interruptionOf, type EndClass } from '../core/study/classifyEnd.ts';
import type { JournalBody } from '../core/study/JournalEvent.ts';
import { superfluousArtifacts } from '../core/study/policy/superfluousArtifacts.ts';
import { RESTART_DELAYS_MS, restartDelayMs } from '../core/study/restartDelayMs.ts';
import { explainEnd, explainLoss, isOverTime } from './explainTrial.ts';
import { orderTrial, type TrialDecision } from './orderTrial.ts';
import { readTrial, type EndMessage, type RunReading } from './readTrial.ts';
import type { Runner, RunName } from './Runner.ts';
import type { Supervision } from './Supervision.ts';

type TrialEnded = Extract<JournalBody, { type: 'trial-ended' }>;

/** A run that has ended, or what interrupted it. */
interface Outcome {
  readonly kind: EndClass;
  readonly ended: TrialEnded;
}

/** A runner that does not end its trial so soon after it was asked to is stopped itself. */
const CANCEL_MS = 1200;

/**
 * Runs one trial, or one repeat of it, to its end and journals all of it; one that is interrupted is journalled as that, and to be resumed. Never
 * throws for what the trial does: that is its end. The signal cancels it. With `begun`, it runs already.
 */
export async function runTrial(
  supervision: Supervision,
  runner: Runner,
  decision: TrialDecision,
  { begun = false } = {},
): Promise<void> {
  const { ports, plan, signal } = supervision;
  const { trial, repeat } = decision;
  const log = ports.store.openLog(plan.folder, plan.study, trial, repeat);
  const cancel = cancelTrial(runner, decision);
  signal.addEventListener('abort', cancel.start, { once: true });
  const startedAt = performance.now();
  const settled = createDeferred<void>();
  try {
    const reading = readTrial(supervision, runner, decision, log, settled.promise);
    if (signal.aborted) cancel.start();
    else if (!begun) runner.send(await orderTrial(supervision, runner, decision));
    const read = await reading;
    const outcome =
      typeof read.end === 'string'
        ? await lost(supervision, runner, decision, read.end, (performance.now() - startedAt) / 1000)
        : await told(supervision, read.end, read);
    if (!interrupt(supervision, decision, outcome)) await end(supervision, runner, outcome);
  } finally {
    settled.resolve();
    cancel.stop();
    signal.removeEventListener('abort', cancel.start);
    log.close();
  }
}

/** What its runner told of its end. */
async function told(
  { plan, ports, signal }: Supervision,
  { sequence: runnerSequence, outOfMemory, ...ended }: EndMessage,
  { stderr, full }: RunReading,
): Promise<Outcome> {
  const facts = { ...ended, outOfMemory, overTime: isOverTime(ended.reason), cancelled: signal.aborted || full !== null };
  const kind = classifyEnd({ of: 'script', ...facts });
  if (full !== null) {
    const failed = { state: 'failed', result: null, reason: describeError(full), error: null } as const;
    return { kind: 'script-error', ended: { ...ended, ...failed, runnerSequence } };
  }
  return { kind, ended: { ...ended, ...(await explainEnd(ended, stderr, plan, ports.project)), runnerSequence } };
}

/** What became of a run whose runner is gone, or knows nothing of it. */
async function lost(
  { plan, signal, hostRestarted }: Supervision,
  runner: Runner,
  { trial, repeat }: RunName,
  loss: 'gone' | 'unknown',
  seconds: number,
): Promise<Outcome> {
  const none = { exitCode: null, signal: null, diagnostics: '' };
  const gone = loss === 'gone' ? await runner.connection.ended : none;
  const kind =
    loss === 'gone' ? classOfLoss(await runner.connection.ended, runner, signal.aborted, hostRestarted) : 'supervisor-lost';
  const reason = explainLoss(kind, gone, plan.limits.memoryBytes);
  const state = kind === 'cancelled' ? 'cancelled' : 'failed';
  const { exitCode, signal: killedBy } = gone;
  const nothing = { result: null, error: null, artifacts: [] };
  return { kind, ended: { type: 'trial-ended', trial, repeat, state, seconds, exitCode, signal: killedBy, reason, ...nothing } };
}

function classOfLoss(
  end: Awaited<Runner['connection']['ended']>,
  { ranOutOfMemory }: Runner,
  cancelled: boolean,
  hostRestarted: boolean,
): EndClass {
  // Once a script in it was killed for memory, the engine says so of the container, whatever it ends by.
  const outOfMemory = end.outOfMemory && !ranOutOfMemory;
  return classifyEnd({ of: 'runner', ...end, outOfMemory, cancelled: cancelled || end.engineLost, hostRestarted });
}

/** Journals that a run is to be resumed, where it is; false where its end stands. */
function interrupt({ record, study }: Supervision, { trial, repeat }: RunName, { kind, ended }: Outcome): boolean {
  const cause = interruptionOf(kind);
  const known = study();
  const delayMs = cause === null || known === null ? null : restartDelayMs(known, { trial, repeat, cause });
  if (cause === null || delayMs === null) return false;
  const reason =
    kind === 'killed' ? explainLoss(kind, { exitCode: null, signal: null, diagnostics: '' }, null) : (ended.reason ?? '');
  record({ type: 'trial-interrupted', trial, repeat, cause, reason, delayMs });
  return true;
}

/** Journals the end, with what is there of the artifacts, whatever the runner claims to have left. A repeat leaves none. */
async function end(supervision: Supervision, runner: Runner, { kind, ended }: Outcome): Promise<void> {
  const { ports, plan, record, study } = supervision;
  const again = interruptionOf(kind) === null ? '' : ` It was started again ${RESTART_DELAYS_MS.length} times.`;
  const body = { ...ended, ...(again === '' ? {} : { state: 'failed' as const, reason: `${ended.reason ?? ''}${again}` }) };
  if (ended.repeat > 0) {
    record(body);
    return;
  }
  await runner.connection.collect(ended.trial);
  const artifacts = await ports.store.keepArtifacts(plan.folder, plan.study, ended.trial);
  record({ ...body, artifacts });
  const known = study();
  const freeBytes = await ports.project.freeBytes(plan.folder);
  // The disk is freed of what will hardly be wanted.
  for (const trial of known === null || plan.search === null ? [] : superfluousArtifacts(known, freeBytes)) {
    await ports.store.dropArtifacts(plan.folder, plan.study, trial);
    record({ type: 'artifacts-removed', trial });
  }
}

function cancelTrial(runner: Runner, { trial, repeat }: RunName): { start: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return {
    start: () => {
      runner.send({ type: 'cancel', trial, repeat });
      timer = setTimeout(() => void runner.connection.dispose(), CANCEL_MS);
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
