import type { PollState } from '../study/PollState.ts';

/** What watching a folder's remote has come to, kept in its `.hone`. */
export interface PollStore {
  /** Empty where there is none, or it is damaged. */
  read(folder: string): Promise<PollState>;
  /** Replaces it, all of it or nothing. Throws HoneError: read-only, disk-full. */
  write(folder: string, state: PollState): Promise<void>;
}
