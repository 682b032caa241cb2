import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readInstalled } from '../../../src/adapters/local/readInstalled.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hone-installed-'));
  vi.stubEnv('VIRTUAL_ENV', '');
  vi.stubEnv('CONDA_PREFIX', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function install(packages: string, ...names: readonly string[]): void {
  for (const name of names) mkdirSync(join(folder, packages, name), { recursive: true });
}

describe('what is installed', () => {
  test("in the folder's own environment is read from names, on every system", async () => {
    install(
      '.venv/lib/python3.10/site-packages',
      'Scikit_Learn-1.5.2.dist-info',
      'numpy-1.26.4.dist-info',
      'numpy',
      'pip.dist-info',
    );
    writeFileSync(join(folder, '.venv/pyvenv.cfg'), 'home = /usr/bin\nversion = 3.10.12\n');
    const versions = { 'scikit-learn': '1.5.2', numpy: '1.26.4' };
    expect(await readInstalled([folder], null)).toEqual({ place: '.venv', python: '3.10', versions });
    install('windows/Lib/site-packages', 'torch-2.1.0+cu118.dist-info', 'old_one-1.0-py3.9.egg-info');
    expect(await readInstalled([folder], 'windows/Scripts/python.exe')).toEqual({
      place: 'windows',
      python: null,
      versions: { torch: '2.1.0+cu118', 'old-one': '1.0' },
    });
  });

  test('in the configured environment comes before that of the folder, and in the active one after it', async () => {
    install('.venv/lib/python3.10/site-packages', 'numpy-1.26.4.dist-info');
    install('conda/lib/python3.12/site-packages', 'numpy-2.0.0.dist-info');
    vi.stubEnv('CONDA_PREFIX', join(folder, 'conda'));
    expect(await readInstalled([folder], null)).toMatchObject({ place: '.venv' });
    expect(await readInstalled([folder], join(folder, 'conda/bin/python'))).toMatchObject({ place: 'conda', python: '3.12' });
    expect(await readInstalled([join(folder, 'conda')], null)).toMatchObject({ place: join(folder, 'conda') });
  });

  test('is nothing where there is no environment, or only the name of a program', async () => {
    expect(await readInstalled([folder], null)).toBeNull();
    expect(await readInstalled([folder], 'python3.10')).toBeNull();
  });
});
