import { join } from 'node:path';
import { debug, extensions, Uri, window, workspace } from 'vscode';
import type { LookRequest } from '../../app/requests.ts';
import { HoneError } from '../../base/HoneError.ts';
import type { DebugSession } from '../../core/ports/Inspector.ts';
import type { Parts } from '../Parts.ts';
import { lateProgress } from '../run/lateProgress.ts';
import { requireTrust } from '../run/requireTrust.ts';
import { asLook, lookArgument } from './arguments.ts';
import { RemediableError } from './RemediableError.ts';
import type { Handlers } from './registerCommands.ts';
import { all, pickStudy } from './runCommands.ts';

const DEBUGGER = 'ms-python.debugpy';

/** The commands that look into a trial: a shell in it, a debugger on it. */
export function insideCommands(parts: Parts): Pick<Handlers, 'hone.openShell' | 'hone.debugTrial'> {
  const of = async (argument: unknown, question: string): Promise<LookRequest> =>
    lookArgument(argument) ?? asLook(await pickStudy(parts, all(parts), question));
  return {
    'hone.openShell': async (argument) => {
      await requireTrust();
      openShell(parts, await of(argument, 'A shell in which one?'));
    },
    'hone.debugTrial': async (argument) => {
      await requireTrust();
      return debugTrial(parts, await of(argument, 'Which one should be debugged?'));
    },
  };
}

/** A terminal of the editor runs the command line, which has all it takes: keys, size, the shell's end. */
function openShell({ commandLine }: Parts, { folder, study, trial }: LookRequest): void {
  const { program, environment, path } = commandLine();
  const terminal = window.createTerminal({
    name: `${study}: shell`,
    shellPath: program,
    shellArgs: [path, 'shell', study, ...(trial === undefined ? [] : ['--trial', String(trial)]), '--cwd', folder],
    cwd: folder,
    env: { ...environment },
    isTransient: true,
  });
  terminal.show();
}

async function debugTrial({ host, studies }: Parts, request: LookRequest): Promise<void> {
  if (extensions.getExtension(DEBUGGER) === undefined) throw debuggerAbsent();
  const { folder, study, trial } = request;
  const session = await lateProgress(`Hone: debugging ${study}`, async (report, signal) =>
    (await host.get()).debug(request, report, signal),
  );
  const root = join(folder, studies.get({ folder, id: study })?.root ?? '');
  const configuration = {
    name: trial === undefined ? study : `${study}: trial ${trial}`,
    type: 'debugpy',
    request: 'attach',
    connect: { host: '127.0.0.1', port: session.port },
    pathMappings: [{ localRoot: root, remoteRoot: session.tree }],
    redirectOutput: true,
  };
  const ended = debug.onDidTerminateDebugSession(({ name }) => name === configuration.name && void session.dispose());
  void watch(session).finally(() => ended.dispose());
  const place = workspace.getWorkspaceFolder(Uri.file(folder));
  if (!(await debug.startDebugging(place, configuration))) await session.dispose();
}

/** The debugger shows what the script prints; what it says when it fails before that is in the end's diagnostics. */
async function watch(session: DebugSession): Promise<void> {
  for await (const _ of session.output) continue;
  await session.dispose();
}

function debuggerAbsent(): RemediableError {
  const error = new HoneError('usage', 'VS Code has no debugger for Python here.', {
    next: 'Install the extension Python Debugger.',
  });
  return new RemediableError(error, {
    title: 'Install It',
    command: 'workbench.extensions.search',
    arguments: [`@id:${DEBUGGER}`],
  });
}
