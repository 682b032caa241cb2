import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createConfigurationFile } from '../../../src/adapters/files/createConfigurationFile.ts';
import { createProjectReader } from '../../../src/adapters/files/createProjectReader.ts';
import { configureScript } from '../../../src/app/configureScript.ts';
import type { HonePorts } from '../../../src/core/ports/HonePorts.ts';
import { buildScript } from '../../fakes/buildStudy.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'hone-configure-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const idle = new AbortController().signal;
const args = [{ path: ['args'], set: ['--fast'] }] as const;

/** The use case over real files, in a folder where these train. */
function portsFor(...paths: readonly string[]): HonePorts {
  const scripts = paths.map((path) => buildScript({ path }));
  for (const path of paths) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
  const scanner = {
    scan: async function* ({ path }: { readonly path?: string }) {
      yield* scripts.filter((script) => path === undefined || join(folder, script.path).startsWith(path));
    },
    dispose: () => {},
  };
  return { scanner, project: createProjectReader('/nowhere'), configurations: createConfigurationFile() } as unknown as HonePorts;
}

test('the only script of a folder is written of in general, and the file made where the folder is', async () => {
  const path = await configureScript(portsFor('src/train.py'), { folder, script: 'src/train.py' }, args, idle);
  expect(path).toBe(join(folder, 'hone.yaml'));
  expect(readFileSync(path, 'utf8')).toBe('args: [--fast]\n');
});

test('one of several scripts gets an entry of its own', async () => {
  const path = await configureScript(portsFor('a.py', 'b.py'), { folder, script: 'a.py' }, args, idle);
  expect(readFileSync(path, 'utf8')).toBe('scripts:\n  a.py:\n    args: [--fast]\n');
});

test('the nearest file above the script is the one that changes', async () => {
  const ports = portsFor('cnn/train.py', 'rnn/train.py');
  writeFileSync(join(folder, 'cnn', 'hone.yaml'), 'target: 90\n');
  const path = await configureScript(ports, { folder, script: join(folder, 'cnn/train.py') }, args, idle);
  expect(path).toBe(join(folder, 'cnn', 'hone.yaml'));
  expect(readFileSync(path, 'utf8')).toBe('target: 90\nargs: [--fast]\n');
});

test('a file that is not valid stays as it is, and its line is told', async () => {
  const ports = portsFor('train.py');
  writeFileSync(join(folder, 'hone.yaml'), 'target: 90\nargz: []\n');
  await expect(configureScript(ports, { folder, script: 'train.py' }, args, idle)).rejects.toThrow(/line 2: Unknown key "argz"/);
  expect(readFileSync(join(folder, 'hone.yaml'), 'utf8')).toBe('target: 90\nargz: []\n');
});
