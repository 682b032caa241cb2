import { expect, test } from 'vitest';
import { SharedWork } from '../../../../src/adapters/docker/SharedWork.ts';

const never = new AbortController().signal;
const ignore = (): void => {};

test('two who want the same at once get one result, and both are told of progress', async () => {
  const shared = new SharedWork();
  const told: string[] = [];
  let runs = 0;
  let finish = ignore;
  const work = async (report: (text: string) => void): Promise<number> => {
    runs += 1;
    await new Promise<void>((resolve) => (finish = resolve));
    report('half');
    return 7;
  };
  const both = ['a', 'b'].map((name) => shared.join('key', work, (text: string) => told.push(name + text), never));
  finish();
  expect(await Promise.all(both)).toEqual([7, 7]);
  expect([runs, told]).toEqual([1, ['ahalf', 'bhalf']]);
});

test('it is aborted when the last has gone, not before, and who asks then starts anew', async () => {
  const shared = new SharedWork();
  const signals: AbortSignal[] = [];
  const work = (_report: unknown, signal: AbortSignal): Promise<never> => {
    signals.push(signal);
    return new Promise(() => {});
  };
  const [first, second] = [new AbortController(), new AbortController()];
  const both = [first, second].map(({ signal }) => shared.join('key', work, ignore, signal));
  first.abort();
  await expect(both[0]).rejects.toMatchObject({ code: 'cancelled' });
  expect(signals[0]?.aborted).toBe(false);
  second.abort();
  await expect(both[1]).rejects.toMatchObject({ code: 'cancelled' });
  expect(signals[0]?.aborted).toBe(true);
  expect(await shared.join('key', async () => 'new', ignore, never)).toBe('new');
});

test('a failure reaches all, and the next attempt is its own', async () => {
  const shared = new SharedWork();
  const failing = async (): Promise<never> => {
    throw new Error('no');
  };
  await expect(Promise.all([1, 2].map(() => shared.join('key', failing, ignore, never)))).rejects.toThrow('no');
  expect(await shared.join('key', async () => 1, ignore, never)).toBe(1);
});
