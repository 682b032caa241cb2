import { HoneError } from '../base/HoneError.ts';
import type { EngineState } from '../core/ports/EngineState.ts';

/**
 * Throws what failed without containers again, with why there are none: that may be the cause which is mended first. Where no engine was asked
 * for it is thrown as it is.
 */
export function blameEngine(lacking: EngineState | null): (error: unknown) => never {
  return (error) => {
    if (lacking === null || !(error instanceof HoneError)) throw error;
    const mend = 'Or mend Docker: `hone doctor` tells how.';
    const next = error.next === null ? mend : `${error.next} ${mend}`;
    throw new HoneError(error.code, `${error.message} ${lacking.text}`, { next, cause: error });
  };
}
