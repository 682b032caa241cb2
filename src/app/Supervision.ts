import type { ProjectReader } from '../core/ports/ProjectReader.ts';
import type { Runtime } from '../core/ports/Runtime.ts';
import type { SpaceReader } from '../core/ports/SpaceReader.ts';
import type { StudyStore } from '../core/ports/StudyStore.ts';
import type { Suggester } from '../core/ports/Suggester.ts';
import type { StudyList } from '../core/ports/StudyList.ts';
import type { SupervisorLink } from '../core/ports/SupervisorLink.ts';
import type { NoticePorts } from './NoticePorts.ts';
import type { Event } from '../base/Emitter.ts';
import type { JournalBody } from '../core/study/JournalEvent.ts';
import type { Study } from '../core/study/Study.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';
import type { FromSupervisor, ToSupervisor } from '../protocol/supervisorMessages.ts';

export interface SupervisorPorts extends NoticePorts {
  readonly store: StudyStore;
  readonly link: SupervisorLink;
  readonly project: Pick<ProjectReader, 'readEnvironment' | 'readLaunches' | 'kindOf' | 'resolveData' | 'freeBytes'>;
  readonly spaces: Pick<SpaceReader, 'edit'>;
  readonly runtime: (plan: StudyPlan) => Runtime;
  readonly suggester: (plan: StudyPlan) => Suggester;
  /** Takes up a study that ended while the engine was away. */
  readonly unreleased: Pick<StudyList, 'add'>;
  /** Version of this program, for the journal. */
  readonly version: string;
  readonly pid: number;
  /** When this machine was started, milliseconds since 1970. */
  readonly bootedAt: () => number;
  /** Resolves after so many milliseconds. Throws HoneError `cancelled` as soon as the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** For the supervisor's own log. */
  readonly warn: (text: string) => void;
}

/** What the parts of a supervisor share while it lives. */
export interface Supervision {
  readonly ports: SupervisorPorts;
  readonly plan: StudyPlan;
  readonly runtime: Runtime;
  readonly signal: AbortSignal;
  /** Another supervisor had begun with it: what that started may be there, also where it was not journalled any more. */
  readonly takenOver: boolean;
  /** This machine was started after the last supervisor wrote. */
  readonly hostRestarted: boolean;
  /** Writes to the journal and tells all faces. */
  readonly record: (body: JournalBody) => void;
  /** Tells all faces, and keeps nothing. */
  readonly tell: (message: FromSupervisor) => void;
  /** The study as the journal tells it so far; null before its first event. */
  readonly study: () => Study | null;
  /** What faces ask for while it runs; it is journalled already. */
  readonly onRequest: Event<ToSupervisor>;
}
