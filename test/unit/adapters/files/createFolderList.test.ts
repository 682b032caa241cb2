import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFolderList } from '../../../../src/adapters/files/createFolderList.ts';

test('the list of folders keeps those that hold studies, and forgets the others', async () => {
  const root = mkdtempSync(join(tmpdir(), 'hone-folders-'));
  const list = createFolderList(join(root, 'list'));
  expect(await list.folders()).toEqual([]);
  const [kept, gone, empty] = ["it's ö", 'gone', 'empty'].map((name) => join(root, name)) as [string, string, string];
  for (const folder of [kept, gone]) mkdirSync(join(folder, '.hone', 'studies', 's-1'), { recursive: true });
  mkdirSync(empty);
  await Promise.all([kept, gone, empty, kept].map((folder) => list.remember(folder)));
  rmSync(gone, { recursive: true });
  expect(await list.folders()).toEqual([kept]);
  mkdirSync(join(gone, '.hone', 'studies', 's-1'), { recursive: true });
  expect(await list.folders()).toEqual([kept]);
  rmSync(root, { recursive: true });
});
