import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { HoneError } from '../base/HoneError.ts';
import { renderJunit } from '../core/report/renderJunit.ts';
import { compareValues, studyValueOf, type ValueComparison } from '../core/study/compareValues.ts';
import { parseEarlierResult } from '../core/study/parseEarlierResult.ts';
import type { Study, StudyState } from '../core/study/Study.ts';
import type { CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { showStudy } from './showStudy.ts';
import { writeResult } from './writeResult.ts';

/** What a command does with the result of a study, beside showing it. Files are relative to `cwd`. */
export interface ResultOptions extends CommonOptions {
  readonly junit?: string;
  readonly against?: string;
}

/** Adds the options that hand a result on to a build server. */
export function addResultOptions(command: Command): Command {
  return command
    .option('--junit <file>', 'write the result as JUnit XML, too')
    .option(
      '--against <file>',
      'an earlier result, as --json printed it: exit code 3 where this one is worse by more than noise',
    );
}

/** Shows a study, writes what the options ask for, and tells whether it is worse than the earlier result that they name. @throws HoneError `usage` for files that cannot be read or written */
export async function concludeStudy(
  { ports, terminal }: Pick<CommandContext, 'ports' | 'terminal'>,
  study: Study,
  { json, cwd, junit, against }: ResultOptions,
): Promise<boolean> {
  const earlier = against === undefined ? null : await readEarlier(resolve(cwd, against));
  const comparison = typeof earlier === 'object' && earlier !== null ? compare(study, earlier) : null;
  showStudy(terminal, study, json === true, ports.now(), comparison);
  if (against !== undefined && comparison === null) terminal.say(`${against}: ${whyNot(earlier)}, so nothing was compared.`);
  if (junit !== undefined) await writeResult(resolve(cwd, junit), renderJunit(study, comparison), '--junit');
  return comparison?.worse === true;
}

function compare(study: Study, earlier: Exclude<ReturnType<typeof parseEarlierResult>, 'none' | null>): ValueComparison | null {
  const value = studyValueOf(study);
  return value === null ? null : compareValues(value, earlier);
}

function whyNot(earlier: ReturnType<typeof parseEarlierResult> | 'absent'): string {
  if (earlier === 'absent') return 'there is no such file yet';
  return earlier === 'none' ? 'that study has no value' : 'this study has no value of the same metric on the same data';
}

/** The first build has nothing before it: an absent file is no error. */
async function readEarlier(path: string): Promise<ReturnType<typeof parseEarlierResult> | 'absent'> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new HoneError('usage', `${path} cannot be read: ${error.message}.`, {
      next: 'Name another file with --against.',
      cause: error,
    });
  });
  if (text === null) return 'absent';
  const earlier = parseEarlierResult(text);
  if (earlier !== null) return earlier;
  throw new HoneError('usage', `${path} holds no result of a study.`, {
    next: 'Name a file that `hone show ID --json` wrote.',
  });
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
