import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { folderOf } from './folderOf.ts';

interface ImageOptions extends CommonOptions {
  readonly runtime: RuntimeKind | 'auto';
  readonly makeVenv?: boolean;
}

/** `hone image [SCRIPT] [--runtime R]` */
export function addImage(program: Command, context: CommandContext): void {
  addCommand(program, 'image [script]', 'make what a run needs ahead of it, or find it ready')
    .addOption(new Option('--runtime <runtime>', 'where it would run').choices(['auto', 'docker', 'local']).default('auto'))
    .option('--make-venv', "without a container: make an environment of Hone's own with what the script needs")
    .action((script: string | undefined, options: ImageOptions) => image(context, script, options));
}

async function image(
  context: CommandContext,
  script: string | undefined,
  { cwd, json, ...options }: ImageOptions,
): Promise<void> {
  const { hone, terminal } = context;
  const preparing = new AbortController();
  process.once('SIGINT', () => preparing.abort());
  const request = {
    folder: await folderOf(context, script, cwd),
    ...(script === undefined ? {} : { script: resolve(cwd, script) }),
    runtime: options.runtime,
    makeEnvironment: options.makeVenv === true,
  };
  const made = await hone.prepare(request, ({ text }) => terminal.status(text), preparing.signal);
  terminal.clear();
  terminal.result(json === true ? JSON.stringify({ version: 1, ...made, notes: made.notes ?? [] }) : made.image);
  if (json !== true) made.notes?.forEach(terminal.say);
}
