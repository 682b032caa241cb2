import type { Progress } from '../core/ports/Runtime.ts';
import type { PullState, Push, RemoteBranch } from '../core/study/Push.ts';
import { withPush, type PollState, type PushOutcome, type QueuedPush } from '../core/study/PollState.ts';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';
import { findTouched } from './findTouched.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
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
  /** Paths of the scripts that it touches. */
  readonly touched: readonly string[];
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
  const found = seen === commit ? null : await takePush(ports, { folder, at, commit, seen }, signal);
  if (found !== null) await polls.write(folder, withPush(before, key, commit, found.queued));
  const after = await trainPushes(ports, folder, runtime, signal, before);
  return {
    ...at,
    commit,
    push: found === null || found.push.commits === 0 ? null : found.push,
    touched: found?.queued.map(({ script }) => script) ?? [],
    pull: await remotes.pullState(folder, at, commit),
    queue: after.queue,
    outcomes: newOutcomes(before, after),
  };
}

/** What ended between two looks. */
export function newOutcomes(before: PollState, after: PollState): readonly PushOutcome[] {
  const keyOf = ({ commit, script, endedAt }: PushOutcome): string => `${commit} ${script} ${endedAt}`;
  const known = new Set(before.outcomes.map(keyOf));
  return after.outcomes.filter((outcome) => !known.has(keyOf(outcome)));
}

interface Arrival {
  readonly folder: string;
  readonly at: RemoteBranch;
  readonly commit: string;
  readonly seen: string | null;
}

async function takePush(
  ports: HonePorts,
  { folder, at, commit, seen }: Arrival,
  signal: AbortSignal,
): Promise<{ readonly push: Push; readonly queued: readonly QueuedPush[] }> {
  const push = await ports.remotes.compare(folder, commit, seen);
  if (push.paths.length === 0) return { push, queued: [] };
  const { tree } = await ports.remotes.checkOut(folder, commit, null);
  const touched = await findTouched(ports, tree, push.paths, signal);
  if (touched.length === 0) await ports.remotes.tidy(folder, { ended: [tree], needed: [] });
  const { subject } = push;
  return { push, queued: touched.map((script) => ({ ...at, commit, subject, script, tree, study: null, held: null })) };
}
