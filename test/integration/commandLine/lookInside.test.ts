import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { DebugClient } from '../debugClient.ts';
import { hasDocker, hone, makeProject, startHone, testPython, type HoneResult } from './honeProcess.ts';

const SCRIPT = `
import os, time
from pathlib import Path
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

X, y = load_iris(return_X_y=True)
model = LogisticRegression(C=1.0, max_iter=200).fit(X, y)
Path("model.txt").write_text("weights")
while os.path.exists("hold"):
    time.sleep(0.1)
print("score:", model.score(X, y))
`;
const LINE_OF_PRINT = 12;
const runtimes = [...(hasDocker ? ['docker'] : []), ...(testPython === undefined ? [] : ['local'])];
const BUILD_MS = 600_000;

/** Types into a shell that has no terminal. */
async function type(folder: string, args: readonly string[], text: string): Promise<HoneResult> {
  const { child, done } = startHone(folder, ['shell', ...args], {}, 'pipe');
  child.stdin?.end(text);
  return done;
}

/** What is left of looks into a study. */
function leftovers(folder: string, study: string): readonly string[] {
  const looks = readdirSync(join(folder, '.hone/studies', study)).filter((name) => name.startsWith('look-'));
  const filter = ['--filter', `label=hone.workspace=${folder}`];
  const containers = hasDocker ? execFileSync('docker', ['ps', '-aq', ...filter], { encoding: 'utf8' }).split('\n') : [];
  return [...looks, ...containers.filter((line) => line !== '')];
}

describe.each(runtimes)('looking into a trial in the %s runtime', (runtime) => {
  let folder: string;

  beforeAll(async () => {
    folder = makeProject({ 'iris.py': SCRIPT, 'data/rows.csv': '1,2\n', 'hone.yaml': 'env: {TOKEN: abc}\n' });
    const trained = await hone(folder, 'train', '--runtime', runtime, '--set', 'C=0.5');
    expect(trained.code, trained.stderr).toBe(0);
  }, BUILD_MS);

  test('opens a shell in a copy of its tree with its values, data, variables and what it wrote, and leaves nothing', async () => {
    const { code, stdout } = await type(
      folder,
      ['iris-1'],
      'grep -o C=0.. iris.py; cat data/rows.csv model.txt; echo " $TOKEN"; exit 7\n',
    );
    expect(stdout).toBe('C=0.5\n1,2\nweights abc\n');
    expect(code).toBe(7);
    expect(leftovers(folder, 'iris-1')).toEqual([]);
  });

  test('refuses a trial that there is not', async () => {
    const { code, stderr } = await type(folder, ['iris-1', '--trial', '3'], '');
    expect([code, stderr]).toEqual([2, expect.stringContaining('iris-1 has no trial 3. It has 0.')]);
  });

  test('waits for a debugger, stops at a breakpoint, and goes to its end', { timeout: BUILD_MS }, async () => {
    const { child, done } = startHone(folder, ['debug', 'iris-1', '--json']);
    const started = await new Promise<string>((resolve) => child.stdout?.once('data', resolve));
    const { host, port, tree } = JSON.parse(started) as { host: string; port: number; tree: string };
    expect(host).toBe('127.0.0.1');
    const client = new DebugClient(port);
    client.send('initialize', { adapterID: 'debugpy', clientID: 'test' });
    expect(await client.next('initialize')).toMatchObject({ success: true });
    client.send('attach', { pathMappings: [{ localRoot: folder, remoteRoot: tree }] });
    await client.next('initialized');
    client.send('setBreakpoints', { source: { path: join(folder, 'iris.py') }, breakpoints: [{ line: LINE_OF_PRINT }] });
    expect(await client.next('setBreakpoints')).toMatchObject({ body: { breakpoints: [{ verified: true }] } });
    client.send('configurationDone');
    const { body } = await client.next('stopped');
    expect(body).toMatchObject({ reason: 'breakpoint' });
    client.send('stackTrace', { threadId: body?.['threadId'] });
    const frame = { source: { path: join(folder, 'iris.py') }, line: LINE_OF_PRINT };
    expect(await client.next('stackTrace')).toMatchObject({ body: { stackFrames: [frame] } });
    client.send('continue', { threadId: body?.['threadId'] });
    await client.next('terminated');
    client.close();
    const { code, stderr } = await done;
    expect([code, stderr]).toEqual([0, expect.stringMatching(/score: 0\.9/)]);
    expect(leftovers(folder, 'iris-1')).toEqual([]);
  });

  test('ends the debugged run when it is interrupted', { timeout: 60_000 }, async () => {
    const { child, done } = startHone(folder, ['debug', 'iris-1']);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.kill('SIGINT');
    await done;
    expect(leftovers(folder, 'iris-1')).toEqual([]);
  });

  test.skipIf(runtime === 'local')('opens a shell beside the training, in its container', { timeout: 60_000 }, async () => {
    writeFileSync(join(folder, 'hold'), '');
    const running = startHone(folder, ['train', '--runtime', runtime]);
    while (!running.stderr().includes('Training')) await sleep(100);
    const { code, stdout, stderr } = await type(
      folder,
      ['iris-2'],
      'while [ ! -s model.txt ]; do sleep 0.1; done; cat model.txt; rm hold; echo " $(cat /proc/[0-9]*/comm | grep -c python)"\n',
    );
    expect([code, stdout], stderr).toEqual([0, expect.stringMatching(/^weights [2-9]/)]);
    expect((await running.done).code).toBe(0);
    expect(existsSync(join(folder, 'hold'))).toBe(true);
  });
});
