import { isJournalEvent } from './isJournalEvent.ts';
import type { JournalBody, JournalEvent } from './JournalEvent.ts';
import { openRuns } from './openRuns.ts';
import { reduceStudy } from './reduceStudy.ts';
import type { Study } from './Study.ts';

/**
 * A journal from elsewhere as the journal of a study here. One that has not ended is paused, with what ran interrupted, to be gone on with when a
 * person says so, or else ended: what came from elsewhere never starts by itself. `time` is milliseconds since 1970.
 * @returns null where the events are no journal of that study
 */
export function adoptJournal(
  events: readonly JournalEvent[],
  {
    from,
    to,
    continues,
    time,
  }: { readonly from: string; readonly to: string; readonly continues: boolean; readonly time: number },
): readonly JournalEvent[] | null {
  const [first] = events;
  if (first?.type !== 'study-created' || first.study !== from || !events.every(isJournalEvent)) return null;
  if (events.some((event, index) => index > 0 && event.type === 'study-created')) return null;
  const named = [{ ...first, study: to }, ...events.slice(1)];
  const study = reduceStudy(named);
  if (study === null) return null;
  if (study.endedAt !== null) return named;
  const added: readonly JournalBody[] = continues
    ? restOf(study)
    : [{ type: 'study-ended', state: 'cancelled', reason: 'It had not ended when it was imported.' }];
  return [...named, ...added.map((body, index) => ({ ...body, sequence: events.length + 1 + index, time }))];
}

/** What brings a study to rest whose supervisor is elsewhere. */
function restOf(study: Study): readonly JournalBody[] {
  const cut = openRuns(study).map(({ trial, repeat }): JournalBody => {
    const reason = 'It ran elsewhere when its study was packed.';
    return { type: 'trial-interrupted', trial, repeat, cause: 'supervisor-lost', reason, delayMs: 0 };
  });
  return study.state === 'paused' ? cut : [...cut, { type: 'request', request: 'pause' }];
}
