import { relative, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { TrialName } from '../app/requests.ts';
import { HoneError } from '../base/HoneError.ts';
import type { HyperparameterValue } from '../core/space/Assignment.ts';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';
import { addCommand } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { addResultOptions, type ResultOptions } from './concludeStudy.ts';
import { folderOf } from './folderOf.ts';
import { parseTrialName } from './parseTrialName.ts';
import { requireStudy } from './requireStudy.ts';
import { showStudy } from './showStudy.ts';
import { watchRun } from './watchRun.ts';

interface TrainOptions extends ResultOptions {
  readonly set: Readonly<Record<string, HyperparameterValue>>;
  readonly runtime: RuntimeKind | 'auto';
  readonly makeVenv?: boolean;
  readonly name?: string;
  readonly launch?: string;
  readonly keep?: boolean;
  readonly detach?: boolean;
  readonly again?: TrialName;
}

/** `hone train [SCRIPT] [--set ID=VALUE …] [-- ARGS]` */
export function addTrain(program: Command, context: CommandContext): void {
  addResultOptions(addCommand(program, 'train [script]', 'run a script once and read its accuracy'))
    .usage('[options] [script] [-- args...]')
    .addOption(new Option('--set <id=value>', 'a hyperparameter for this run').default({}, 'none').argParser(collectSetting))
    .addOption(new Option('--runtime <runtime>', 'where it runs').choices(['auto', 'docker', 'local']).default('auto'))
    .option('--make-venv', "without a container: make an environment of Hone's own with what the script needs")
    .option('--name <name>', 'a name for lists')
    .option(
      '--again <study>',
      'repeat this run: its script, arguments and values, or those of a trial (ID:NUMBER)',
      parseTrialName,
    )
    .option('--launch <name>', 'start it by this configuration of .vscode/launch.json')
    .option('--keep', 'write the arguments after -- to hone.yaml, for every later run')
    .option('--detach', 'leave it running and return')
    .action((script: string | undefined, options: TrainOptions) => train(context, script, options));
}

async function train(context: CommandContext, script: string | undefined, options: TrainOptions): Promise<void> {
  const { hone, ports, terminal, scriptArguments } = context;
  if (options.keep === true && scriptArguments.length === 0) {
    throw new HoneError('usage', '--keep has nothing to keep.', { next: 'Write the arguments of the script after `--`.' });
  }
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
    makeEnvironment: options.makeVenv === true,
    ...(options.again === undefined ? {} : { again: options.again }),
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.launch === undefined ? {} : { launch: options.launch }),
  };
  const study = await hone.train(request, ({ text }) => terminal.status(text), planning.signal);
  if (options.keep === true) {
    const { script: started } = await hone.study(folder, study);
    const change = { path: ['args'], set: scriptArguments } as const;
    const path = await hone.configure({ folder, script: started }, [change], planning.signal);
    terminal.say(`The arguments are kept in ${relative(options.cwd, path)}.`);
  }
  process.off('SIGINT', stop);
  if (options.detach === true) {
    terminal.clear();
    return showStudy(terminal, await hone.study(folder, study), options.json === true, ports.now());
  }
  await watchRun(context, folder, study, options);
  const isAsked = scriptArguments.length > 0 && options.keep !== true;
  if (isAsked) terminal.say('`--keep` writes these arguments to hone.yaml, so that they need not be typed again.');
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
