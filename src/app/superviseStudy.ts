import { Emitter } from '../base/Emitter.ts';
import { describeError, HoneError, isCancellation } from '../base/HoneError.ts';
import type { JournalWriter } from '../core/ports/StudyStore.ts';
import type { SupervisorServer } from '../core/ports/SupervisorLink.ts';
import type { JournalBody } from '../core/study/JournalEvent.ts';
import { isNews } from '../core/report/owedNotices.ts';
import type { Study } from '../core/study/Study.ts';
import { applyEvent, reduceStudy } from '../core/study/reduceStudy.ts';
import { runningRuns } from '../core/study/policy/runningRuns.ts';
import type { ToSupervisor } from '../protocol/supervisorMessages.ts';
import { createdEvent } from './createdEvent.ts';
import { runStudy, type StudyEnd } from './runStudy.ts';
import { Correspondence } from './Correspondence.ts';
import type { Supervision, SupervisorPorts } from './Supervision.ts';

/**
 * Carries a study from where its journal stands to its end, or to a pause in which nothing of it runs: the only writer of that journal. Does first what
 * it is ordered, where it is. What goes wrong on the way ends the study as failed, with the reason.
 * @throws HoneError `already-running` where another supervisor owns it; `not-found` where there is no such study
 */
export async function superviseStudy(
  ports: SupervisorPorts,
  folder: string,
  study: string,
  order: ToSupervisor | null = null,
): Promise<void> {
  const { store, link } = ports;
  const plan = await store.readPlan(folder, study);
  const cancelled = new AbortController();
  const requests = new Emitter<ToSupervisor>();
  let journal: JournalWriter | null = null;
  let correspondence: Correspondence | null = null;
  const take = (message: ToSupervisor): void => (message.type === 'cancel' ? cancelled.abort() : requests.fire(message));
  const server: SupervisorServer = await link.serve(folder, study, {
    greeting: () => [...(journal?.events ?? []).map((event) => ({ type: 'event', event }) as const), { type: 'caught-up' }],
    onMessage: take,
  });
  try {
    const writer = (journal = store.openJournal(folder, study));
    let known = reduceStudy(writer.events);
    const letters = (correspondence = new Correspondence({ ports, plan, events: () => writer.events, warn: ports.warn }));
    letters.look();
    const record = (body: JournalBody): void => {
      const event = writer.append(body);
      known = applyEvent(known, event);
      server.broadcast({ type: 'event', event });
      if (isNews(event)) letters.look();
    };
    const listening = requests.event((message) => {
      if (message.type === 'request' && (known === null || isNew(message, known))) record(message);
    });
    if (order !== null) take(order);
    await carryOut({
      ports,
      plan,
      runtime: ports.runtime(plan),
      signal: cancelled.signal,
      takenOver: known !== null,
      hostRestarted: known !== null && known.updatedAt < ports.bootedAt(),
      record,
      tell: server.broadcast,
      study: () => known,
      onRequest: requests.event,
    });
    // Who asks for something from now on asks the next supervisor.
    listening.dispose();
  } finally {
    await server.close();
    journal?.close();
    // Whoever waits for the end of the study has it by now.
    await correspondence?.close();
  }
}

/** What is asked for twice, or of a study that has ended, is journalled once. */
function isNew({ request }: Extract<ToSupervisor, { type: 'request' }>, { state, accepted, endedAt }: Study): boolean {
  if (endedAt !== null) return false;
  return request === 'accept' ? !accepted : (request === 'pause') !== (state === 'paused');
}

async function carryOut(supervision: Supervision): Promise<void> {
  const { plan, ports, record } = supervision;
  const before = supervision.study();
  if (before?.endedAt != null) return;
  if (before === null) {
    record(createdEvent(plan));
  }
  record({ type: 'supervisor-started', pid: ports.pid, version: ports.version });
  let end: StudyEnd | null;
  try {
    end = await runUnlessPaused(supervision);
  } catch (error) {
    end = isCancellation(error)
      ? { state: 'cancelled', reason: 'Cancelled.' }
      : { state: 'failed', reason: describeError(error) };
  }
  if (end === null) return;
  endRuns(supervision, end);
  await release(supervision);
  await ports.store.clearWork(plan.folder, plan.study);
  record({ type: 'study-ended', ...end });
}

/** The study's end; null where it is paused and nothing of it runs. */
async function runUnlessPaused(supervision: Supervision): Promise<StudyEnd | null> {
  for (;;) {
    const end = await runStudy(supervision);
    // It may be asked to go on while its container is ended.
    if (end !== null || (supervision.study()?.state === 'paused' && !supervision.signal.aborted)) return end;
  }
}

/** What was interrupted and is not wanted any more ends with the study. */
function endRuns({ plan, record, study }: Supervision, { state }: StudyEnd): void {
  const known = study();
  if (known === null) return;
  const reason = state === 'cancelled' ? 'Cancelled.' : 'The study ended before it could go on.';
  const nothing = { result: null, exitCode: null, signal: null, error: null, artifacts: [] };
  for (const { trial, repeat } of [true, false].flatMap((cut) => runningRuns(plan, known, cut))) {
    record({ type: 'trial-ended', trial, repeat, state: 'cancelled', seconds: 0, reason, ...nothing });
  }
}

/** Where the engine is away, what is left on it is for whoever finds it back. */
async function release({ ports, plan, runtime }: Supervision): Promise<void> {
  try {
    await runtime.release(plan.study, plan.folder);
  } catch (error) {
    if (!(error instanceof HoneError)) throw error;
    const { folder, study } = plan;
    await ports.unreleased.add({ folder, study }).catch(() => {}); // A full disk; `hone delete` removes it then.
  }
}
