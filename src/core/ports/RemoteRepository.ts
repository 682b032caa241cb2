import type { PullState, Push, RemoteBranch } from '../study/Push.ts';

/** A commit on the disk, apart from the open folder. */
export interface Checkout {
  /** Absolute path of what stands for the folder in it. */
  readonly tree: string;
  /** Real paths of data that git does not keep, and that it links to where the open folder has it. */
  readonly data: readonly string[];
  /** Files that Git LFS keeps and that are not on this machine, relative to the tree: what was pushed of them is never fetched. */
  readonly absent: readonly string[];
}

/**
 * The remote of the repository that a folder lies in, by a git that asks nothing, runs no hook and never hangs. What is open stays as it is but for `pull`.
 * Throws HoneError `usage` where there is no such remote or branch or git refuses, `remote` where the remote does not answer as it should.
 */
export interface RemoteRepository {
  /** The branch that is meant: the one named, else the one that the open branch follows. */
  locate(folder: string, wanted: Partial<RemoteBranch>): Promise<RemoteBranch>;
  /** Brings what a branch holds now, into a ref of Hone's own; its commit. */
  fetch(folder: string, at: RemoteBranch, signal: AbortSignal): Promise<string>;
  /** What a fetched commit has that another one has not; where that is null, that HEAD has not. */
  compare(folder: string, commit: string, since: string | null): Promise<Push>;
  /** Whether a fetched commit can be pulled. */
  pullState(folder: string, at: RemoteBranch, commit: string): Promise<PullState>;
  /** Fast-forwards the open branch to a fetched commit, or leaves all as it is. */
  pull(folder: string, at: RemoteBranch, commit: string): Promise<void>;
  /** Puts a fetched commit on the disk, in a work tree of its own; the one that is `known` serves, if it is there. The caller removes it. */
  checkOut(folder: string, commit: string, known: string | null): Promise<Checkout>;
  /** Removes the work trees that are not needed any more, and those of Hone's that nobody knows of, but for such as were made just now. */
  tidy(folder: string, trees: { readonly ended: readonly string[]; readonly needed: readonly string[] }): Promise<void>;
}
