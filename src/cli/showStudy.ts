import type { Study, StudyState } from '../core/study/Study.ts';
import { studyDocument } from '../core/study/studyDocument.ts';
import { describeOutcome } from './describeStudy.ts';
import type { Terminal } from './Terminal.ts';

/** Shows a study: the fixed JSON, or a few lines. `now` is milliseconds since 1970. */
export function showStudy(terminal: Terminal, study: Study, json: boolean, now: number): void {
  terminal.clear();
  if (json) terminal.result(JSON.stringify(studyDocument(study, now)));
  else terminal.result(describeOutcome(study));
  if (study.reason !== null) terminal.say(study.reason);
}

/** The exit code that a study's state stands for. */
export function exitCodeOf(state: StudyState): number {
  switch (state) {
    case 'complete':
    case 'target-reached':
    case 'running':
    case 'paused':
      return 0;
    case 'failed':
      return 1;
    case 'target-missed':
      return 3;
    case 'cancelled':
      return 130;
  }
}
