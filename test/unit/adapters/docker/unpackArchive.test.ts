import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pack } from 'tar-stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packArchive } from '../../../../src/adapters/docker/packArchive.ts';
import { unpackArchive } from '../../../../src/adapters/docker/unpackArchive.ts';

let parent: string;
let target: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'hone-unpack-'));
  target = join(parent, 'target');
});
afterEach(() => rm(parent, { recursive: true }));

function unpack(write: (archive: Pack) => void, limits = { bytes: 1000, entries: 10 }): Promise<void> {
  return unpackArchive(packArchive(write), target, limits);
}

test('files and folders arrive', async () => {
  await unpack((archive) => {
    archive.entry({ name: '0/artifacts', type: 'directory' });
    archive.entry({ name: '0/artifacts/ä.txt' }, 'hello');
  });
  expect(await readFile(join(target, '0/artifacts/ä.txt'), 'utf8')).toBe('hello');
});

test('nothing is written outside, by name or by link', async () => {
  await unpack((archive) => {
    archive.entry({ name: '../above.txt' }, 'x');
    archive.entry({ name: 'a/../../above.txt' }, 'x');
    archive.entry({ name: 'out', type: 'symlink', linkname: parent });
    archive.entry({ name: 'out/above.txt' }, 'x');
    archive.entry({ name: 'hard', type: 'link', linkname: '/etc/passwd' });
    archive.entry({ name: '/rooted.txt' }, 'x');
  });
  expect(existsSync(join(parent, 'above.txt'))).toBe(false);
  expect((await readdir(target, { recursive: true })).sort()).toEqual(['out', join('out', 'above.txt'), 'rooted.txt']);
});

test('what is too large or too much is refused', async () => {
  await expect(unpack((archive) => void archive.entry({ name: 'big' }, 'x'.repeat(1001)))).rejects.toMatchObject({
    code: 'protocol',
  });
  const many = (archive: Pack): void => {
    for (let index = 0; index < 11; index++) archive.entry({ name: `${index}` }, '');
  };
  await expect(unpack(many)).rejects.toMatchObject({ code: 'protocol' });
});
