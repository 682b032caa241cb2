import { existsSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { reduceStudy } from '../../src/core/study/reduceStudy.ts';
import { hasDocker } from '../integration/commandLine/honeProcess.ts';
import { EPOCH_MS, EPOCHS, FaultStudy, MOMENTS, seeded, wait, type FaultOptions } from './FaultStudy.ts';

/** So many in one run, which is started again at once, then after growing delays. */
const KILLS = 2;

describe.skipIf(!hasDocker)('a training', () => {
  let study: FaultStudy;
  afterEach(() => study.dispose());

  async function start(options: FaultOptions = {}): Promise<void> {
    study = new FaultStudy(options);
    await study.start();
    await study.until('epoch', 1);
  }

  /** Resolves with how long it took until the script trained again, milliseconds. */
  async function untilResumed(kills: number): Promise<number> {
    await study.until('trial-resumed', kills);
    const [interrupted, resumed] = [study.of('trial-interrupted').at(-1), study.of('trial-resumed').at(-1)];
    return (resumed?.time ?? Infinity) - (interrupted?.time ?? 0);
  }

  const studies = Array.from({ length: Math.ceil(MOMENTS / KILLS) }, (_, index) => index + 1);

  test.each(studies)(
    'that is killed at random moments goes on within five seconds, and counts nothing twice (%i)',
    async (seed) => {
      const random = seeded(seed);
      await start();
      const kills = Math.min(KILLS, MOMENTS - (seed - 1) * KILLS);
      for (let kill = 1; kill <= kills; kill++) {
        await wait(random() * 4 * EPOCH_MS);
        if (random() < 0.5) process.kill(study.script, 'SIGKILL');
        else study.docker('kill', study.container);
        expect(await untilResumed(kill)).toBeLessThan(5000);
      }
      expect(await study.end()).toMatchObject({ state: 'complete' });
      expect(study.of('trial-interrupted').map(({ cause }) => cause)).toEqual(Array<string>(kills).fill('killed'));
      expect(study.of('trial-ended')).toMatchObject([{ state: 'complete', result: { value: 0.9 } }]);
      const { trials } = reduceStudy(study.events) ?? expect.fail('no study');
      expect(trials[0]?.epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: EPOCHS }, (_, index) => index + 1));
      study.expectInvariants();
    },
  );

  test('goes on in its container when its supervisor is killed, with one owner however many come', async () => {
    await start();
    const { container } = study;
    process.kill(study.supervisor, 'SIGKILL');
    await wait(2 * EPOCH_MS);
    const began = performance.now();
    const looks = await Promise.all([study.hone('monitor', '--once'), study.hone('monitor', '--once', '--all')]);
    expect(looks.map(({ code }) => code)).toEqual([0, 0]);
    await study.until('runner-attached', 1);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(study.container).toBe(container);
    expect(await study.end()).toMatchObject({ state: 'complete' });
    expect(study.of('supervisor-started')).toHaveLength(2);
    expect(study.of('trial-started')).toHaveLength(1);
    expect(study.of('trial-interrupted')).toEqual([]);
    expect(study.of('epoch').map(({ epoch }) => epoch)).toEqual(Array.from({ length: EPOCHS }, (_, index) => index + 1));
    study.expectInvariants();
  });

  test('that ended while nobody supervised it is not run again', async () => {
    await start();
    process.kill(study.supervisor, 'SIGKILL');
    await wait((EPOCHS + 2) * EPOCH_MS);
    await study.hone('monitor', '--once');
    expect(await study.end()).toMatchObject({ state: 'complete' });
    expect(study.of('trial-started')).toHaveLength(1);
    expect(study.of('epoch')).toHaveLength(EPOCHS);
    study.expectInvariants();
  });

  test('that nobody listened to, and that is killed too, has no gap in its curve', async () => {
    await start();
    process.kill(study.supervisor, 'SIGKILL');
    await wait(3.5 * EPOCH_MS);
    const heard = study.of('epoch').length;
    study.docker('kill', study.container);
    await study.hone('monitor', '--once');
    expect(await study.end()).toMatchObject({ state: 'complete' });
    expect(study.of('trial-interrupted')).toMatchObject([
      { cause: 'ended-unwatched', reason: expect.stringContaining('ended by SIGKILL while nobody watched it') },
    ]);
    expect(study.of('trial-resumed')[0]?.epoch).toBeGreaterThan(heard);
    expect(study.of('epoch').map(({ epoch }) => epoch)).toEqual(Array.from({ length: EPOCHS }, (_, index) => index + 1));
    study.expectInvariants();
  });

  test('that was paused stays so: it is brought back only for what still ran', async () => {
    await start();
    await study.hone('pause', study.id);
    process.kill(study.supervisor, 'SIGKILL');
    study.docker('kill', study.container);
    await study.hone('monitor', '--once');
    await study.until('trial-interrupted', 1);
    await expect.poll(() => existsSync(`/proc/${study.supervisor}`), { timeout: 10_000 }).toBe(false);
    expect((await study.hone('monitor', '--once')).stdout).toContain('looked after');
    expect(study.of('supervisor-started')).toHaveLength(2);
    expect(study.docker('ps', '-aq', '--filter', `label=hone.workspace=${study.folder}`)).toBe('');
    await study.hone('resume', study.id, '--detach');
    expect(await study.end()).toMatchObject({ state: 'complete' });
    study.expectInvariants();
  });
});
