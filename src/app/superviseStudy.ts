import { describeError, HoneError, isCancellation } from '../base/HoneError.ts';
import type { Environment } from '../core/ports/Runtime.ts';
import type { JournalWriter } from '../core/ports/StudyStore.ts';
import type { SupervisorServer } from '../core/ports/SupervisorLink.ts';
import { decide } from '../core/study/decide.ts';
import type { JournalBody, StudyEndState } from '../core/study/JournalEvent.ts';
import { reduceStudy } from '../core/study/reduceStudy.ts';
import { runTrial } from './runTrial.ts';
import { startRunner, type Runner } from './startRunner.ts';
import type { Supervision, SupervisorPorts } from './Supervision.ts';

/**
 * Carries a study from where its journal stands to its end: the only writer of that journal. Resolves when the study has ended; what goes
 * wrong on the way ends it as failed, with the reason. `onCancel` aborts it.
 * @throws HoneError `already-running` where another supervisor owns it; `not-found` where there is no such study
 */
export async function superviseStudy(ports: SupervisorPorts, folder: string, study: string): Promise<void> {
  const { store, link } = ports;
  const plan = await store.readPlan(folder, study);
  const cancelled = new AbortController();
  let journal: JournalWriter | null = null;
  const server: SupervisorServer = await link.serve(folder, study, {
    greeting: () => [...(journal?.events ?? []).map((event) => ({ type: 'event', event }) as const), { type: 'caught-up' }],
    onMessage: ({ type }) => {
      if (type === 'cancel') cancelled.abort();
    },
  });
  try {
    const writer = (journal = store.openJournal(folder, study));
    const record = (body: JournalBody): void => server.broadcast({ type: 'event', event: writer.append(body) });
    const supervision = { ports, plan, runtime: ports.runtime(plan), signal: cancelled.signal, record, tell: server.broadcast };
    await carryOut(supervision, writer);
  } finally {
    await server.close();
    journal?.close();
  }
}

async function carryOut(supervision: Supervision, journal: JournalWriter): Promise<void> {
  const { plan, ports, record } = supervision;
  const before = reduceStudy(journal.events);
  if (before?.endedAt != null) return;
  if (before === null) {
    const { study, kind, name, root, script, runtime, metric, target, notes } = plan;
    record({ type: 'study-created', study, kind, name, root, script, runtime, metric, target, notes });
  }
  record({ type: 'supervisor-started', pid: ports.pid, version: ports.version });
  let end: { state: StudyEndState; reason: string | null };
  try {
    end = await runDecisions(supervision, journal);
  } catch (error) {
    end = isCancellation(error)
      ? { state: 'cancelled', reason: 'Cancelled.' }
      : { state: 'failed', reason: describeError(error) };
  }
  await ports.store.clearWork(plan.folder, plan.study);
  record({ type: 'study-ended', ...end });
}

async function runDecisions(
  supervision: Supervision,
  journal: JournalWriter,
): Promise<{ state: StudyEndState; reason: string | null }> {
  const environment = await prepare(supervision);
  let runner: Runner | null = null;
  try {
    for (;;) {
      const study = reduceStudy(journal.events);
      if (study === null) throw new HoneError('internal', 'The journal has no beginning.');
      const decision = decide(supervision.plan, study);
      if (decision.kind === 'end') return { state: decision.state, reason: decision.reason };
      if (decision.kind !== 'trial') throw new HoneError('internal', `A run came to ${decision.kind}.`);
      supervision.signal.throwIfAborted();
      runner ??= await startRunner(supervision, environment);
      await runTrial(supervision, runner, decision);
    }
  } finally {
    await runner?.connection.dispose();
  }
}

async function prepare({ runtime, plan, signal, record, tell }: Supervision): Promise<Environment> {
  const environment = await runtime.prepare(plan, (progress) => tell({ type: 'progress', ...progress }), signal);
  record({ type: 'environment-ready', ...environment });
  return environment;
}
