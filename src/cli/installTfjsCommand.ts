import type { Command } from 'commander';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';

/** `hone install-tfjs` */
export function addInstallTfjs(program: Command, { hone, terminal }: CommandContext): void {
  addCommand(program, 'install-tfjs', 'install native TensorFlow.js, which `check` then computes models with').action(
    async ({ cwd, json }: CommonOptions) => {
      const text = await hone.installModelRuntime(cwd, (progress) => terminal.say(progress.text), new AbortController().signal);
      terminal.result(json === true ? JSON.stringify({ version: 1, text }) : text);
    },
  );
}
