import type { Assignment } from '../space/Assignment.ts';
import type { Inspection } from '../space/inspectModule.ts';
import type { SearchSpace } from '../space/SearchSpace.ts';

/** Finds what can be tuned in a script by reading it. Never runs anything, never blocks its caller's thread for long. */
export interface SpaceReader {
  /**
   * The search space of a script; empty where nothing in it trains. Both paths are absolute, those in the result relative to the folder.
   * `words` are the arguments that the script is started with: they decide over its own defaults.
   * @throws HoneError `unreadable-source` where the file cannot be read or takes too long
   */
  read(path: string, folder: string, words?: readonly string[]): Promise<SearchSpace>;
  /**
   * What an editor shows of a script; `text` is read instead of the file where it is given, as one that was typed and not saved.
   * @throws HoneError `unreadable-source` where it cannot be read or takes too long
   */
  inspect(path: string, folder: string, text: string | null, words?: readonly string[]): Promise<Inspection>;
  /**
   * The whole texts of the files that an assignment changes, by path relative to the folder, byte order marks included. A seed replaces
   * those that the script names for splits and models; null leaves them.
   * @throws HoneError `unreadable-source`; `usage` where the assignment does not fit the script as it is now
   */
  edit(
    path: string,
    folder: string,
    assignment: Assignment,
    seed: number | null,
    words?: readonly string[],
  ): Promise<Readonly<Record<string, string>>>;
  dispose(): void;
}
