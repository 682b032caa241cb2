import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasDocker } from '../integration/commandLine/honeProcess.ts';
import { plainImage } from '../integration/docker/testEngine.ts';
import { EPOCH_MS, EPOCHS, FaultStudy, seeded, wait } from './FaultStudy.ts';
import { OwnEngine } from './OwnEngine.ts';

const random = seeded(7);
const isPossible = hasDocker && OwnEngine.isPossible;
if (!isPossible) process.stderr.write('An engine that may be killed needs Docker, Linux and root: its faults are skipped.\n');

describe.skipIf(!isPossible).each([true, false])(
  'an engine that is killed and comes back, with live-restore %s',
  (liveRestore) => {
    let engine: OwnEngine;
    let study: FaultStudy;
    beforeAll(async () => {
      engine = new OwnEngine(liveRestore);
      await engine.start();
      engine.copyImage(plainImage);
    });
    afterEach(() => study.dispose());
    afterAll(() => engine.dispose());

    async function start(): Promise<void> {
      study = new FaultStudy({ environment: { HONE_DOCKER_HOST: engine.host } });
      await study.start();
      await study.until('epoch', 1);
    }

    test('ends no training, and none runs twice', async () => {
      await start();
      await wait(random() * 3 * EPOCH_MS);
      await engine.kill();
      await wait(1000);
      await engine.start();
      const back = Date.now();
      if (liveRestore) {
        const epochs = study.of('epoch').length;
        await study.until('epoch', epochs + 1, 10_000);
      } else {
        await study.until('trial-resumed', 1, 10_000);
      }
      expect(Date.now() - back).toBeLessThan(10_000);
      expect(await study.end()).toMatchObject({ state: 'complete' });
      expect(study.of('trial-interrupted').map(({ cause }) => cause)).toEqual(liveRestore ? [] : ['engine-restarted']);
      expect(study.of('runner-started')).toHaveLength(liveRestore ? 1 : 2);
      expect(study.of('epoch').filter(({ epoch }) => epoch === EPOCHS)).toHaveLength(1);
      study.expectInvariants();
    });

    test('keeps nothing of a study that was cancelled meanwhile', async () => {
      await start();
      await engine.kill();
      await study.hone('cancel', study.id);
      expect(await study.end()).toMatchObject({ state: 'cancelled' });
      await engine.start();
      await study.hone('monitor', '--once');
      study.expectInvariants();
    });

    test('while the supervisor is gone as well', async () => {
      await start();
      process.kill(study.supervisor, 'SIGKILL');
      await engine.kill();
      await study.hone('monitor', '--once'); // It waits for the engine.
      await wait(500);
      await engine.start();
      expect(await study.end()).toMatchObject({ state: 'complete' });
      expect(study.of('runner-started')).toHaveLength(liveRestore ? 1 : 2);
      study.expectInvariants();
    });
  },
);
