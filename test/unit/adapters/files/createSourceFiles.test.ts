import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSourceFiles } from '../../../../src/adapters/files/createSourceFiles.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'hone-sources-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const files = createSourceFiles();

async function rewrite(bytes: Buffer): Promise<Buffer> {
  const path = join(folder, 'train.py');
  writeFileSync(path, bytes, { mode: 0o755 });
  const text = (await files.read(path)) ?? '';
  await files.write(folder, path, text, text.replace('32', '64'));
  expect(statSync(path).mode & 0o777).toBe(0o755);
  return readFileSync(path);
}

test.each([
  ['UTF-8', Buffer.from('# é 漢\nunits = 32\n')],
  ['UTF-8 with a byte order mark and CRLF', Buffer.from('\uFEFF# é\r\nunits = 32\r\n')],
  ['Latin-1', Buffer.from('# -*- coding: latin-1 -*-\n# \xe9\xff\nunits = 32\n', 'latin1')],
  ['what no cookie names', Buffer.from('# caf\xe9\nunits = 32', 'latin1')],
  [
    'GBK',
    Buffer.concat([Buffer.from('# coding: gbk\n# '), Buffer.from([0xba, 0xba, 0xd7, 0xd6]), Buffer.from('\nunits = 32\n')]),
  ],
])('writes only what changed, in the encoding of the file: %s', async (_name, bytes) => {
  const expected = Buffer.from(bytes.toString('latin1').replace('32', '64'), 'latin1');
  expect(await rewrite(bytes)).toEqual(expected);
});

test('keeps what another wrote meanwhile', async () => {
  const path = join(folder, 'train.py');
  writeFileSync(path, 'b = 1\n');
  await expect(files.write(folder, path, 'a = 1\n', 'a = 2\n')).rejects.toThrow('was changed meanwhile');
  expect(readFileSync(path, 'utf8')).toBe('b = 1\n');
});

test('does not follow a link out of the folder', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'hone-outside-'));
  writeFileSync(join(outside, 'train.py'), 'a = 1\n');
  symlinkSync(join(outside, 'train.py'), join(folder, 'train.py'));
  await expect(files.write(folder, join(folder, 'train.py'), 'a = 1\n', 'a = 2\n')).rejects.toThrow('outside the folder');
  expect(readFileSync(join(outside, 'train.py'), 'utf8')).toBe('a = 1\n');
  rmSync(outside, { recursive: true });
});
