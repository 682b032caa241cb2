import type { StudyList } from '../core/ports/StudyList.ts';
import type { Outbox } from '../core/ports/Outbox.ts';
import type { SpaceReader } from '../core/ports/SpaceReader.ts';
import type { StudyStore } from '../core/ports/StudyStore.ts';

/** What telling people of studies needs of the world. */
export interface NoticePorts {
  readonly store: StudyStore;
  readonly spaces: Pick<SpaceReader, 'edit'>;
  readonly outbox: Outbox;
  /** Whose news is not all told yet: only what was started here is ever told of. */
  readonly awaited: StudyList;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
