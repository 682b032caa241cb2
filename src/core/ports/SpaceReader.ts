import type { SearchSpace } from '../space/SearchSpace.ts';

/** Finds what can be tuned in a script by reading it. Never runs anything, never blocks its caller's thread for long. */
export interface SpaceReader {
  /**
   * The search space of a script; empty where nothing in it trains. Both paths are absolute, those in the result relative to the folder.
   * @throws HoneError `unreadable-source` where the file cannot be read or takes too long
   */
  read(path: string, folder: string): Promise<SearchSpace>;
  dispose(): void;
}
