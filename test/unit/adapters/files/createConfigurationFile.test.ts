import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createConfigurationFile } from '../../../../src/adapters/files/createConfigurationFile.ts';

const file = createConfigurationFile();
let place: string;
let folder: string;
let path: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'hone-configuration-'));
  folder = join(place, 'project');
  path = join(folder, 'hone.yaml');
  mkdirSync(folder);
});
afterEach(() => rmSync(place, { recursive: true }));

test('is made where there is none, and nothing else is left beside it', async () => {
  expect(await file.read(folder)).toBe('');
  await file.write(folder, '', 'args: [a]\n');
  expect(readFileSync(path, 'utf8')).toBe('args: [a]\n');
  expect(readdirSync(folder)).toEqual(['hone.yaml']);
});

test.skipIf(process.platform === 'win32')('keeps its permissions', async () => {
  writeFileSync(path, 'a');
  chmodSync(path, 0o600);
  await file.write(folder, 'a', 'b');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('is left as it is where somebody changed it meanwhile', async () => {
  writeFileSync(path, 'target: 2\n');
  await expect(file.write(folder, 'target: 1\n', 'target: 3\n')).rejects.toThrow(/changed meanwhile/);
  expect(readFileSync(path, 'utf8')).toBe('target: 2\n');
  expect(readdirSync(folder)).toEqual(['hone.yaml']);
});

test.skipIf(process.platform === 'win32')(
  'is written through a link within the folder, and not through one that leads out',
  async () => {
    mkdirSync(join(folder, 'shared'));
    writeFileSync(join(folder, 'shared', 'hone.yaml'), 'a');
    symlinkSync(join('shared', 'hone.yaml'), path);
    await file.write(folder, 'a', 'b');
    expect(readFileSync(join(folder, 'shared', 'hone.yaml'), 'utf8')).toBe('b');
    rmSync(path);
    writeFileSync(join(place, 'theirs.yaml'), 'a');
    symlinkSync(join(place, 'theirs.yaml'), path);
    await expect(file.write(folder, 'a', 'b')).rejects.toThrow(/outside the folder/);
    expect(readFileSync(join(place, 'theirs.yaml'), 'utf8')).toBe('a');
  },
);
