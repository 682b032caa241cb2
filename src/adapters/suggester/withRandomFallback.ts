import { describeError, HoneError, isCancellation } from '../../base/HoneError.ts';
import type { Suggester } from '../../core/ports/Suggester.ts';
import { drawAtRandom } from '../../core/study/policy/drawAtRandom.ts';

/** A suggester that draws at random, and says why, where Optuna cannot be had. A study goes on without it, only not as well. */
export function withRandomFallback(suggester: Suggester): Suggester {
  let why: string | null = null;
  const orElse = async <T>(ask: () => Promise<T>, otherwise: (why: string) => T): Promise<T> => {
    if (why !== null) return otherwise(why);
    try {
      return await ask();
    } catch (error) {
      // An engine that is away comes back: the trials need it as well.
      if (isCancellation(error) || !(error instanceof HoneError) || error.code.startsWith('engine-')) throw error;
      why = describeError(error);
      return otherwise(why);
    }
  };
  return {
    suggest: (request, signal) =>
      orElse(
        () => suggester.suggest(request, signal),
        (reason) => ({ assignment: drawAtRandom(request), note: `at random, since Optuna is not there: ${reason}` }),
      ),
    importance: (request, signal) =>
      orElse(
        () => suggester.importance(request, signal),
        () => ({}),
      ),
    dispose: () => suggester.dispose(),
  };
}
