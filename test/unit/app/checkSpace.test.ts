import { describe, expect, test } from 'vitest';
import { freeBytes } from '../../../src/adapters/files/freeBytes.ts';
import { checkSpace } from '../../../src/app/checkSpace.ts';

const check = (free: number | null) => checkSpace({ freeBytes: async () => free }, '/project');

describe('the room on the disk', () => {
  test.each([null, 2e9])('says nothing of %s bytes', async (free) => expect(await check(free)).toEqual([]));

  test('is told where it is little', async () => {
    expect(await check(300e6)).toEqual([expect.stringMatching(/^Only 300 MB are free on the disk of \/project:.*hone clean/)]);
  });

  test('has to be enough to keep what is measured', async () => {
    await expect(check(1e6)).rejects.toMatchObject({ code: 'disk-full', message: expect.stringMatching(/^Only 1 MB are free/) });
  });

  test('is read from the file system, and unknown where there is none', async () => {
    expect(await freeBytes('/')).toBeGreaterThan(0);
    expect(await freeBytes('/no/such/place')).toBeNull();
  });
});
