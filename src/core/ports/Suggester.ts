import type { Assignment } from '../space/Assignment.ts';
import type { SuggestRequest } from '../study/SuggestRequest.ts';

export interface SuggestAnswer {
  /** A value for every dimension. */
  readonly assignment: Assignment;
  /** Why it was found in another way than was asked for; null where it was not. */
  readonly note: string | null;
}

/** Finds the next point of a search; stateless, so that a crash costs nothing. */
export interface Suggester {
  /** The same request has the same answer. Throws HoneError: engine-absent, image-build, no-interpreter, protocol, cancelled. */
  suggest(request: SuggestRequest, signal: AbortSignal): Promise<SuggestAnswer>;
  dispose(): Promise<void>;
}
