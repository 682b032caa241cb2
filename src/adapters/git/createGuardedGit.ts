import type { SimpleGit } from 'simple-git';
import { ambientEnvironment } from './ambientEnvironment.ts';
import { KEPT_VARIABLES, SILENCE_VARIABLE } from './guardedCommand.ts';

export interface GuardedGitOptions {
  /** Absolute path of the bundle of `gitGuard.ts`. */
  readonly guard: string;
  /** git is ended with all that it started after so many milliseconds without a word; progress is one. */
  readonly silenceMs: number;
}

/** git in a folder, without prompts, hooks, submodules and hangs. An abort ends it. */
export async function createGuardedGit(
  folder: string,
  { guard, silenceMs }: GuardedGitOptions,
  signal?: AbortSignal,
): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  const git = simpleGit(folder, {
    // The editor's own executable is Node when told so.
    binary: [process.execPath, guard],
    allowEnvironment: KEPT_VARIABLES,
    unsafe: {
      allowUnsafeTemplateDir: true,
      allowUnsafeCustomBinary: true,
      allowUnsafeSshCommand: true,
      allowUnsafeConfigPaths: true,
    },
    maxConcurrentProcesses: 1,
    ...(signal === undefined ? {} : { abort: signal }),
  });
  return git.env({ ...ambientEnvironment(KEPT_VARIABLES), ELECTRON_RUN_AS_NODE: '1', [SILENCE_VARIABLE]: String(silenceMs) });
}
