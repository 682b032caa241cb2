import { commands, window, type LogOutputChannel } from 'vscode';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import { describeError, HoneError, isCancellation, type HoneErrorCode } from '../../base/HoneError.ts';
import { COMMAND_IDS, type CommandId } from './CommandId.ts';
import { RemediableError, type Remedy } from './RemediableError.ts';

/** What a command does. Arguments come from menus, tree items and other extensions: each handler checks its own. */
export type Handler = (...args: readonly unknown[]) => unknown;

export type Handlers = Record<CommandId, Handler>;

/** Registers all commands, each in the one wrapper that catches everything that a command throws. */
export function registerCommands(handlers: Handlers, log: LogOutputChannel): Disposable {
  const store = new DisposableStore();
  for (const id of COMMAND_IDS) {
    store.add(
      commands.registerCommand(id, async (...args: readonly unknown[]) => {
        try {
          return await handlers[id](...args);
        } catch (error) {
          showFailure(id, error, log);
          return undefined;
        }
      }),
    );
  }
  return store;
}

/** A button beside the message for failures that one click can do something about. */
const REMEDIES: Partial<Record<HoneErrorCode, { readonly title: string; readonly command: CommandId }>> = {
  'engine-absent': { title: 'Use My Python', command: 'hone.useInterpreter' },
  'no-interpreter': { title: 'Choose an Interpreter', command: 'hone.useInterpreter' },
  'framework-absent': { title: 'Choose an Interpreter', command: 'hone.useInterpreter' },
  configuration: { title: 'Open Settings', command: 'hone.openSettings' },
  'no-script': { title: 'Open a Sample', command: 'hone.openSample' },
};

function showFailure(id: CommandId, error: unknown, log: LogOutputChannel): void {
  if (isCancellation(error)) {
    log.debug(`${id}: cancelled`);
    return;
  }
  log.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const remedy = remedyFor(error);
  const buttons = remedy === undefined ? ['Show Log'] : [remedy.title, 'Show Log'];
  void window.showErrorMessage(`Hone: ${describeError(error)}`, ...buttons).then((button) => {
    if (button === 'Show Log') log.show();
    else if (remedy !== undefined && button === remedy.title) void commands.executeCommand(remedy.command, ...remedy.arguments);
  });
}

function remedyFor(error: unknown): Remedy | undefined {
  if (error instanceof RemediableError) return error.remedy;
  const usual = error instanceof HoneError ? REMEDIES[error.code] : undefined;
  return usual === undefined ? undefined : { ...usual, arguments: [] };
}
