import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isViewable } from '../../../src/vscode/studies/isViewable.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hone-viewable-'));
});

afterAll(() => rm(folder, { recursive: true }));

describe('isViewable', () => {
  it.each([
    ['accuracy.txt', Buffer.from('0.97\n'), true],
    ['empty.csv', Buffer.alloc(0), true],
    ['utf16.csv', Buffer.from('\uFEFFa;b', 'utf16le'), true],
    ['confusion.PNG', Buffer.from([0x89, 0x50, 0, 0]), true],
    ['model.pkl', Buffer.from([0x80, 4, 0x95, 0, 0, 0]), false],
    ['weights', Buffer.from([1, 0, 2]), false],
  ])('knows whether there is something to show of %s', async (name, bytes, expected) => {
    await writeFile(join(folder, name), bytes);
    expect(await isViewable(join(folder, name))).toBe(expected);
  });
});
