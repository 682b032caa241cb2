import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { Proposal } from '../app/proposeBest.ts';
import { describeOutdated } from '../core/report/describeOutdated.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { parseTrialNumber } from './parseTrialName.ts';
import { requireStudy } from './requireStudy.ts';

interface ApplyOptions extends CommonOptions {
  readonly trial?: number;
  readonly commit?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** `hone apply ID [--trial N] [--commit] [--dry-run] [--yes]`. In a terminal it shows the diff and asks; elsewhere the command is the consent. */
export function addApply(program: Command, context: CommandContext): void {
  addCommand(program, 'apply <study>', 'write what the best trial changed into your source')
    .option('--trial <number>', 'another trial than the best', parseTrialNumber)
    .option('--commit', 'commit it on a new branch instead; nothing that is checked out changes')
    .option('--dry-run', 'only show the diff')
    .option('--yes', 'ask nothing')
    .action((id: string, options: ApplyOptions) => apply(context, id, options));
}

async function apply(context: CommandContext, id: string, { cwd: folder, json, ...options }: ApplyOptions): Promise<void> {
  const { hone, terminal } = context;
  await requireStudy(context, folder, id);
  const request = { folder, study: id, ...(options.trial === undefined ? {} : { trial: options.trial }) };
  if (options.commit === true) {
    const made = await hone.commit(request);
    return terminal.result(
      json === true
        ? JSON.stringify({ version: 1, study: id, ...made })
        : `Committed on the branch ${made.branch} (${made.commit.slice(0, 10)}).`,
    );
  }
  const proposal = await hone.propose(request);
  const { study, trial, changes, patch, outdated } = proposal;
  if (json !== true) terminal.result(patch.trimEnd() || `The source says already what trial ${trial.number} says.`);
  const warning = describeOutdated(study, trial, outdated);
  if (warning !== null) terminal.say(warning);
  const accepted = changes.length > 0 && options.dryRun !== true && (options.yes === true || (await consents(proposal)));
  if (accepted) await hone.apply(folder, proposal);
  const files = changes.map(({ path }) => path);
  if (json === true)
    terminal.result(JSON.stringify({ version: 1, study: id, trial: trial.number, applied: accepted, files, patch }));
  else if (changes.length > 0) terminal.say(accepted ? `Applied to ${files.join(', ')}.` : 'Nothing was changed.');
}

async function consents({ changes }: Proposal): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return true;
  const question = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await question.question(`Write this to ${changes.map(({ path }) => path).join(', ')}? [y/N] `);
  question.close();
  return /^y(es)?$/iu.test(answer.trim());
}
