import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Runner, type RunLoss, type TrialNews } from '../../../src/app/Runner.ts';
import { AsyncQueue } from '../../../src/base/AsyncQueue.ts';
import { Emitter } from '../../../src/base/Emitter.ts';
import type { ConnectionState, RunnerConnection } from '../../../src/core/ports/Runtime.ts';
import type { ToRunner } from '../../../src/protocol/runnerMessages.ts';
import { createDeferred } from '../../../src/base/createDeferred.ts';
import { ended } from '../../fakes/superviseFake.ts';

const zero = { trial: 0, repeat: 0 };
const epoch = (sequence: number, number: number) => ({
  type: 'epoch',
  sequence,
  ...zero,
  epoch: number,
  epochs: null,
  metrics: {},
});
const end = (sequence: number) => ({ ...ended, ...zero, sequence, result: null, seconds: 1 });
const mark = (done: boolean, ...trials: readonly object[]) => ({ type: 'resending', done, trials });

function connect(heard?: ConstructorParameters<typeof Runner>[1]['heard']) {
  const lines = new AsyncQueue<string>();
  const changes = new Emitter<ConnectionState>();
  const sent: ToRunner[] = [];
  let disposals = 0;
  const connection: RunnerConnection = {
    paths: { source: '', work: '', links: [] },
    container: null,
    lines,
    send: (line) => sent.push(JSON.parse(line) as ToRunner),
    onDidChange: changes.event,
    ended: new Promise(() => {}),
    collect: async () => {},
    dispose: async () => void disposals++,
  };
  const runner = new Runner(connection, { environment: {}, secrets: [], ...(heard === undefined ? {} : { heard }) });
  const news: (TrialNews | RunLoss)[] = [];
  runner.listen(zero, (one) => void news.push(one));
  const say = async (...messages: readonly object[]): Promise<void> => {
    for (const message of messages) lines.push(JSON.stringify(message));
    for (let turns = 0; turns < 5; turns++) await turn();
  };
  const acknowledged = (): number => sent.findLast((message) => message.type === 'acknowledge')?.sequence ?? 0;
  const heardEpochs = (): readonly unknown[] =>
    news.map((one) => (typeof one === 'string' ? one : one.type === 'epoch' ? one.epoch : one.type));
  return { runner, sent, say, acknowledged, heardEpochs, changes, lines, disposals: () => disposals };
}

const order = { type: 'trial', ...zero } as Extract<ToRunner, { type: 'trial' }>;

describe('a runner', () => {
  test('is told that a message arrived only once that has been dealt with', async () => {
    const { runner, say, acknowledged } = connect();
    const recorded = createDeferred<void>();
    runner.listen({ trial: 1, repeat: 0 }, () => recorded.promise);
    await say(epoch(1, 1), { ...end(2), trial: 1 }, epoch(3, 2));
    expect(acknowledged()).toBe(1);
    recorded.resolve();
    await turn();
    expect(acknowledged()).toBe(3);
  });

  test('loses nothing and says nothing twice where its connection broke', async () => {
    const { runner, say, heardEpochs, changes, sent } = connect();
    runner.send(order);
    await say(epoch(1, 1), epoch(2, 2));
    changes.fire('lost');
    changes.fire('attached');
    expect(sent.at(-1)).toEqual({ type: 'resend' });
    await say(epoch(6, 6)); // Said while nothing is known yet of those before it.
    await say(mark(false, zero), epoch(2, 2), epoch(3, 3), epoch(4, 4), epoch(5, 5), epoch(6, 6), mark(true), epoch(7, 7));
    expect(heardEpochs()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('that never got an order is known not to run it', async () => {
    const { runner, say, heardEpochs } = connect();
    runner.send(order);
    const running = runner.catchUp();
    await say(mark(false), mark(true));
    expect(await running).toEqual([]);
    expect(heardEpochs()).toEqual(['unknown']);
  });

  test('says again to a new supervisor what the last one did not journal, and the end of a run whose files were not home', async () => {
    const { runner, say, heardEpochs } = connect({ sequence: 5, open: [zero] });
    const running = runner.catchUp();
    await say(mark(false), epoch(4, 4), end(5), epoch(5, 5), mark(true));
    expect(await running).toEqual([]);
    expect(heardEpochs()).toEqual(['trial-ended']);
  });

  test('that is gone is told of to all who listen', async () => {
    const { runner, lines, heardEpochs, say } = connect();
    lines.close();
    await say();
    expect(heardEpochs()).toEqual(['gone']);
    expect(runner.alive).toBe(false);
  });
});
