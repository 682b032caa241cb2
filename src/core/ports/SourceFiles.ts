/** The user's own source files as texts, each in its own encoding; a byte order mark is the text's first character. Paths are absolute. */
export interface SourceFiles {
  /** Null where there is no such file. Throws HoneError `unreadable-source`. */
  read(path: string): Promise<string | null>;
  /**
   * Replaces a file's text, all of it or nothing, in the encoding that it has; or makes it, in UTF-8, with the folders that lead to it.
   * @param folder the file lies in it, links followed
   * @param before what it held when it was read, null where it was not there; another text is another's work, which is kept
   * @throws HoneError `usage` where it holds another text by now or leads out of the folder; `read-only`, `disk-full`
   */
  write(folder: string, path: string, before: string | null, text: string): Promise<void>;
}
