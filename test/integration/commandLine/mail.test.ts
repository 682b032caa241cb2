import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort, PASSWORD, serveMail, USER, type MailServer, type TakenMail } from '../mail/serveMail.ts';
import { documentOf, hasDocker, makeProject, startHone, testPython, type HoneResult } from './honeProcess.ts';

const SCRIPT = `
import os
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

X, X_test, y, y_test = train_test_split(*load_iris(return_X_y=True), random_state=0)
print(dict(os.environ))
print("accuracy", LogisticRegression(C=1.0, max_iter=200).fit(X, y).score(X_test, y_test))
`;
/** Dies once, as of the kernel's hand, and leaves a mark. */
const dying = (mark: string): string => `
import os
import signal

if not os.path.exists(${JSON.stringify(mark)}):
    open(${JSON.stringify(mark)}, "w").close()
    os.kill(os.getpid(), signal.SIGKILL)
${SCRIPT}`;
/** A repository that would have the password. */
const NOSY = JSON.stringify({
  configurations: [
    { name: 'it', type: 'debugpy', request: 'launch', program: 'iris.py', env: { TAKEN: '<${env:HONE_SMTP_PASSWORD}>' } },
  ],
});
const files = { 'iris.py': SCRIPT, 'hone.yaml': 'target: 0.9\nnotify: {to: ada@example.org}\n' };

let server: MailServer;
let state: string;
beforeEach(async () => {
  server = await serveMail();
  state = mkdtempSync(join(tmpdir(), 'hone-state-'));
});
afterEach(async () => {
  await server.close();
  rmSync(state, { recursive: true });
});

/** What a shell of the user's has set. */
function environment(port = server.port): Record<string, string> {
  return {
    XDG_STATE_HOME: state,
    HONE_SMTP_HOST: 'localhost',
    HONE_SMTP_PORT: String(port),
    HONE_SMTP_USER: USER,
    HONE_SMTP_PASSWORD: PASSWORD,
    HONE_SMTP_FROM: 'hone@example.org',
    HONE_CA_BUNDLE: server.caBundle,
  };
}

function run(folder: string, args: readonly string[], changes: Record<string, string> = {}): Promise<HoneResult> {
  return startHone(folder, args, { ...environment(), ...changes }).done;
}

async function mails(count: number): Promise<readonly TakenMail[]> {
  await expect.poll(() => server.taken.length, { timeout: 25_000 }).toBeGreaterThanOrEqual(count);
  return server.taken;
}

/** All files below a folder that hold a text. */
function filesWith(text: string, folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return names.filter(
    (path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true && readFileSync(path).includes(text),
  );
}

/** Command lines of all processes of this machine. */
function commandLines(): string {
  return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
}

describe.skipIf(testPython === undefined)('a run on the own interpreter', () => {
  test('is told of by mail, and that it was restarted, and the password is nowhere', async () => {
    const folder = makeProject({ ...files, 'iris.py': dying(join(state, 'died')), '.vscode/launch.json': NOSY });
    const { child, done } = startHone(folder, ['train', '--runtime', 'local', '--json'], environment());
    let seen = '';
    while (child.exitCode === null) {
      seen += commandLines();
      await sleep(300);
    }
    const result = await done;
    expect(documentOf(result).state).toBe('target-reached');
    const [restart, mail] = await mails(2);
    expect(restart?.email).toMatchObject({
      subject: 'Hone: iris-1 was restarted',
      text: expect.stringMatching(/^- Trial 0: .*killed/m),
    });
    expect(mail?.email).toMatchObject({
      subject: expect.stringMatching(/^Hone: iris-1 reached its target: accuracy 9\d\.\d %, target 90\.0 %$/),
      from: { address: 'hone@example.org' },
    });
    expect(mail).toMatchObject({ to: ['ada@example.org'], secure: true });
    for (const text of [seen, restart?.raw, mail?.raw, result.stdout, result.stderr]) expect(text).not.toContain(PASSWORD);
    expect(seen).toContain('supervise');
    await expect.poll(() => filesWith('sentAt', state)).toHaveLength(2);
    for (const secret of [PASSWORD, Buffer.from(PASSWORD).toString('base64')])
      expect([...filesWith(secret, folder), ...filesWith(secret, state)]).toEqual([]);
    expect(readFileSync(join(folder, '.hone/studies/iris-1/trials/0/output.log'), 'utf8')).toContain("'TAKEN': '<>'");
  });

  test('does not wait for a server that is down; the next command sends its mail, once', async () => {
    const folder = makeProject(files);
    const down = { HONE_SMTP_PORT: String(await freePort()) };
    expect(documentOf(await run(folder, ['train', '--runtime', 'local', '--json'], down)).state).toBe('target-reached');
    const waiting = (): boolean =>
      existsSync(join(state, 'hone/mail/waiting')) && filesWith('Nothing listens', state).length === 1;
    await expect.poll(waiting, { timeout: 10_000 }).toBe(true);
    const still = await run(folder, ['notify'], down);
    expect(still.stdout).toMatch(/^… Hone: iris-1 reached its target: .*: it waits\. Nothing listens at localhost:\d+\.$/m);
    expect((await run(folder, ['notify'])).stdout).toBe('Nothing waits to be sent.\n');
    expect((await run(folder, ['notify'])).code).toBe(0);
    expect(server.taken).toHaveLength(1);
  });

  test('keeps what was refused, says so, and sends it once a test goes through', async () => {
    const folder = makeProject(files);
    const wrong = { HONE_SMTP_PASSWORD: 'guess-12' };
    await run(folder, ['train', '--runtime', 'local', '--json'], wrong);
    await expect.poll(() => existsSync(join(state, 'hone/mail/refused')), { timeout: 10_000 }).toBe(true);
    const again = await run(folder, ['notify'], wrong);
    expect([again.code, again.stdout]).toEqual([1, expect.stringContaining('refuses the user or the password')]);
    expect((await run(folder, ['notify', '--test'])).code).toBe(0);
    await run(folder, ['notify']);
    expect(server.taken.map(({ email }) => email.subject)).toEqual([
      'Hone: Mail works',
      expect.stringContaining('iris-1 reached its target'),
    ]);
  });
});

test.skipIf(!hasDocker)('a run in a container knows no password, nor does its image', async () => {
  const folder = makeProject(files);
  const result = await run(folder, ['train', '--runtime', 'docker', '--json']);
  const { image, state: ended } = documentOf(result);
  expect(ended, result.stderr).toBe('target-reached');
  await mails(1);
  const history = execFileSync('docker', ['history', '--no-trunc', image ?? ''], { encoding: 'utf8' });
  const inspected = execFileSync('docker', ['inspect', image ?? ''], { encoding: 'utf8' });
  expect(history + inspected).not.toContain(PASSWORD);
  expect(filesWith(PASSWORD, folder)).toEqual([]);
});

describe('notify --test', () => {
  test.each([
    [{}, 0, /^✓ A test mail to ada@example\.org was handed to localhost:\d+\.$/m],
    [{ HONE_SMTP_PASSWORD: 'guess-12' }, 1, /^✗ localhost:\d+ refuses the user or the password: 535 no \*\*\*\. Check both/m],
    [{ HONE_SMTP_HOST: 'absent.invalid' }, 1, /^✗ There is no server of the name absent\.invalid/m],
    [{ HONE_SMTP_SECURITY: 'tls' }, 1, /^✗ localhost:\d+ does not speak TLS from the first byte\. Set the security to starttls/m],
    [{ HONE_CA_BUNDLE: '/absent/ca.pem' }, 1, /^✗ The certificates in \/absent\/ca\.pem cannot be read\./m],
  ])('says in one sentence how it went: %j', async (changes, code, line) => {
    const result = await run(makeProject(files), ['notify', '--test'], changes);
    expect([result.code, result.stdout]).toEqual([code, expect.stringMatching(line)]);
    expect(result.stdout + result.stderr).not.toContain(PASSWORD);
    expect(server.taken).toHaveLength(code === 0 ? 1 : 0);
  });

  test('is one document with --json', async () => {
    const { stdout } = await run(makeProject({}), ['notify', '--test', '--json', '--to', 'grace@example.org']);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      tests: [
        { channel: 'mail', place: `localhost:${server.port}`, to: ['grace@example.org'], sent: true, reason: null, next: null },
      ],
    });
  });

  test('says what to set where nothing is', async () => {
    const nobody = await run(makeProject({}), ['notify', '--test']);
    expect([nobody.code, nobody.stderr]).toEqual([2, expect.stringContaining('Nobody is named who gets mail.')]);
    const nothing = await run(makeProject(files), ['notify', '--test'], { HONE_SMTP_HOST: '' });
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('Neither mail nor a webhook is set up.')]);
  });
});
