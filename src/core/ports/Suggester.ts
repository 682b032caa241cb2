import type { Assignment } from '../space/Assignment.ts';
import type { SuggestRequest } from '../study/SuggestRequest.ts';

/** Finds the next point of a search; stateless, so that a crash costs nothing. */
export interface Suggester {
  /** A value for every dimension. Throws HoneError: engine-absent, image-build, no-interpreter, cancelled. */
  suggest(request: SuggestRequest, signal: AbortSignal): Promise<Assignment>;
  /** How much each dimension mattered, by id; they sum to 1. Empty with too few trials. */
  importance(request: SuggestRequest, signal: AbortSignal): Promise<Readonly<Record<string, number>>>;
  dispose(): Promise<void>;
}
