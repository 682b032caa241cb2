import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resolveData } from '../../../../src/adapters/files/resolveData.ts';

let place: string;
let root: string;
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'hone-data-')));
  root = join(place, 'project');
  mkdirSync(root);
  mkdirSync(join(place, 'sets'));
});
afterEach(() => rmSync(place, { recursive: true }));

test('data is found beside the project and by its absolute path, and links are followed', async () => {
  symlinkSync(join(place, 'sets'), join(root, 'linked'));
  expect(await resolveData(root, ['../sets', join(place, 'sets'), 'linked'])).toEqual(Array(3).fill(join(place, 'sets')));
});

test('what is not there is said', async () => {
  await expect(resolveData(root, ['../nothing'])).rejects.toThrow('The data ../nothing of hone.yaml does not exist.');
});

describe.skipIf(process.platform === 'win32')('no container is shown', () => {
  test.each([
    ['/', /whole disk/],
    ['/etc', /system/],
    ['/etc/passwd', /system/],
    ['/proc/self', /system/],
    ['/usr', /hide \/usr/],
    ['/tmp', /hide \/tmp/],
  ])('%s', async (path, why) => {
    await expect(resolveData(root, [path])).rejects.toThrow(why);
  });

  test('the home folder, which holds keys', async () => {
    await expect(resolveData(root, ['~/'])).rejects.toThrow(/holds keys/);
    await expect(resolveData(root, [homedir()])).rejects.toThrow(/holds keys/);
  });

  test('a forbidden place by a link to it, or by dots', async () => {
    symlinkSync('/etc', join(root, 'sets'));
    await expect(resolveData(root, ['sets'])).rejects.toThrow(/system/);
    await expect(resolveData(root, ['../../../../../../../../etc'])).rejects.toThrow(/system/);
  });
});
