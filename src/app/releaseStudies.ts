import { HoneError } from '../base/HoneError.ts';
import type { StudyName } from '../core/ports/StudyList.ts';
import { reduceStudy } from '../core/study/reduceStudy.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';

type ReleasePorts = Pick<HonePorts, 'store' | 'unreleased' | 'checkEngine' | 'runtime'>;

/** Removes what studies left on the engine that ended while it was away, of any folder. Where it is still away they stay listed. */
export async function releaseStudies(ports: ReleasePorts): Promise<void> {
  const names = await ports.unreleased.list();
  if (names.length === 0 || !(await ports.checkEngine()).available) return;
  try {
    for (const name of names) {
      if (!(await isOver(ports, name))) continue;
      await ports.runtime('docker').release(name.study, name.folder);
      await ports.unreleased.remove(name);
    }
  } catch (error) {
    if (!(error instanceof HoneError && error.code.startsWith('engine'))) throw error;
  }
}

/** False where the id was given again, to a study that still needs what it has. */
async function isOver({ store }: ReleasePorts, { folder, study }: StudyName): Promise<boolean> {
  try {
    const known = reduceStudy((await store.readJournal(folder, study)).events);
    return known !== null && known.endedAt !== null;
  } catch (error) {
    if (error instanceof HoneError && error.code === 'not-found') return true; // It was deleted.
    throw error;
  }
}
