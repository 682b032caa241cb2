import { expect, test } from 'vitest';
import { guardedEnvironment } from '../../../../src/adapters/git/guardedCommand.ts';
import { describeGitFailure, withoutPasswords } from '../../../../src/adapters/git/describeGitFailure.ts';

test.each([
  [{}, '', 'ssh -o BatchMode=yes'],
  [{}, 'ssh -i key', 'ssh -i key -o BatchMode=yes'],
  [{ GIT_SSH_COMMAND: '/usr/bin/ssh -p 7' }, 'ssh -i key', '/usr/bin/ssh -p 7 -o BatchMode=yes'],
  [{}, 'plink -batch', 'plink -batch'],
  [{ GIT_SSH: 'C:\\plink.exe' }, '', undefined],
])('ssh asks nothing, however it is set up: %o, %s', (environment, configured, expected) => {
  expect(guardedEnvironment(environment, configured, false)['GIT_SSH_COMMAND']).toBe(expected);
});

test('large files stay pointers, but for a pull', () => {
  expect(guardedEnvironment({}, '', false)['GIT_LFS_SKIP_SMUDGE']).toBe('1');
  expect(guardedEnvironment({}, '', true)['GIT_LFS_SKIP_SMUDGE']).toBeUndefined();
});

test('a password in an address is in no message, nor in its cause', () => {
  expect(withoutPasswords("fatal: unable to access 'https://ada:pa:ss@example.org/r': x")).toBe(
    "fatal: unable to access 'https://***@example.org/r': x",
  );
  const error = describeGitFailure(new Error('fatal: something about https://ada:canary@example.org/r')) as Error;
  expect(`${error.message} ${String(error.cause)} ${error.stack}`).not.toContain('canary');
});
