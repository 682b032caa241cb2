import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { documentOf, hasDocker, hone, makeProject, startHone, testPython } from './honeProcess.ts';
import { eventsOf, expectSoundJournal, journalOf, LOCAL, OUT_OF_REACH, suggestionsOf, treeWith } from './tunedProject.ts';

/** Each trial takes a while, so that a random moment is mostly within one; its process tells who it is. */
const SLOW = treeWith('import os, time', 'print("process", os.getpid(), flush=True)', 'time.sleep(0.4)');
const TUNE = ['tune', ...OUT_OF_REACH, '--strategy', 'random', '--trials', '6', '--json'] as const;

/** Numbers that look like chance and are the same each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function supervisorOf(folder: string, study: string): number {
  return eventsOf(folder, study, 'supervisor-started').at(-1)?.pid ?? expect.fail('no supervisor');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The values that count, of trials and repeats in the order in which they ended. */
function resultsOf(folder: string, study: string): readonly unknown[] {
  return eventsOf(folder, study, 'trial-ended').map(({ trial, repeat, state, result }) => [trial, repeat, state, result?.value]);
}

describe.skipIf(testPython === undefined)('a study in the local interpreter', () => {
  test('goes on as if nothing had been when its supervisor is killed at any moment', async () => {
    const folder = makeProject({ 'train.py': SLOW });
    const whole = await hone(folder, ...TUNE, '--study', 'whole', ...LOCAL);
    expect(whole.code, whole.stderr).toBe(3);
    const random = seeded(5);
    await hone(folder, ...TUNE, '--study', 'killed', '--detach', ...LOCAL);
    for (let kills = 0; kills < 3; kills++) {
      const events = journalOf(folder, 'killed').length;
      await expect.poll(() => journalOf(folder, 'killed').length, { timeout: 20_000 }).toBeGreaterThan(events + 3);
      await pause(600 * random());
      process.kill(supervisorOf(folder, 'killed'), 'SIGKILL');
      await pause(300);
      expect(documentOf(await hone(folder, 'show', 'killed', '--json'))).toMatchObject({ state: 'failed' });
      await hone(folder, 'resume', 'killed', '--detach');
    }
    const result = await hone(folder, 'tune', '--study', 'killed', '--json', ...LOCAL);
    expect(result.code, result.stderr).toBe(3);
    expect(eventsOf(folder, 'killed', 'supervisor-started')).toHaveLength(4);
    expectSoundJournal(folder, 'killed');
    expect(suggestionsOf(folder, 'killed')).toEqual(suggestionsOf(folder, 'whole'));
    expect(resultsOf(folder, 'killed')).toEqual(resultsOf(folder, 'whole'));
    expect(documentOf(result).best).toEqual(documentOf(whole).best);
  });

  test('leaves no training behind when its supervisor is killed', async () => {
    const script = treeWith('import os, time', 'print("process", os.getpid(), flush=True)', 'time.sleep(60)');
    const folder = makeProject({ 'train.py': script });
    await hone(folder, ...TUNE, '--study', 'orphan', '--detach', ...LOCAL);
    const output = async (): Promise<string> => (await hone(folder, 'logs', 'orphan')).stdout;
    await expect.poll(output, { timeout: 20_000, interval: 500 }).toMatch(/process \d+/);
    const training = Number(/process (\d+)/.exec(await output())?.[1]);
    expect(isAlive(training)).toBe(true);
    process.kill(supervisorOf(folder, 'orphan'), 'SIGKILL');
    await expect.poll(() => isAlive(training), { timeout: 5000 }).toBe(false);
  });

  test('runs a trial again of which the runner was killed, and counts no failure', async () => {
    const folder = makeProject({ 'train.py': SLOW });
    const run = startHone(folder, [...TUNE, '--study', 'shot', ...LOCAL]);
    await expect.poll(() => eventsOf(folder, 'shot', 'trial-started').length, { timeout: 20_000 }).toBe(2);
    const supervisor = supervisorOf(folder, 'shot');
    const children = execFileSync('pgrep', ['-P', String(supervisor), '-f', 'hone_runner'], { encoding: 'utf8' });
    for (const pid of children.trim().split('\n')) process.kill(Number(pid), 'SIGKILL');
    const result = await run.done;
    expect(result.code, result.stderr).toBe(3);
    expect(eventsOf(folder, 'shot', 'trial-interrupted')).toMatchObject([{ trial: 1, repeat: 0, cause: 'killed' }]);
    expect(eventsOf(folder, 'shot', 'runner-started')).toHaveLength(2);
    expect(documentOf(result).trials.map(({ state }) => state)).toEqual(Array<string>(6).fill('complete'));
    expectSoundJournal(folder, 'shot');
  });
});

describe.skipIf(!hasDocker)('a study in Docker', () => {
  const folders: string[] = [];
  afterAll(async () => {
    for (const folder of folders) await hone(folder, 'delete', 'killed');
  });

  test('goes on in its container when its supervisor is killed, and in a new one when that is', async () => {
    const folder = makeProject({ 'train.py': treeWith('import time', 'print("begun", flush=True)', 'time.sleep(2)') });
    folders.push(folder);
    await hone(folder, ...TUNE, '--trials', '4', '--study', 'killed', '--detach', '--runtime', 'docker');
    const started = (): number => eventsOf(folder, 'killed', 'trial-started').length;
    const containers = (): readonly (string | null)[] =>
      eventsOf(folder, 'killed', 'runner-started').map(({ container }) => container);
    await expect.poll(started, { timeout: 60_000 }).toBe(2);
    const output = join(folder, '.hone/studies/killed/trials/1/output.log');
    await expect.poll(() => existsSync(output) && readFileSync(output, 'utf8'), { timeout: 30_000 }).toContain('begun');
    process.kill(supervisorOf(folder, 'killed'), 'SIGKILL');
    await pause(300);
    const run = startHone(folder, ['resume', 'killed', '--json']);
    await expect.poll(started, { timeout: 30_000 }).toBe(3);
    expect(eventsOf(folder, 'killed', 'trial-interrupted')).toEqual([]);
    const [first] = containers();
    expect(eventsOf(folder, 'killed', 'runner-attached')).toMatchObject([{ container: first }]);
    execFileSync('docker', ['kill', String(first)]);
    const result = await run.done;
    expect(result.code, result.stderr).toBe(3);
    expect(containers()).toHaveLength(2);
    expect(eventsOf(folder, 'killed', 'trial-interrupted')).toMatchObject([{ trial: 2, cause: 'killed' }]);
    expect(documentOf(result).trials.every(({ state }) => state === 'complete')).toBe(true);
    expectSoundJournal(folder, 'killed');
    expect(execFileSync('docker', ['ps', '-aq', '--no-trunc'], { encoding: 'utf8' })).not.toContain(containers()[1]);
  });
});
