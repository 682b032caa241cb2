import type { Command } from 'commander';
import { isSame, type ModelCheck } from '../core/evaluation/ModelCheck.ts';
import { describeCheck } from '../core/evaluation/describeCheck.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { parseTrialNumber } from './parseTrialName.ts';
import { requireStudy } from './requireStudy.ts';
import { ExitCode } from './runProgram.ts';

/** What `--json` prints. Programs are written against it: add to it, never change it. */
type CheckDocument = { readonly version: 1 } & ModelCheck;

interface CheckOptions extends CommonOptions {
  readonly trial?: number;
}

/** `hone check ID [--trial N]` */
export function addCheck(program: Command, context: CommandContext): void {
  addCommand(program, 'check <study>', 'compute the metric of a trial anew, outside the container')
    .option('--trial <number>', 'which trial; the best where absent', parseTrialNumber)
    .action((id: string, options: CheckOptions) => check(context, id, options));
}

async function check(context: CommandContext, id: string, { cwd: folder, json, trial }: CheckOptions): Promise<void> {
  const { hone, terminal } = context;
  await requireStudy(context, folder, id);
  const request = trial === undefined ? { folder, study: id } : { folder, study: id, trial };
  const checked = await hone.check(request, ({ text }) => terminal.say(text), new AbortController().signal);
  terminal.result(json === true ? JSON.stringify({ version: 1, ...checked } satisfies CheckDocument) : describeCheck(checked));
  if (!isSame(checked)) throw new ExitCode(1);
}
