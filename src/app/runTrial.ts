import { join } from 'node:path';
import type { OutputLog } from '../core/ports/StudyStore.ts';
import type { Decision } from '../core/study/decide.ts';
import type { JournalBody } from '../core/study/JournalEvent.ts';
import { renderRunnerLine, type FromRunner, type TrialMessage } from '../protocol/runnerMessages.ts';
import { explainEnd, explainLoss } from './explainTrial.ts';
import type { Runner } from './startRunner.ts';
import type { Supervision } from './Supervision.ts';

type TrialDecision = Extract<Decision, { kind: 'trial' }>;
type TrialEnded = Extract<JournalBody, { type: 'trial-ended' }>;

/** A runner that does not end its trial so soon after it was asked to is stopped itself. */
const CANCEL_MS = 1200;
/** Kept of a trial's standard error, characters, for the reason of its end. */
const STDERR_TAIL = 4096;

/** Runs one trial to its end and journals all of it. Never throws for what the trial does: that is its end. */
export async function runTrial(supervision: Supervision, runner: Runner, decision: TrialDecision): Promise<void> {
  const { ports, plan, record, signal } = supervision;
  const { trial, repeat, assignment, seed } = decision;
  record({ type: 'trial-started', trial, repeat, assignment, seed });
  const log = ports.store.openLog(plan.folder, plan.study, trial);
  const cancel = cancelTrial(runner, trial);
  signal.addEventListener('abort', cancel.start, { once: true });
  const startedAt = performance.now();
  try {
    if (signal.aborted) cancel.start();
    else
      runner.connection.send(
        renderRunnerLine(trialMessage(supervision, runner, decision, await editedFiles(supervision, decision))),
      );
    const ended = await readTrial(supervision, runner, decision, log);
    const seconds = (performance.now() - startedAt) / 1000;
    record(await settle(supervision, runner, ended ?? (await lostTrial(supervision, runner, decision, seconds))));
  } finally {
    cancel.stop();
    signal.removeEventListener('abort', cancel.start);
    log.close();
  }
}

/** The files of the snapshot that the trial's assignment changes. */
async function editedFiles({ ports, plan }: Supervision, { assignment }: TrialDecision): Promise<TrialMessage['files']> {
  if (Object.keys(assignment).length === 0) return {};
  const source = join(ports.store.directory(plan.folder, plan.study), 'source');
  return ports.spaces.edit(join(source, plan.command.script), source, assignment);
}

function trialMessage(
  { plan }: Supervision,
  { environment }: Runner,
  { trial, repeat, seed }: TrialDecision,
  files: TrialMessage['files'],
): Parameters<typeof renderRunnerLine>[0] {
  const { script, module, arguments: args, directory } = plan.command;
  const timeoutSeconds = plan.limits.trialMinutes === null ? null : plan.limits.trialMinutes * 60;
  const metric = plan.metric?.name ?? null;
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
    timeoutSeconds,
    metric,
    watch: [],
    patience: null,
  };
}

/** Journals what comes until the trial's end, which it returns; null where the runner went first. */
async function readTrial(
  { record, tell }: Supervision,
  runner: Runner,
  decision: TrialDecision,
  log: OutputLog,
): Promise<TrialEnded | null> {
  let stderr = '';
  for (;;) {
    const next = await runner.messages.next();
    if (next.done === true) return null;
    const message = next.value;
    if (!('trial' in message) || message.trial !== decision.trial) continue;
    if (message.type === 'output') {
      log.write(message.text);
      if (message.stream === 'stderr') stderr = (stderr + message.text).slice(-STDERR_TAIL);
      tell({ type: 'output', trial: message.trial, stream: message.stream, text: message.text });
    } else if (message.type === 'notice') {
      log.write(`[hone] ${message.text}\n`);
      tell({ type: 'output', trial: message.trial, stream: 'stderr', text: `[hone] ${message.text}\n` });
    } else if (message.type === 'trial-ended') {
      return { ...withoutSequence(message), reason: explainEnd(message, stderr) };
    } else if (message.type !== 'trial-started') {
      record(withoutSequence(message));
    }
  }
}

type WithoutSequence<T> = T extends unknown ? Omit<T, 'sequence'> : never;

function withoutSequence<T extends FromRunner>(message: T): WithoutSequence<T> {
  const { sequence: _, ...body } = message;
  return body as WithoutSequence<T>;
}

/** The end of a trial whose runner is gone. */
async function lostTrial(
  { record, signal, plan }: Supervision,
  runner: Runner,
  decision: TrialDecision,
  seconds: number,
): Promise<TrialEnded> {
  const end = await runner.connection.ended;
  const reason = signal.aborted ? 'Cancelled.' : explainLoss(end, plan.limits.memoryBytes);
  record({ type: 'runner-lost', reason });
  return {
    type: 'trial-ended',
    trial: decision.trial,
    repeat: decision.repeat,
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

/** Brings the artifacts home; what the runner claims to have left is replaced by what is there. */
async function settle({ ports, plan }: Supervision, runner: Runner, ended: TrialEnded): Promise<TrialEnded> {
  await runner.connection.collect(ended.trial);
  const artifacts = await ports.store.keepArtifacts(plan.folder, plan.study, ended.trial);
  return { ...ended, artifacts };
}

function cancelTrial(runner: Runner, trial: number): { start: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return {
    start: () => {
      runner.connection.send(renderRunnerLine({ type: 'cancel', trial }));
      timer = setTimeout(() => void runner.connection.dispose(), CANCEL_MS);
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
