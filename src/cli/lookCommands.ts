import type { Command } from 'commander';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { parseTrialNumber } from './parseTrialName.ts';
import { requireStudy } from './requireStudy.ts';
import { ExitCode } from './runProgram.ts';

interface LookOptions extends CommonOptions {
  readonly trial?: number;
}

/** `hone shell ID [--trial N]` and `hone debug ID [--trial N]` */
export function addLook(program: Command, context: CommandContext): void {
  addCommand(program, 'shell <study>', 'a shell in a trial: in its container while it runs, else in a copy of it')
    .option('--trial <number>', 'which trial; the one that runs, or the best, where absent', parseTrialNumber)
    .action((id: string, options: LookOptions) => shell(context, id, options));
  addCommand(program, 'debug <study>', 'run a trial anew under debugpy, up to its first line, for a debugger to attach')
    .option('--trial <number>', 'which trial; the best where absent', parseTrialNumber)
    .action((id: string, options: LookOptions) => debug(context, id, options));
}

async function shell(context: CommandContext, id: string, { cwd: folder, trial }: LookOptions): Promise<void> {
  const { hone, terminal } = context;
  await requireStudy(context, folder, id);
  const request = { folder, study: id, ...(trial === undefined ? {} : { trial }) };
  const code = await untilHangUp(['SIGHUP', 'SIGTERM'], (signal) =>
    hone.shell(
      request,
      ({ text }) => {
        terminal.clear();
        terminal.say(text);
      },
      signal,
    ),
  );
  if (code !== 0) throw new ExitCode(code);
}

async function debug(context: CommandContext, id: string, { cwd: folder, trial, json }: LookOptions): Promise<void> {
  const { hone, terminal } = context;
  await requireStudy(context, folder, id);
  const request = { folder, study: id, ...(trial === undefined ? {} : { trial }) };
  const code = await untilHangUp(['SIGINT', 'SIGHUP', 'SIGTERM'], async (signal) => {
    const session = await hone.debug(request, ({ text }) => terminal.status(text), signal);
    const end = (): void => void session.dispose();
    signal.addEventListener('abort', end, { once: true });
    try {
      terminal.clear();
      const { port, tree } = session;
      terminal.result(
        json === true ? JSON.stringify({ version: 1, study: id, host: '127.0.0.1', port, tree }) : `127.0.0.1:${port}`,
      );
      terminal.say(`debugpy waits there for a client; the folder is ${tree} to it. Ctrl+C ends the run.`);
      for await (const text of session.output) terminal.output(text);
      return (await session.ended).exitCode ?? 1;
    } finally {
      await session.dispose();
    }
  });
  if (code !== 0) throw new ExitCode(code);
}

/** Does something that any of these signals aborts. */
async function untilHangUp<T>(signals: readonly NodeJS.Signals[], work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  for (const name of signals) process.on(name, stop);
  try {
    return await work(abort.signal);
  } finally {
    for (const name of signals) process.off(name, stop);
  }
}
