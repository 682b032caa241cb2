import { createDeferred } from '../base/createDeferred.ts';
import { join } from 'node:path';
import { describeError, HoneError } from '../base/HoneError.ts';
import type { OutputLog } from '../core/ports/StudyStore.ts';
import type { Decision } from '../core/study/Decision.ts';
import type { JournalBody } from '../core/study/JournalEvent.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';
import { mergeTexts } from '../core/study/mergeTexts.ts';
import { mayRunAgain } from '../core/study/mayRunAgain.ts';
import { superfluousArtifacts } from '../core/study/policy/superfluousArtifacts.ts';
import { verdict } from '../core/study/verdict.ts';
import type { TrialMessage } from '../protocol/runnerMessages.ts';
import { explainEnd, explainLoss } from './explainTrial.ts';
import type { Runner, TrialNews } from './startRunner.ts';
import type { Supervision, SupervisorPorts } from './Supervision.ts';

export type TrialDecision = Extract<Decision, { kind: 'trial' }>;
type TrialEnded = Extract<JournalBody, { type: 'trial-ended' }>;

/** A runner that does not end its trial so soon after it was asked to is stopped itself. */
const CANCEL_MS = 1200;
/** Kept of a trial's standard error, characters, for the reason of its end. */
const STDERR_TAIL = 4096;

/**
 * Runs one trial, or one repeat of it, to its end and journals all of it. Never throws for what the trial does: that is its end. The
 * signal cancels it; where others run beside it they are cancelled by the same signal.
 */
export async function runTrial(supervision: Supervision, runner: Runner, decision: TrialDecision): Promise<void> {
  const { ports, plan, record, signal } = supervision;
  const { trial, repeat, assignment, seed, purpose } = decision;
  record({ type: 'trial-started', trial, repeat, assignment, seed, purpose });
  const log = ports.store.openLog(plan.folder, plan.study, trial, repeat);
  const cancel = cancelTrial(runner, decision);
  signal.addEventListener('abort', cancel.start, { once: true });
  const startedAt = performance.now();
  try {
    const reading = readTrial(supervision, runner, decision, log);
    if (signal.aborted) cancel.start();
    else runner.send(trialMessage(supervision, runner, decision, await filesOf(supervision, decision)));
    const ended = await reading;
    const seconds = (performance.now() - startedAt) / 1000;
    const end = ended ?? (await lostTrial(supervision, runner, decision, seconds));
    if (end === null) return;
    record(await settle(supervision, runner, end));
    await dropArtifacts(supervision);
  } finally {
    cancel.stop();
    signal.removeEventListener('abort', cancel.start);
    log.close();
  }
}

/** The files of the snapshot that the trial changes: by its assignment, by the developer's tweak script, and by its seed. */
async function filesOf({ ports, plan, study }: Supervision, decision: TrialDecision): Promise<TrialMessage['files']> {
  const { assignment, seed } = decision;
  const tweaked = study()?.trials.find(({ number }) => number === decision.trial)?.files ?? null;
  if (Object.keys(assignment).length === 0 && seed === null) return tweaked ?? {};
  const source = join(ports.store.directory(plan.folder, plan.study), 'source');
  const edited = await ports.spaces.edit(join(source, plan.command.script), source, assignment, seed, plan.command.arguments);
  if (tweaked === null) return edited;
  const merged = { ...tweaked };
  for (const [path, wanted] of Object.entries(edited)) {
    const base = await ports.store.readSource(plan.folder, plan.study, path);
    merged[path] = mergeTexts(base, tweaked[path] ?? base, wanted).text;
  }
  return merged;
}

function trialMessage(
  { plan, study }: Supervision,
  { environment }: Runner,
  { trial, repeat, seed, timeoutSeconds }: TrialDecision,
  files: TrialMessage['files'],
): TrialMessage & { readonly type: 'trial' } {
  const { script, module, arguments: args, directory } = plan.command;
  const limit = plan.limits.trialMinutes === null ? Infinity : plan.limits.trialMinutes * 60;
  const seconds = Math.min(limit, timeoutSeconds ?? Infinity);
  return {
    type: 'trial',
    trial,
    repeat,
    seed,
    script,
    module,
    arguments: args,
    directory,
    environment,
    files,
    timeoutSeconds: seconds === Infinity ? null : seconds,
    metric: ((plan.metricChosen ? plan.metric : study()?.metric) ?? plan.metric)?.name ?? null,
    metricChosen: plan.metricChosen ?? false,
    watch: trial === 0 && repeat === 0 ? plan.watch : [],
    patience: null,
    checkpoint: null,
  };
}

/** Journals what comes until the trial's end, which it resolves with; null where the runner went first. */
function readTrial(
  { ports, plan, record, tell, study }: Supervision,
  runner: Runner,
  { trial, repeat }: TrialDecision,
  log: OutputLog,
): Promise<TrialEnded | null> {
  const { promise, resolve } = createDeferred<TrialEnded | null>();
  let stderr = '';
  let full: HoneError | null = null;
  const say = (stream: 'stdout' | 'stderr', text: string): void => {
    log.write(text);
    tell({ type: 'output', trial, stream, text });
  };
  const onNews = (news: TrialNews | null): void => {
    if (news === null) resolve(null);
    else if (news.type === 'output') {
      say(news.stream, news.text);
      if (news.stream === 'stderr') stderr = (stderr + news.text).slice(-STDERR_TAIL);
    } else if (news.type === 'notice') say('stderr', `[hone] ${news.text}\n`);
    else if (news.type === 'trial-ended') {
      const ended = withoutSequence(news);
      resolve(full === null ? explained(ended, stderr, plan, ports.project) : { ...ended, ...endedBy(full) });
    } else if (news.type === 'epoch' || news.type === 'metric') note(news);
  };
  const note = (news: Extract<TrialNews, { type: 'epoch' | 'metric' }>): void => {
    if (full !== null) return;
    try {
      record(withoutSequence(news));
      if (news.type === 'epoch' && repeat === 0) prune();
    } catch (error) {
      if (!(error instanceof HoneError && error.code === 'disk-full')) throw error;
      full = error;
      runner.send({ type: 'cancel', trial, repeat });
    }
  };
  const prune = (): void => {
    const now = study();
    const running = now?.trials.find(({ number }) => number === trial);
    const pruned = now === null || running === undefined ? null : verdict(plan, now, running);
    if (pruned !== null) runner.send({ type: 'cancel', trial, repeat, pruned });
  };
  const stop = runner.listen(trial, repeat, onNews);
  return promise.finally(stop);
}

/** How a trial ends whose measurements could not be kept. */
function endedBy(full: HoneError): Pick<TrialEnded, 'state' | 'result' | 'reason' | 'error'> {
  return { state: 'failed', result: null, reason: describeError(full), error: null };
}

async function explained(
  ended: TrialEnded,
  stderr: string,
  plan: StudyPlan,
  project: SupervisorPorts['project'],
): Promise<TrialEnded> {
  return { ...ended, ...(await explainEnd(ended, stderr, plan, project)) };
}

type WithoutSequence<T> = T extends unknown ? Omit<T, 'sequence'> : never;

function withoutSequence<T extends TrialNews>(message: T): WithoutSequence<T> {
  const { sequence: _, ...body } = message;
  return body as WithoutSequence<T>;
}

/** The end of a trial whose runner is gone; null where that was not the trial's fault, so that it is run again. */
async function lostTrial(
  { record, signal, plan, study }: Supervision,
  runner: Runner,
  { trial, repeat }: TrialDecision,
  seconds: number,
): Promise<TrialEnded | null> {
  const end = await runner.connection.ended;
  const reason = signal.aborted ? 'Cancelled.' : explainLoss(end, plan.limits.memoryBytes);
  const known = study();
  const isFaultless = plan.search !== null && !signal.aborted && !end.outOfMemory && !end.engineLost;
  if (isFaultless && known !== null && mayRunAgain(known, { trial, repeat })) {
    record({ type: 'runner-lost', reason, trial, repeat });
    return null;
  }
  record({ type: 'runner-lost', reason });
  return {
    type: 'trial-ended',
    trial,
    repeat,
    state: signal.aborted ? 'cancelled' : 'failed',
    result: null,
    seconds,
    exitCode: end.exitCode,
    signal: end.signal,
    reason,
    error: null,
    artifacts: [],
  };
}

/** Brings the artifacts home; what the runner claims to have left is replaced by what is there. A repeat leaves none. */
async function settle({ ports, plan }: Supervision, runner: Runner, ended: TrialEnded): Promise<TrialEnded> {
  if (ended.repeat > 0) return ended;
  await runner.connection.collect(ended.trial);
  const artifacts = await ports.store.keepArtifacts(plan.folder, plan.study, ended.trial);
  return { ...ended, artifacts };
}

/** Frees the disk of what trials left that will hardly be wanted. */
async function dropArtifacts({ ports, plan, record, study }: Supervision): Promise<void> {
  const known = study();
  for (const trial of known === null || plan.search === null ? [] : superfluousArtifacts(known)) {
    await ports.store.dropArtifacts(plan.folder, plan.study, trial);
    record({ type: 'artifacts-removed', trial });
  }
}

function cancelTrial(runner: Runner, { trial, repeat }: TrialDecision): { start: () => void; stop: () => void } {
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
