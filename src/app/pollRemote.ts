import type { Progress } from '../core/ports/Runtime.ts';
import type { PullState, Push, RemoteBranch } from '../core/study/Push.ts';
import {
  failedOutcome,
  treesOf,
  withOutcome,
  withPush,
  type PollState,
  type PushOutcome,
  type QueuedPush,
} from '../core/study/PollState.ts';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { takePush, type TakenPush } from './takePush.ts';
import { trainPushes } from './trainPushes.ts';

export interface PollRequest extends Partial<RemoteBranch> {
  /** Absolute path of the folder; it lies in a repository with a remote. */
  readonly folder: string;
  readonly runtime?: RuntimeKind | 'auto';
}

/** What one look at a remote came to. */
export interface PollReport extends RemoteBranch {
  readonly commit: string;
  /** What is new since the last look; null where nothing is. */
  readonly push: Push | null;
  /** Paths of the scripts that it touches: those that train, and those that no longer do. */
  readonly touched: readonly string[];
  /** Paths of the scripts that trained before it, and are gone. */
  readonly removed: readonly string[];
  readonly pull: PullState;
  /** What is being trained, and what waits. */
  readonly queue: readonly QueuedPush[];
  /** What ended since the last look. */
  readonly outcomes: readonly PushOutcome[];
}

/**
 * Looks at a branch of a remote once: what was pushed since the last look, or since the open branch left it, is trained, script by script. Nothing of the
 * open folder changes but its `.hone`.
 * @throws HoneError `usage`, `remote`, `cancelled`
 */
export async function pollRemote(
  ports: HonePorts,
  request: PollRequest,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<PollReport> {
  const { remotes, polls } = ports;
  const { folder, remote, branch, runtime = 'auto' } = request;
  const at = await remotes.locate(folder, {
    ...(remote === undefined ? {} : { remote }),
    ...(branch === undefined ? {} : { branch }),
  });
  onProgress({ text: `Looking at ${at.remote}/${at.branch}`, fraction: null });
  const commit = await remotes.fetch(folder, at, signal);
  const before = await polls.read(folder);
  const key = `${at.remote}/${at.branch}`;
  const seen = before.seen[key] ?? null;
  const found = seen === commit ? null : await takePush(ports, { folder, at, commit, seen, needed: treesOf(before) }, signal);
  if (found !== null) await polls.write(folder, withTaken(before, key, found, ports.now()));
  const after = await trainPushes(ports, folder, runtime, signal, before);
  return {
    ...at,
    commit,
    push: found === null || found.push.commits === 0 ? null : found.push,
    touched: found === null ? [] : [...found.queued, ...found.broken.map(({ item }) => item)].map(({ script }) => script).sort(),
    removed: found?.removed ?? [],
    pull: await remotes.pullState(folder, at, commit),
    queue: after.queue,
    outcomes: newOutcomes(before, after),
  };
}

/** What is to be trained waits; what no longer trains has come to its end already. */
function withTaken(before: PollState, branch: string, { push, queued, broken }: TakenPush, endedAt: number): PollState {
  const state = withPush(before, branch, push.commit, [...queued, ...broken.map(({ item }) => item)]);
  return broken.reduce(
    (so, { item, reason }) => withOutcome(so, item, failedOutcome(item, { state: 'broken', reason, endedAt })),
    state,
  );
}

/** What ended between two looks. */
export function newOutcomes(before: PollState, after: PollState): readonly PushOutcome[] {
  const keyOf = ({ commit, script, endedAt }: PushOutcome): string => `${commit} ${script} ${endedAt}`;
  const known = new Set(before.outcomes.map(keyOf));
  return after.outcomes.filter((outcome) => !known.has(keyOf(outcome)));
}
