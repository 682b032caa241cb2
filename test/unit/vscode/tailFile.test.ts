import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tailFile, type TailOptions } from '../../../src/vscode/terminal/tailFile.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hone-tail-'));
  path = join(folder, 'output.log');
});

afterEach(() => rm(folder, { recursive: true }));

function optionsOf(parts: Partial<TailOptions> = {}): TailOptions {
  return { isOver: () => true, signal: new AbortController().signal, lastBytes: 1000, intervalMs: 1, ...parts };
}

async function read(options: TailOptions): Promise<string> {
  let text = '';
  for await (const part of tailFile(path, options)) text += part;
  return text;
}

describe('tailFile', () => {
  it('reads what is there to its end, also when it is over already', async () => {
    await writeFile(path, 'Epoch 1\nEpoch 2\n');
    expect(await read(optionsOf())).toBe('Epoch 1\nEpoch 2\n');
  });

  it('waits for a file that is not there yet, and follows it as it grows', async () => {
    const steps = [() => writeFile(path, 'a'), () => appendFile(path, 'b'), () => appendFile(path, 'c')];
    const isOver = (): boolean => steps.length === 0;
    const reading = read(optionsOf({ isOver }));
    for (const step of [...steps]) {
      await step();
      steps.shift();
    }
    expect(await reading).toBe('abc');
  });

  it('ends without a word where there never was a file', async () => {
    expect(await read(optionsOf())).toBe('');
  });

  it('never cuts a character in two', async () => {
    const bytes = Buffer.from('é€😀');
    await writeFile(path, bytes.subarray(0, 4));
    let over = false;
    const parts: string[] = [];
    for await (const part of tailFile(path, optionsOf({ isOver: () => over }))) {
      parts.push(part);
      if (!over) await appendFile(path, bytes.subarray(4));
      over = true;
    }
    expect(parts.join('')).toBe('é€😀');
  });

  it('begins near the end of a long file', async () => {
    await writeFile(path, 'x'.repeat(5000) + 'end');
    expect(await read(optionsOf({ lastBytes: 10 }))).toBe('xxxxxxxend');
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const reading = read(optionsOf({ isOver: () => false, signal: controller.signal }));
    controller.abort();
    expect(await reading).toBe('');
  });
});
