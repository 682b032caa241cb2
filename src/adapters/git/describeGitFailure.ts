import { HoneError } from '../../base/HoneError.ts';

/** What git says where, in the order of looking, with what it means and what to do. */
const MEANINGS: readonly (readonly [RegExp, 'usage' | 'remote', string, string])[] = [
  [/not a git repository/iu, 'usage', 'The folder is in no git repository.', 'Open a clone, or `git init` and add a remote.'],
  [
    /dubious ownership|is owned by someone else/iu,
    'usage',
    'The repository belongs to another user, so git does not work in it.',
    'Allow it, if you trust it: `git config --global --add safe.directory FOLDER`.',
  ],
  [
    /silent for (\d+) seconds/iu,
    'remote',
    'The remote was silent for $1 seconds, so git was stopped.',
    'Try `git fetch` by hand.',
  ],
  [
    /terminal prompts disabled|could not read (?:Username|Password)|Authentication failed|Permission denied \(|HTTP Basic: Access denied/iu,
    'remote',
    'The remote asks for a password, and nobody is asked while Hone looks.',
    'Let git know it: a credential helper or an ssh key without a question; then `git fetch` by hand works without one.',
  ],
  [
    /Host key verification failed/iu,
    'remote',
    'ssh does not know the key of the remote yet.',
    'Run `git fetch` by hand once and accept it.',
  ],
  [
    /couldn't find remote ref|no such remote ref/iu,
    'usage',
    'The remote has no such branch: it was deleted, or renamed.',
    'Name another one with --branch, or check one out that there is.',
  ],
  [
    /transport '[^']*' not allowed|protocol .* not allowed/iu,
    'usage',
    'The address of the remote is of a kind that is not asked.',
    'Use https, ssh, git or a path.',
  ],
  [
    /Could not resolve host|Name or service not known|Temporary failure in name resolution/iu,
    'remote',
    'The name of the remote cannot be found.',
    'Check the network and `git remote -v`.',
  ],
  [
    /Connection refused|Failed to connect|Couldn't connect|Network is unreachable|No route to host|Connection timed out|timed out/iu,
    'remote',
    'The remote cannot be reached.',
    'Check the network; it is tried again.',
  ],
  [
    /does not appear to be a git repository|Repository not found|repository '[^']*' not found|Could not read from remote/iu,
    'remote',
    'There is no repository at the address of the remote, or you may not read it.',
    'Check `git remote -v`.',
  ],
  [/ENOENT|is not recognized/u, 'usage', 'git is not installed.', 'Install git.'],
];

/** An error of git's as a sentence for a person, without the passwords that an address may hold. */
export function describeGitFailure(error: unknown): unknown {
  if (error instanceof HoneError || !(error instanceof Error)) return error;
  if ('plugin' in error && error.plugin === 'abort') return new HoneError('cancelled', 'Cancelled.');
  const said = withoutPasswords(error.message);
  const cause = new Error(said);
  for (const [pattern, code, sentence, next] of MEANINGS) {
    const found = pattern.exec(said);
    if (found !== null) return new HoneError(code, sentence.replace('$1', found[1] ?? ''), { next, cause });
  }
  const line = said.split('\n').findLast((text) => /^(?:fatal|error): /u.test(text)) ?? said.trim().split('\n').at(-1) ?? '';
  return new HoneError('remote', `git refused: ${line.replace(/^(?:fatal|error): /u, '').slice(0, 300)}`, {
    next: 'Try `git fetch` by hand.',
    cause,
  });
}

/** A text in which addresses do not tell who logs in, nor with what. */
export function withoutPasswords(text: string): string {
  return text.replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@'"]+@/giu, '$1***@');
}
