import { basename } from 'node:path';

/** Holds the milliseconds that git may be silent before it is ended. */
export const SILENCE_VARIABLE = 'HONE_GIT_SILENCE_MS';

/** Ways to other machines, and to folders; `ext::` and whatever else runs a program is none of them. */
export const PROTOCOLS = ['file', 'git', 'http', 'https', 'ssh'];

/** Nothing that a repository or its remote says is run, and nothing asks. */
const SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.askPass=',
  'protocol.ext.allow=never',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'advice.detachedHead=false',
];

/** Variables of git's that say how a private remote is reached; all others would make it work on another repository, or ask. */
export const KEPT_VARIABLES = [
  'GIT_SSH',
  'GIT_SSH_COMMAND',
  'GIT_SSH_VARIANT',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
];

/** The arguments of git for a command that is to run by itself. */
export function guardedCommand(args: readonly string[]): readonly string[] {
  return [...SETTINGS.flatMap((setting) => ['-c', setting]), ...args];
}

/**
 * The environment of git for a command that is to run by itself: prompts fail at once, large files stay pointers unless the user's own are pulled.
 * @param configured the command for ssh that git is configured with; '' where it is the usual one
 */
export function guardedEnvironment(environment: NodeJS.ProcessEnv, configured: string, isPull: boolean): NodeJS.ProcessEnv {
  const { [SILENCE_VARIABLE]: _, ELECTRON_RUN_AS_NODE: __, ...rest } = environment;
  const own = rest['GIT_SSH_COMMAND'] || configured || (rest['GIT_SSH'] === undefined ? 'ssh' : '');
  return {
    ...rest,
    ...(own === '' ? {} : { GIT_SSH_COMMAND: withoutQuestions(own) }),
    GIT_TERMINAL_PROMPT: '0',
    GCM_INTERACTIVE: 'never',
    SSH_ASKPASS_REQUIRE: 'never',
    GIT_ALLOW_PROTOCOL: PROTOCOLS.join(':'),
    ...(isPull ? {} : { GIT_LFS_SKIP_SMUDGE: '1' }),
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
  };
}

/** Only OpenSSH is known to understand the option. */
function withoutQuestions(command: string): string {
  const [program = ''] = command.split(' ');
  return /^ssh(\.exe)?$/u.test(basename(program)) ? `${command} -o BatchMode=yes` : command;
}
