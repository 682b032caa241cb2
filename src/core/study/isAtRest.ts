import { openRuns } from './openRuns.ts';
import type { Study } from './Study.ts';

/** Whether a study is paused and nothing of it runs: it then needs no supervisor until somebody asks for something. */
export function isAtRest(study: Study): boolean {
  return study.state === 'paused' && openRuns(study).length === 0;
}
