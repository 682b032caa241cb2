import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { completeIndexLogins } from '../../../src/adapters/completeIndexLogins.ts';
import type { ImageRecipe } from '../../../src/core/images/ImageRecipe.ts';
import { DEFAULT_IMAGE_SETTINGS, type ImageSettings } from '../../../src/core/images/ImageSettings.ts';

const folder = mkdtempSync(join(tmpdir(), 'hone-logins-'));
const netrc = join(folder, 'netrc');
mkdirSync(join(folder, 'sub'));
writeFileSync(join(folder, 'sub/requirements.txt'), '--extra-index-url https://${WHO}:${TOKEN}@own/simple\nfoo==1\n');
writeFileSync(netrc, '# logins\nmachine other login me password "a b"\n  account x\nmachine third password p login q\n');
afterAll(() => rmSync(folder, { recursive: true }));

function complete(settings: Partial<ImageSettings>, project = '', passwordFiles?: readonly string[]): Promise<ImageSettings> {
  const recipe = {
    files: [{ path: 'project.txt', text: project }],
    ...(passwordFiles && { passwordFiles }),
  } as unknown as ImageRecipe;
  const environment = { NETRC: netrc, WHO: 'user', TOKEN: 'p@ss/word' };
  return completeIndexLogins({ ...DEFAULT_IMAGE_SETTINGS, ...settings }, recipe, { folder, root: 'sub' }, environment);
}

test("an index gets the password that stands in the project's own file, variables and all", async () => {
  expect(await complete({}, '--extra-index-url https://own/simple\n', ['requirements.txt'])).toMatchObject({
    extraIndexUrls: ['https://user:p%40ss%2Fword@own/simple'],
  });
});

test('an index without a password gets the one that ~/.netrc has for its host and its user', async () => {
  expect((await complete({ indexUrl: 'https://other/simple' })).indexUrl).toBe('https://me:a%20b@other/simple');
  expect((await complete({ indexUrl: 'https://me@other:8/simple' })).indexUrl).toBe('https://me:a%20b@other:8/simple');
  expect((await complete({ indexUrl: 'https://you@other/simple' })).indexUrl).toBe('https://you@other/simple');
  expect((await complete({ indexUrl: 'https://me:mine@other/simple' })).indexUrl).toBe('https://me:mine@other/simple');
  expect((await complete({}, '--extra-index-url https://third/simple\nfoo\n')).extraIndexUrls).toEqual([
    'https://q:p@third/simple',
  ]);
});

test('a file that is gone leaves a build without a password, not without a build', async () => {
  expect((await complete({}, '', ['gone.txt'])).extraIndexUrls).toEqual([]);
});
