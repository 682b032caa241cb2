import { afterEach, describe, expect, test } from 'vitest';
import { hasDocker } from '../integration/commandLine/honeProcess.ts';
import { FaultStudy, MOMENTS, wait } from './FaultStudy.ts';

const FIT = `
try:
    from sklearn.linear_model import SGDClassifier
except ImportError:
    class SGDClassifier:
        def fit(self, *_): pass
SGDClassifier().fit([[0.0], [1.0]], [0, 1])
`;
/** Fills the memory of its container. */
const HUNGRY = `${FIT}
import time
kept = []
while True:
    kept.append(bytearray(10_000_000))
    time.sleep(0.01)
`;
const LIMIT = ['limits:', '  memory: 200MB'];

describe.skipIf(!hasDocker)('a script in a container', () => {
  let study: FaultStudy;
  afterEach(() => study.dispose());

  test('that needs too much memory fails with the limit named, and is not tried again', async () => {
    study = new FaultStudy({ script: HUNGRY, settings: LIMIT });
    await study.start();
    expect(await study.end()).toMatchObject({ state: 'failed', reason: expect.stringMatching(/limit of 0\.2 GB of memory/) });
    expect(study.of('trial-started')).toHaveLength(1);
    expect(study.of('trial-interrupted')).toEqual([]);
    study.expectInvariants();
  });

  test('that has the whole container killed for memory fails the same', async () => {
    const blame = `${FIT}
import os
for pid in (1, os.getppid(), int(open(f"/proc/{os.getppid()}/stat").read().split()[3])):
    try:
        with open(f"/proc/{pid}/oom_score_adj", "w") as stream: stream.write("1000")
    except OSError: pass
`;
    study = new FaultStudy({ script: blame + HUNGRY, settings: LIMIT });
    await study.start();
    expect(await study.end()).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/memory than its limit of 210 MB/),
    });
    expect(study.of('trial-started')).toHaveLength(1);
    study.expectInvariants();
  });

  test('that forks without end is stopped, with all its processes, within a few seconds', async () => {
    study = new FaultStudy({
      script: `${FIT}
import os, time
print("forking", flush=True)
while True:
    try: os.fork()
    except OSError: time.sleep(1)
`,
    });
    await study.start();
    await study.until('trial-started', 1);
    await wait(1500);
    const began = performance.now();
    expect((await study.hone('cancel', study.id)).code).toBe(0);
    expect(performance.now() - began).toBeLessThan(8000);
    expect(await study.end()).toMatchObject({ state: 'cancelled' });
    study.expectInvariants();
  });

  test('that ignores being asked to end is stopped within two seconds', async () => {
    study = new FaultStudy({
      script: `${FIT}
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("Epoch 1/2 - loss: 1.0", flush=True)
time.sleep(600)
`,
    });
    await study.start();
    await study.until('epoch', 1);
    const { length } = study.events;
    await study.hone('cancel', study.id);
    const [ended] = study.of('trial-ended');
    expect(ended?.state).toBe('cancelled');
    expect((ended?.time ?? Infinity) - (study.events[length - 1]?.time ?? 0)).toBeLessThan(4000);
    study.expectInvariants();
  });

  test('that floods its output loses what is too much of it, and nothing else', async () => {
    const megabytes = MOMENTS >= 50 ? 1000 : 60;
    study = new FaultStudy({
      script: `${FIT}
line = "x" * 99 + "\\n"
for _ in range(${megabytes}):
    print(line * 10_000, end="", flush=True)
print("accuracy 0.9")
`,
    });
    await study.start();
    expect(await study.end(240_000)).toMatchObject({ state: 'complete' });
    expect(study.of('trial-ended')).toMatchObject([{ result: { value: 0.9 } }]);
    study.expectInvariants();
  });
});
