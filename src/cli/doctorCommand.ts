import type { Command } from 'commander';
import type { Check } from '../app/Hone.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { ExitCode } from './runProgram.ts';

const MARKS: Readonly<Record<Check['state'], string>> = { ok: '✓', warning: '!', error: '✗' };

/** `hone doctor` */
export function addDoctor(program: Command, { hone, terminal }: CommandContext): void {
  addCommand(program, 'doctor', 'what works on this machine, what does not, what to do').action(
    async (options: CommonOptions) => {
      const checks = await hone.doctor(options.cwd, new AbortController().signal);
      const able = checks.some((check) => (check.name === 'engine' || check.name === 'interpreter') && check.state === 'ok');
      const lines = checks.map((check) => `${MARKS[check.state]} ${check.text}${check.next === null ? '' : ` ${check.next}`}`);
      terminal.result(options.json === true ? JSON.stringify({ version: 1, able, checks }) : lines.join('\n'));
      if (!able) throw new ExitCode(1);
    },
  );
}
