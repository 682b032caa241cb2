export interface CommitRequest {
  /** Absolute; it lies in the repository. */
  readonly folder: string;
  /** Wanted name of the branch; a number is added where there is one already. */
  readonly branch: string;
  readonly message: string;
  /** What the commit changes, by path relative to the folder, with `/`: from the text in HEAD to this one. */
  readonly changes: readonly { readonly path: string; readonly before: string; readonly after: string }[];
}

/** The git repository that a folder lies in. Throws HoneError `usage` where there is none, or git refuses. */
export interface SourceRepository {
  /** A file's text in HEAD, with its byte order mark; null where HEAD has no such file. `path` is relative to the folder. */
  readHead(folder: string, path: string): Promise<string | null>;
  /** Where a folder lies in its repository, with `/`; '' at its root, null outside of any. */
  prefixOf(folder: string): Promise<string | null>;
  /** Where the branch that is checked out comes from, without a name or password in the address; null where it has no remote. */
  remoteOf(folder: string): Promise<{ readonly url: string; readonly branch: string } | null>;
  /**
   * Commits the files of these paths, as they are on the disk, on the branch that is checked out, as `git commit` does, hooks included; what
   * else is changed or staged stays so. Null where HEAD has them so already. Paths are relative to the folder.
   */
  commitFiles(folder: string, paths: readonly string[], message: string): Promise<string | null>;
  /** Makes one commit upon HEAD on a new branch, without touching what is checked out, the index, or a hook. */
  commit(request: CommitRequest): Promise<{ readonly branch: string; readonly commit: string }>;
}
