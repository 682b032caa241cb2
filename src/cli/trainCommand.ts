import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { TrialName } from '../app/Hone.ts';
import { HoneError } from '../base/HoneError.ts';
import type { HyperparameterValue } from '../core/space/Assignment.ts';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { folderOf } from './folderOf.ts';
import { parseTrialName } from './parseTrialName.ts';
import { requireStudy } from './requireStudy.ts';
import { showStudy } from './showStudy.ts';
import { watchRun } from './watchRun.ts';

interface TrainOptions extends CommonOptions {
  readonly set: Readonly<Record<string, HyperparameterValue>>;
  readonly runtime: RuntimeKind | 'auto';
  readonly name?: string;
  readonly detach?: boolean;
  readonly again?: TrialName;
}

/** `hone train [SCRIPT] [--set ID=VALUE …] [-- ARGS]` */
export function addTrain(program: Command, context: CommandContext): void {
  addCommand(program, 'train [script]', 'run a script once and read its accuracy')
    .usage('[options] [script] [-- args...]')
    .addOption(new Option('--set <id=value>', 'a hyperparameter for this run').default({}, 'none').argParser(collectSetting))
    .addOption(new Option('--runtime <runtime>', 'where it runs').choices(['auto', 'docker', 'local']).default('auto'))
    .option('--name <name>', 'a name for lists')
    .option(
      '--again <study>',
      'repeat this run: its script, arguments and values, or those of a trial (ID:NUMBER)',
      parseTrialName,
    )
    .option('--detach', 'leave it running and return')
    .action((script: string | undefined, options: TrainOptions) => train(context, script, options));
}

async function train(context: CommandContext, script: string | undefined, options: TrainOptions): Promise<void> {
  const { hone, ports, terminal, scriptArguments } = context;
  const folder = await folderOf(context, script, options.cwd);
  if (options.again !== undefined) await requireStudy(context, folder, options.again.study);
  const planning = new AbortController();
  const stop = (): void => planning.abort();
  process.once('SIGINT', stop);
  const request = {
    folder,
    ...(script === undefined ? {} : { script: resolve(options.cwd, script) }),
    ...(scriptArguments.length === 0 ? {} : { arguments: scriptArguments }),
    assignment: options.set,
    runtime: options.runtime,
    ...(options.again === undefined ? {} : { again: options.again }),
    ...(options.name === undefined ? {} : { name: options.name }),
  };
  const study = await hone.train(request, ({ text }) => terminal.status(text), planning.signal);
  process.off('SIGINT', stop);
  if (options.detach === true) {
    terminal.clear();
    return showStudy(terminal, await hone.study(folder, study), options.json === true, ports.now());
  }
  await watchRun(context, folder, study, options.json === true);
}

function collectSetting(
  text: string,
  before: Readonly<Record<string, HyperparameterValue>>,
): Record<string, HyperparameterValue> {
  const at = text.indexOf('=');
  if (at < 1) throw new HoneError('usage', `--set ${text} has no value.`, { next: 'Write it as --set learning_rate=0.01.' });
  return { ...before, [text.slice(0, at)]: parseValue(text.slice(at + 1)) };
}

/** A value as JSON spells it, else the text itself. */
function parseValue(text: string): HyperparameterValue {
  try {
    return JSON.parse(text) as HyperparameterValue;
  } catch {
    return text;
  }
}
