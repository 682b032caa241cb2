import { createReadStream, existsSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { HoneError } from '../base/HoneError.ts';
import type { Study } from '../core/study/Study.ts';
import { studyDocument } from '../core/study/studyDocument.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import { addResultOptions, concludeStudy, type ResultOptions } from './concludeStudy.ts';
import type { CommandContext } from './CommandContext.ts';
import { describeProgress, describeState } from './describeStudy.ts';
import { parseTrialNumber } from './parseTrialName.ts';
import { renderTable } from './renderTable.ts';
import { requireStudy } from './requireStudy.ts';
import { ExitCode } from './runProgram.ts';
import { showStudy } from './showStudy.ts';
import { watchRun } from './watchRun.ts';

/** `hone studies`, `show`, `logs`, `cancel` and `delete`. */
export function addStudies(program: Command, context: CommandContext): void {
  const { hone, ports, terminal } = context;
  addCommand(program, 'studies', 'all runs and studies of the folder, newest first').action(async (options: CommonOptions) => {
    const studies = await hone.studies(options.cwd);
    const documents = studies.map((study) => studyDocument(study, ports.now()));
    terminal.result(options.json === true ? JSON.stringify({ version: 1, studies: documents }) : renderStudies(studies));
  });
  addResultOptions(addCommand(program, 'show <study>', 'one run or study')).action(async (id: string, options: ResultOptions) => {
    await requireStudy(context, options.cwd, id);
    if (await concludeStudy(context, await hone.study(options.cwd, id), options)) throw new ExitCode(3);
  });
  addCommand(program, 'logs <study>', "a trial's output")
    .option('--trial <number>', 'which trial', parseTrialNumber, 0)
    .option('--follow', 'go on until it ends')
    .action((id: string, options: CommonOptions & { trial: number; follow?: boolean }) => showLogs(context, id, options));
  addCommand(program, 'cancel <study>', 'stop it within two seconds').action(async (id: string, options: CommonOptions) => {
    await requireStudy(context, options.cwd, id);
    await hone.cancel(options.cwd, id);
    showStudy(terminal, await hone.study(options.cwd, id), options.json === true, ports.now());
  });
  addCommand(program, 'delete <study>', 'remove it with all its files').action(async (id: string, options: CommonOptions) => {
    await requireStudy(context, options.cwd, id);
    await hone.delete(options.cwd, id);
    terminal.result(options.json === true ? JSON.stringify({ version: 1, study: id, deleted: true }) : `${id} is gone.`);
  });
}

async function showLogs(
  context: CommandContext,
  id: string,
  options: CommonOptions & { trial: number; follow?: boolean },
): Promise<void> {
  const { hone, terminal } = context;
  await requireStudy(context, options.cwd, id);
  const path = hone.logPath(options.cwd, id, options.trial);
  const study = await hone.study(options.cwd, id);
  if (!existsSync(path) && study.endedAt !== null) {
    throw new HoneError('not-found', `${id} has no output of a trial ${options.trial}.`, {
      next: `\`hone show ${id}\` tells how it ended.`,
    });
  }
  if (options.json === true) {
    terminal.result(JSON.stringify({ version: 1, study: id, trial: options.trial, path }));
  } else if (existsSync(path)) {
    await pipeline(createReadStream(path), process.stdout, { end: false });
  }
  if (options.follow === true && study.endedAt === null) await watchRun(context, options.cwd, id, { cwd: options.cwd });
}

function renderStudies(studies: readonly Study[]): string {
  if (studies.length === 0) return 'Nothing was run here yet. `hone train` runs the script of this folder.';
  const rows = studies.map((study) => [
    study.id,
    study.endedAt === null ? study.state : describeState(study),
    study.script,
    describeTime(study.startedAt),
    study.name ?? '',
    study.endedAt === null ? describeProgress(study) : (study.reason ?? study.note ?? ''),
  ]);
  return renderTable(['id', 'result', 'script', 'started', 'name', 'about it'], rows);
}

/** A time as this machine's clock shows it: `2026-11-21 05:40`. */
function describeTime(time: number): string {
  const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16).replace('T', ' ');
}
