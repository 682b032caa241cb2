/** hone.yaml as a text, to be edited. Paths are absolute. */
export interface ConfigurationFile {
  /** The hone.yaml of a folder; '' where there is none. */
  read(folder: string): Promise<string>;
  /**
   * Makes or replaces the hone.yaml of a folder, all of it or nothing.
   * @param before what it held when it was read; another text is another's work, which is kept
   * @throws HoneError `configuration` where it holds another text by now, or is a link that leads out of the folder; `read-only`, `disk-full`
   */
  write(folder: string, before: string, text: string): Promise<void>;
}
