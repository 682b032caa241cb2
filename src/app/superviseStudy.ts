import { Emitter } from '../base/Emitter.ts';
import { describeError, isCancellation } from '../base/HoneError.ts';
import type { JournalWriter } from '../core/ports/StudyStore.ts';
import type { SupervisorServer } from '../core/ports/SupervisorLink.ts';
import type { JournalBody } from '../core/study/JournalEvent.ts';
import { applyEvent, reduceStudy } from '../core/study/reduceStudy.ts';
import type { ToSupervisor } from '../protocol/supervisorMessages.ts';
import { createdEvent } from './createdEvent.ts';
import { runStudy, type StudyEnd } from './runStudy.ts';
import type { Supervision, SupervisorPorts } from './Supervision.ts';

/**
 * Carries a study from where its journal stands to its end: the only writer of that journal. Resolves when the study has ended; what goes
 * wrong on the way ends it as failed, with the reason.
 * @throws HoneError `already-running` where another supervisor owns it; `not-found` where there is no such study
 */
export async function superviseStudy(ports: SupervisorPorts, folder: string, study: string): Promise<void> {
  const { store, link } = ports;
  const plan = await store.readPlan(folder, study);
  const cancelled = new AbortController();
  const requests = new Emitter<ToSupervisor>();
  let journal: JournalWriter | null = null;
  const server: SupervisorServer = await link.serve(folder, study, {
    greeting: () => [...(journal?.events ?? []).map((event) => ({ type: 'event', event }) as const), { type: 'caught-up' }],
    onMessage: (message) => (message.type === 'cancel' ? cancelled.abort() : requests.fire(message)),
  });
  try {
    const writer = (journal = store.openJournal(folder, study));
    let known = reduceStudy(writer.events);
    const record = (body: JournalBody): void => {
      const event = writer.append(body);
      known = applyEvent(known, event);
      server.broadcast({ type: 'event', event });
    };
    requests.event((message) => {
      if (message.type === 'request' && known?.endedAt == null) record(message);
    });
    await carryOut({
      ports,
      plan,
      runtime: ports.runtime(plan),
      signal: cancelled.signal,
      record,
      tell: server.broadcast,
      study: () => known,
      onRequest: requests.event,
    });
  } finally {
    await server.close();
    journal?.close();
  }
}

async function carryOut(supervision: Supervision): Promise<void> {
  const { plan, ports, record } = supervision;
  const before = supervision.study();
  if (before?.endedAt != null) return;
  if (before === null) {
    record(createdEvent(plan));
  }
  record({ type: 'supervisor-started', pid: ports.pid, version: ports.version });
  let end: StudyEnd;
  try {
    // What the last supervisor ran goes on without it, in the folders of the trials that are started again.
    if (before !== null) await supervision.runtime.remove(plan.study, plan.folder);
    end = await runStudy(supervision);
  } catch (error) {
    end = isCancellation(error)
      ? { state: 'cancelled', reason: 'Cancelled.' }
      : { state: 'failed', reason: describeError(error) };
  }
  await ports.store.clearWork(plan.folder, plan.study);
  record({ type: 'study-ended', ...end });
}
