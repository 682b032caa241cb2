import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { TuneRequest } from '../app/requests.ts';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';
import { addCommand } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { addResultOptions, type ResultOptions } from './concludeStudy.ts';
import { describeEnded, type SearchOptions } from './describeEnded.ts';
import { folderOf } from './folderOf.ts';
import { parseNumber } from './parseNumber.ts';
import { showStudy } from './showStudy.ts';
import { ExitCode } from './runProgram.ts';
import { needsSearch, watchBaseline } from './watchBaseline.ts';
import { watchRun } from './watchRun.ts';

interface TuneOptions extends ResultOptions, SearchOptions {
  readonly study?: string;
  readonly runtime: RuntimeKind | 'auto';
  readonly name?: string;
  readonly launch?: string;
  readonly detach?: boolean;
}

/** `hone tune [SCRIPT] [--target V] [--trials N] [--minutes M] [--jobs N] [--strategy S] [--seed N] [--study ID] [-- ARGS]` */
export function addTune(program: Command, context: CommandContext): void {
  addResultOptions(addCommand(program, 'tune [script]', 'try other settings until the target is reached, and prove it'))
    .usage('[options] [script] [-- args...]')
    .option('--target <value>', 'what is wanted: 95, 95% or 0.95')
    .option('--trials <number>', 'at most so many trials', (text) => parseNumber('--trials', text, 1, true))
    .option('--minutes <number>', 'at most so long', (text) => parseNumber('--minutes', text, 0, false))
    .option('--jobs <number>', 'trials side by side', (text) => parseNumber('--jobs', text, 1, true))
    .addOption(
      new Option('--strategy <strategy>', 'how the next trial is found').choices([
        'tpe',
        'random',
        'ladder',
        'candidates',
        'script',
      ]),
    )
    .option('--seed <number>', 'makes the search repeatable', (text) => parseNumber('--seed', text, 0, true))
    .option('--study <id>', 'go on with this study, or give the new one this id')
    .addOption(new Option('--runtime <runtime>', 'where it runs').choices(['auto', 'docker', 'local']).default('auto'))
    .option('--name <name>', 'a name for lists')
    .option('--launch <name>', 'start it by this configuration of .vscode/launch.json')
    .option('--baseline', 'of a new study, only this: where the script as it is misses the target, pause with exit code 3')
    .option('--detach', 'leave it running and return')
    .action((script: string | undefined, options: TuneOptions) => tune(context, script, options));
}

async function tune(context: CommandContext, script: string | undefined, options: TuneOptions): Promise<void> {
  const { hone, ports, terminal } = context;
  const folder = await folderOf(context, script, options.cwd);
  if (options.baseline === true && (await isBaselineDone(context, folder, options.study, options.json === true)))
    throw new ExitCode(3);
  const ended = await readEnded(context, folder, options);
  const planning = new AbortController();
  const stop = (): void => planning.abort();
  process.once('SIGINT', stop);
  const request = requestOf(context, folder, script, options);
  const study = await hone.tune(request, ({ text }) => terminal.status(text), planning.signal);
  process.off('SIGINT', stop);
  if (ended !== null) terminal.say(ended);
  if (options.detach === true) {
    terminal.clear();
    return showStudy(terminal, await hone.study(folder, study), options.json === true, ports.now());
  }
  if (options.baseline === true && (await watchBaseline(context, folder, study)).state === 'paused') {
    showStudy(terminal, await hone.study(folder, study), options.json === true, ports.now());
    throw new ExitCode(3);
  }
  await watchRun(context, folder, study, options);
}

/** That the study to go on with has ended, in a sentence; null where it has not, or there is none such. */
async function readEnded({ hone, ports }: CommandContext, folder: string, options: TuneOptions): Promise<string | null> {
  const { study: id } = options;
  if (id === undefined || !(await ports.store.list(folder)).includes(id)) return null;
  return describeEnded(await hone.study(folder, id), options);
}

/** Whether a study is already beyond its baseline, without having ended; it is shown as it is. */
async function isBaselineDone(
  { hone, ports, terminal }: CommandContext,
  folder: string,
  id: string | undefined,
  json: boolean,
): Promise<boolean> {
  if (id === undefined || !(await ports.store.list(folder)).includes(id)) return false;
  const study = await hone.study(folder, id);
  if ((study.endedAt !== null && !study.interrupted) || !needsSearch(study)) return false;
  showStudy(terminal, study, json, ports.now());
  return true;
}

function requestOf(
  { scriptArguments }: CommandContext,
  folder: string,
  script: string | undefined,
  { cwd, ...given }: TuneOptions,
): TuneRequest {
  return {
    ...given,
    folder,
    ...(script === undefined ? {} : { script: resolve(cwd, script) }),
    ...(scriptArguments.length === 0 ? {} : { arguments: scriptArguments }),
  };
}
