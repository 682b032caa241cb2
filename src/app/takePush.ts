import { join } from 'node:path';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import type { Script } from '../core/scan/Script.ts';
import type { QueuedPush } from '../core/study/PollState.ts';
import type { Push, RemoteBranch } from '../core/study/Push.ts';
import { findTouched } from './findTouched.ts';
import { relativePath } from './locateScript.ts';

/** A commit that a branch of a remote came to. */
export interface Arrival {
  readonly folder: string;
  readonly at: RemoteBranch;
  readonly commit: string;
  /** The commit that was looked at before; null where none was. */
  readonly seen: string | null;
  /** Work trees of earlier pushes that are still needed. */
  readonly needed: readonly string[];
}

/** What a push means for the scripts that train. */
export interface TakenPush {
  readonly push: Push;
  /** What it touches and is to be trained, in a work tree that is there. */
  readonly queued: readonly QueuedPush[];
  /** What trained before, and does not any more, each with why, one sentence. */
  readonly broken: readonly { readonly item: QueuedPush; readonly reason: string }[];
  /** Paths of what trained before, and is gone. */
  readonly removed: readonly string[];
}

type TakePorts = Pick<HonePorts, 'scanner' | 'project' | 'remotes'>;

/** Reads what a push changed, and runs none of it. */
export async function takePush(ports: TakePorts, arrival: Arrival, signal: AbortSignal): Promise<TakenPush> {
  const { remotes } = ports;
  const { folder, at, commit, seen, needed } = arrival;
  const push = await remotes.compare(folder, commit, seen);
  if (push.paths.length === 0) return { push, queued: [], broken: [], removed: [] };
  const { tree } = await remotes.checkOut(folder, commit, null);
  const touched = await findTouched(ports, tree, push.paths, signal);
  const before = push.paths.some(isCode)
    ? await touchedBefore(ports, { ...arrival, needed: [...needed, tree] }, push, signal)
    : [];
  const lost = before.filter((script) => !touched.includes(script));
  const { broken, removed } = await lookAtLost(ports, tree, lost, signal);
  if (touched.length === 0) await remotes.tidy(folder, { ended: [tree], needed });
  const itemOf = (script: string): QueuedPush => {
    return { ...at, commit, subject: push.subject, script, tree: null, study: null, held: null };
  };
  return {
    push,
    queued: touched.map((script) => ({ ...itemOf(script), tree })),
    broken: broken.map(({ path, reason }) => ({ item: itemOf(path), reason })),
    removed,
  };
}

function isCode(path: string): boolean {
  return /\.(?:py|ipynb)$/u.test(path);
}

/** The scripts that trained before a push, of those that it touches. */
async function touchedBefore(
  ports: TakePorts,
  { folder, needed }: Arrival,
  { base, paths }: Push,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { tree } = await ports.remotes.checkOut(folder, base, null);
  const touched = await findTouched(ports, tree, paths, signal);
  await ports.remotes.tidy(folder, { ended: [tree], needed });
  return touched;
}

/** Which of the scripts do not train any more, and which are gone; one that still trains was only left by hone.yaml. */
async function lookAtLost(
  { project, scanner }: TakePorts,
  tree: string,
  scripts: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly broken: readonly Script[]; readonly removed: readonly string[] }> {
  const broken: Script[] = [];
  const removed: string[] = [];
  for (const path of scripts.map((script) => join(tree, script))) {
    if ((await project.kindOf(path)) === null) {
      removed.push(relativePath(tree, path));
      continue;
    }
    for await (const script of scanner.scan({ folder: tree, path, all: true }, signal)) {
      if (!script.trains || !script.runsDirectly) broken.push(script);
    }
  }
  return { broken, removed };
}
