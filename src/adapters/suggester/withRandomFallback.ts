import { describeError, HoneError, isCancellation } from '../../base/HoneError.ts';
import type { Suggester } from '../../core/ports/Suggester.ts';
import { drawAtRandom } from '../../core/study/policy/drawAtRandom.ts';

/** A suggester that draws at random, and says why, where Optuna cannot be had. A study goes on without it, only not as well. */
export function withRandomFallback(suggester: Suggester): Suggester {
  let why: string | null = null;
  return {
    suggest: async (request, signal) => {
      if (why === null) {
        try {
          return await suggester.suggest(request, signal);
        } catch (error) {
          // An engine that is away comes back: the trials need it as well.
          if (isCancellation(error) || !(error instanceof HoneError) || error.code.startsWith('engine-')) throw error;
          why = describeError(error);
        }
      }
      return { assignment: drawAtRandom(request), note: `at random, since Optuna is not there: ${why}` };
    },
    dispose: () => suggester.dispose(),
  };
}
