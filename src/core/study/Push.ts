/** A branch of a remote, by the names that git has for them. */
export interface RemoteBranch {
  readonly remote: string;
  readonly branch: string;
}

/** What a branch gained. */
export interface Push {
  readonly commit: string;
  /** The commit that it is compared with. */
  readonly base: string;
  /** The first line of its message; it is somebody else's text. */
  readonly subject: string;
  readonly author: string;
  /** How many commits it is from the one that it is compared with. */
  readonly commits: number;
  /** True where that one is no ancestor any more. */
  readonly forced: boolean;
  /** What differs, relative to the folder, with `/`; deleted files too. */
  readonly paths: readonly string[];
}

/** How the open branch stands to a remote one, and so whether it can be fast-forwarded to it. */
export interface PullState {
  /**
   * `blocked`: changes that are not committed stand in the way. `elsewhere`: another branch is checked out, or none. `same` and `ahead`: there is nothing
   * to pull.
   */
  readonly state: 'same' | 'ahead' | 'possible' | 'blocked' | 'diverged' | 'elsewhere';
  readonly ahead: number;
  readonly behind: number;
  /** What blocks, relative to the repository's top, with `/`. */
  readonly files: readonly string[];
}
