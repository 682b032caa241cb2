/** The folders of this user in which something was ever run, wherever they are: what `hone monitor --all` looks after. */
export interface FolderList {
  /** Absolute paths, sorted; those that hold no study any more are forgotten. */
  folders(): Promise<readonly string[]>;
  /** Adds a folder; once is enough. */
  remember(folder: string): Promise<void>;
}
