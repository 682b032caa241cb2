import { AsyncQueue } from '../base/AsyncQueue.ts';
import { describeError } from '../base/HoneError.ts';
import { blankStudy } from '../core/study/blankStudy.ts';
import { withLabels, type Labels } from '../core/study/Labels.ts';
import type { Study } from '../core/study/Study.ts';
import { followStudy, readStudy, type FollowPorts } from './followStudy.ts';

/** How often the folder is looked at for studies that another process started or deleted. */
const LOOK_MS = 1000;

/**
 * All studies of a folder, newest first, told again whenever one appears, changes or goes. Studies that run are followed over their
 * supervisors' sockets; the folder itself is looked at once a second, which works on every file system.
 */
export function watchStudies(ports: FollowPorts, folder: string, signal: AbortSignal): AsyncIterable<readonly Study[]> {
  const known = new Map<string, Study>();
  const following = new Map<string, AbortController>();
  const queue = new AsyncQueue<readonly Study[]>(stop);
  let labels: ReadonlyMap<string, Labels> = new Map();
  let timer: ReturnType<typeof setTimeout> | null = null;

  function stop(): void {
    if (timer !== null) clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    for (const controller of following.values()) controller.abort();
    queue.close();
  }
  const tell = (): void => {
    const studies = newestFirst(known.values());
    queue.replaceLast(
      studies.map((study) => withLabels(study, labels.get(study.id))),
      () => true,
    );
  };

  const take = (study: Study): void => {
    const before = known.get(study.id);
    known.set(study.id, study);
    if (before?.sequence !== study.sequence || before.state !== study.state) tell();
  };

  async function follow(id: string): Promise<void> {
    const controller = new AbortController();
    following.set(id, controller);
    let last: Study | null = null;
    for await (const update of followStudy(ports, folder, id, controller.signal)) {
      if (update.type !== 'study' || controller.signal.aborted) continue;
      last = update.study;
      take(last);
    }
    // Its supervisor may be about to start, or be started again: look again in a second.
    if (last === null || last.interrupted || last.endedAt === null) following.delete(id);
  }

  async function look(first: boolean): Promise<void> {
    const ids = new Set(await ports.store.list(folder));
    const before = JSON.stringify([...labels]);
    labels = await ports.store.readLabels(folder);
    let changed = first || before !== JSON.stringify([...labels]);
    for (const id of known.keys()) {
      if (ids.has(id)) continue;
      changed = known.delete(id);
      following.get(id)?.abort();
      following.delete(id);
    }
    for (const id of ids) {
      if (!following.has(id)) void follow(id).catch((error: unknown) => take(damagedStudy(id, error)));
    }
    if (changed) tell();
  }

  async function lookAgain(first: boolean): Promise<void> {
    try {
      await look(first);
      if (!signal.aborted) timer = setTimeout(() => void lookAgain(false), LOOK_MS);
    } catch (error) {
      queue.close({ error });
    }
  }

  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  else void lookAgain(true);
  return queue;
}

/** All studies of a folder as their files tell them, newest first. One that cannot be read is listed as failed, with the reason. */
export async function listStudies(ports: FollowPorts, folder: string): Promise<readonly Study[]> {
  const ids = await ports.store.list(folder);
  return newestFirst(
    await Promise.all(ids.map((id) => readStudy(ports, folder, id).catch((error: unknown) => damagedStudy(id, error)))),
  );
}

function newestFirst(studies: Iterable<Study>): readonly Study[] {
  return [...studies].sort((a, b) => b.startedAt - a.startedAt || b.id.localeCompare(a.id));
}

function damagedStudy(id: string, error: unknown): Study {
  return { ...blankStudy(id), state: 'failed', phase: 'ended', reason: describeError(error), endedAt: 0 };
}
