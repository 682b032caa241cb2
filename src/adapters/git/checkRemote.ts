import type { RemoteBranch } from '../../core/study/Push.ts';
import { HoneError } from '../../base/HoneError.ts';
import { PROTOCOLS } from './guardedCommand.ts';
import { withoutPasswords } from './describeGitFailure.ts';

/** What git allows in the name of a ref, and what no shell or option could take for something else. */
const NAME = /^(?!-|\/)(?!.*(?:\.\.|\/\/|@\{|\.lock(?:\/|$)|\/\.|[./]$))[^\p{Cc}\s~^:?*[\\]+$/u;

/** Refuses names that are none: `--upload-pack=…`, `a..b`. Throws HoneError `usage`. */
export function checkNames({ remote, branch }: RemoteBranch): void {
  for (const [what, name] of [
    ['remote', remote],
    ['branch', branch],
  ]) {
    if (name !== undefined && NAME.test(name) && name.length <= 200) continue;
    throw new HoneError('usage', `${JSON.stringify(name)} is no name of a ${what}.`, {
      next: '`git remote` and `git branch -r` list those that there are.',
    });
  }
}

/** Refuses addresses that run a program or are options. Throws HoneError `usage`. */
export function checkAddress(address: string): void {
  const scheme = /^([a-z][a-z0-9+.-]*):(?:\/\/|:)/iu.exec(address)?.[1]?.toLowerCase();
  const isHelper = /^[a-z0-9+.-]+::/iu.test(address);
  if (!address.startsWith('-') && !isHelper && (scheme === undefined || PROTOCOLS.includes(scheme))) {
    const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?([^/:]*)/iu.exec(address)?.[1] ?? '';
    if (!host.startsWith('-')) return;
  }
  throw new HoneError('usage', `The address ${withoutPasswords(address)} is of a kind that Hone does not ask.`, {
    next: `Use ${PROTOCOLS.join(', ')} or a path.`,
  });
}
