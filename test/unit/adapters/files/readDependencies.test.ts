import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readDependencies } from '../../../../src/adapters/files/readDependencies.ts';

describe('the dependency files of a project', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'hone-dependencies-'));
    await mkdir(join(root, 'sub'));
  });
  afterEach(() => rm(root, { recursive: true }));

  async function paths(named: readonly string[] = []): Promise<readonly string[]> {
    return (await readDependencies(root, [join(root, 'sub'), root], named)).map(({ path }) => path);
  }

  test("are those of the script's folder, then of the root, then what they include", async () => {
    await writeFile(join(root, 'sub/requirements.txt'), '-r ../common.txt\n');
    await writeFile(join(root, 'common.txt'), 'numpy\n');
    await writeFile(join(root, 'pyproject.toml'), '');
    expect(await paths()).toEqual(['sub/requirements.txt', 'pyproject.toml', 'common.txt']);
  });

  test('may be in UTF-16, as PowerShell writes', async () => {
    await writeFile(join(root, 'requirements.txt'), Buffer.from('\uFEFFnumpy==1.26.4\r\n', 'utf16le'));
    expect(await readDependencies(root, [root])).toEqual([{ path: 'requirements.txt', text: 'numpy==1.26.4\r\n' }]);
  });

  test('are no links that lead out', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'hone-outside-'));
    await writeFile(join(outside, 'secret.txt'), 'secret\n');
    await symlink(join(outside, 'secret.txt'), join(root, 'requirements.txt'));
    expect(await paths()).toEqual([]);
    await rm(outside, { recursive: true });
  });

  test('are only those that hone.yaml names, which may also name packages', async () => {
    await writeFile(join(root, 'requirements.txt'), 'numpy\n');
    await writeFile(join(root, 'gpu.txt'), 'torch\n');
    expect(await readDependencies(root, [root], ['gpu.txt', 'tqdm>=4'])).toEqual([
      { path: 'hone.yaml', text: 'tqdm>=4' },
      { path: 'gpu.txt', text: 'torch\n' },
    ]);
    await expect(paths(['gone.txt'])).rejects.toMatchObject({ code: 'configuration' });
  });
});
