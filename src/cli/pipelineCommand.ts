import { Option, type Command } from 'commander';
import { resolve } from 'node:path';
import type { PipelineKind } from '../core/pipeline/PipelineRequest.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';

interface PipelineOptions extends CommonOptions {
  readonly kind?: PipelineKind;
  readonly write?: boolean;
  readonly commit?: boolean;
  readonly hone?: string;
  readonly label?: string;
  readonly mailTo?: readonly string[];
  readonly indexCredentials?: string;
}

/** `hone pipeline [SCRIPT] [--kind single|chain] [--write] [--commit]`. Without --write it only shows what it would change. */
export function addPipeline(program: Command, context: CommandContext): void {
  addCommand(program, 'pipeline [script]', 'Jenkins files that train, and tune where that misses the target')
    .addOption(new Option('--kind <kind>', 'one pipeline, or six jobs that start one another').choices(['single', 'chain']))
    .option('--write', 'write them, merged into what you changed; else they are only shown')
    .option('--commit', 'write them, and commit them and nothing else')
    .option('--hone <source>', 'where builds take hone from: a command, a tarball, a package with its version, docker://IMAGE')
    .option('--label <label>', 'which agents run it; any where absent')
    .option('--mail-to <address...>', 'who gets the mails; hone.yaml says it where absent')
    .option('--index-credentials <id>', 'credential of Jenkins, a secret text, with the address of your package index')
    .action((script: string | undefined, options: PipelineOptions) => pipeline(context, script, options));
}

async function pipeline(
  { hone, terminal }: CommandContext,
  script: string | undefined,
  { cwd: folder, json, write, commit, mailTo, ...given }: PipelineOptions,
): Promise<void> {
  const choice = {
    ...given,
    folder,
    ...(script === undefined ? {} : { script: resolve(folder, script) }),
    ...(mailTo === undefined ? {} : { to: mailTo }),
  };
  const proposal = await hone.planPipeline(choice, new AbortController().signal);
  const { kind, paths, changes, patch, notes } = proposal;
  const writes = write === true || commit === true;
  if (writes) await hone.writePipeline(folder, proposal);
  const made = commit === true ? await hone.commitPipeline(folder, proposal) : null;
  const changed = changes.map(({ path }) => path);
  if (json === true) {
    return terminal.result(
      JSON.stringify({ version: 1, kind, files: paths, changed, written: writes, commit: made, notes, patch }),
    );
  }
  if (!writes && patch !== '') terminal.result(patch);
  notes.forEach(terminal.say);
  terminal.say(describe(changed, writes));
  if (made !== null) terminal.say(`Committed as ${made.slice(0, 10)}.`);
}

function describe(changed: readonly string[], writes: boolean): string {
  if (changed.length === 0) return 'The files are as they would be generated.';
  const names = changed.join(', ');
  return writes ? `Wrote ${names}. docs/jenkins.md tells how to set up the jobs.` : `\`--write\` would write ${names}.`;
}
