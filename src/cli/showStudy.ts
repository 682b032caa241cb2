import type { Study, StudyState, Trial } from '../core/study/Study.ts';
import { studyDocument } from '../core/study/studyDocument.ts';
import { describeOutcome } from './describeStudy.ts';
import type { Terminal } from './Terminal.ts';

/** Shows a study: the fixed JSON, or a few lines. `now` is milliseconds since 1970. */
export function showStudy(terminal: Terminal, study: Study, json: boolean, now: number): void {
  terminal.clear();
  if (json) terminal.result(JSON.stringify(studyDocument(study, now)));
  else terminal.result(describeOutcome(study));
  if (study.reason !== null) terminal.say(study.reason);
  if (study.note !== null) terminal.say(`Note: ${study.note}`);
  for (const trial of study.trials) {
    if (trial.artifacts.length > 0) terminal.say(describeFiles(study, trial));
  }
}

/** Where a trial's files are: the user's folder has none of them. */
function describeFiles(study: Study, { number, artifacts }: Trial): string {
  const names = artifacts.slice(0, 3).map(({ path }) => path);
  const more = artifacts.length > names.length ? `, and ${artifacts.length - names.length} more` : '';
  return `It wrote ${names.join(', ')}${more}: \`hone save ${study.id}${number === 0 ? '' : ` --trial ${number}`}\` brings them here.`;
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
