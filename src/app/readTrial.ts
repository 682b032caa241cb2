import { createDeferred } from '../base/createDeferred.ts';
import { HoneError } from '../base/HoneError.ts';
import type { OutputLog } from '../core/ports/StudyStore.ts';
import type { JournalBody } from '../core/study/JournalEvent.ts';
import { verdict } from '../core/study/verdict.ts';
import type { FromRunner } from '../protocol/runnerMessages.ts';
import type { RunLoss, RunName, Runner, TrialNews } from './Runner.ts';
import type { Supervision } from './Supervision.ts';

/** What a runner tells of the end of a run. */
export type EndMessage = Extract<FromRunner, { type: 'trial-ended' }>;

/** What was heard of a run until it ended, or was lost. */
export interface RunReading {
  readonly end: EndMessage | RunLoss;
  /** The end of the script's standard error. */
  readonly stderr: string;
  /** What kept its measurements from being journalled; null where nothing did. */
  readonly full: HoneError | null;
}

/** Kept of a trial's standard error, characters, for the reason of its end. */
const STDERR_TAIL = 4096;

/**
 * Journals what comes of a run until its end, or its loss. The runner keeps the message of its end until `settled` does: before that is journalled
 * nobody may forget it.
 */
export function readTrial(
  { plan, record, tell, study }: Supervision,
  runner: Runner,
  { trial, repeat }: RunName,
  log: OutputLog,
  settled: Promise<void>,
): Promise<RunReading> {
  const { promise, resolve } = createDeferred<RunReading>();
  let stderr = '';
  let full: HoneError | null = null;
  const say = (stream: 'stdout' | 'stderr', text: string): void => {
    log.write(text);
    tell({ type: 'output', trial, stream, text });
    if (stream === 'stderr') stderr = (stderr + text).slice(-STDERR_TAIL);
  };
  const note = (body: JournalBody): void => {
    if (full !== null) return;
    try {
      record(body);
      if (body.type === 'epoch' && repeat === 0) prune();
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
  const stop = runner.listen({ trial, repeat }, (news) => {
    if (typeof news === 'string' || news.type === 'trial-ended') {
      resolve({ end: news, stderr, full });
      return settled;
    }
    if (news.type === 'output') say(news.stream, news.text);
    else if (news.type === 'notice') say('stderr', `[hone] ${news.text}\n`);
    else if (news.type !== 'trial-started') note(journalled(news));
  });
  return promise.finally(stop);
}

/** A message as it stands in the journal. */
function journalled(news: Extract<TrialNews, { type: 'epoch' | 'metric' | 'checkpoint' | 'resumed' }>): JournalBody {
  const { sequence: runnerSequence, ...body } = news;
  if (body.type === 'checkpoint') return { ...body, type: 'checkpoint-saved', runnerSequence };
  if (body.type === 'resumed') return { ...body, type: 'trial-resumed', runnerSequence };
  return { ...body, runnerSequence };
}
