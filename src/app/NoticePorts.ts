import type { AwaitedStudies } from '../core/ports/AwaitedStudies.ts';
import type { Outbox } from '../core/ports/Outbox.ts';
import type { SpaceReader } from '../core/ports/SpaceReader.ts';
import type { StudyStore } from '../core/ports/StudyStore.ts';

/** What telling people of studies needs of the world. */
export interface NoticePorts {
  readonly store: StudyStore;
  readonly spaces: Pick<SpaceReader, 'edit'>;
  readonly outbox: Outbox;
  readonly awaited: AwaitedStudies;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
