import { expect, test } from 'vitest';
import { findTouched } from '../../../src/app/findTouched.ts';
import type { HonePorts } from '../../../src/core/ports/HonePorts.ts';
import type { Script } from '../../../src/core/scan/Script.ts';
import type { Configuration } from '../../../src/core/study/Configuration.ts';
import { buildScript } from '../../fakes/buildStudy.ts';

/** Which scripts a change of these paths touches; hone.yaml lies at the top where one is given. */
function touched(
  scripts: readonly Script[],
  paths: readonly string[],
  configuration: Configuration | null = null,
): Promise<readonly string[]> {
  const ports: Pick<HonePorts, 'scanner' | 'project'> = {
    scanner: {
      async *scan() {
        yield* scripts;
      },
      dispose: () => {},
    },
    project: {
      kindOf: async (path: string) => (configuration !== null && path === '/folder/hone.yaml' ? 'file' : null),
      readConfiguration: async () => configuration ?? {},
    } as unknown as HonePorts['project'],
  };
  return findTouched(ports, '/folder', paths, new AbortController().signal);
}

const script = buildScript({
  path: 'models/train.py',
  files: ['models/train.py', 'lib/layers.py', 'conf/train.yaml'],
  imports: ['sklearn', 'old_helpers'],
  paths: ['../data/train.csv', 'sets/', 'C:\\own\\x.csv'],
});

test.each([
  ['its own text', 'models/train.py', true],
  ['a module that it imports, however deep', 'lib/layers.py', true],
  ['settings that it loads', 'conf/train.yaml', true],
  ['a module that is gone, known by its name', 'models/old_helpers.py', true],
  ['a module of a package that is gone', 'old_helpers/inner.py', true],
  ['data that it names from where it lies', 'data/train.csv', true],
  ['data in a folder that it names from the top', 'sets/faces/1.png', true],
  ['data in a folder beside it', 'models/sets/1.png', true],
  ['what it is installed with', 'requirements-dev.txt', true],
  ['how it is run', 'hone.yaml', true],
  ['another script', 'other.py', false],
  ['words', 'README.md', false],
  ['other data', 'data/test.csv', false],
  ['what another folder is installed with', 'docs/requirements.txt', false],
  ['a folder whose name only begins alike', 'sets2/1.png', false],
])('%s: %s', async (_, path, is) => {
  expect(await touched([script], [path])).toEqual(is ? ['models/train.py'] : []);
});

test('hone.yaml decides which script is meant, and which data and tweak script belong to it', async () => {
  const other = buildScript({ path: 'b.py', files: ['b.py', 'lib/layers.py'] });
  expect(await touched([script, other], ['lib/layers.py'])).toEqual(['b.py', 'models/train.py']);
  expect(await touched([script, other], ['lib/layers.py'], { script: 'b.py' })).toEqual(['b.py']);
  expect(await touched([other], ['rows/1.csv'], { data: 'rows' })).toEqual(['b.py']);
  expect(await touched([other], ['tools/tweak.py'], { tweak: 'tools/tweak.py' })).toEqual(['b.py']);
});

test('what does not train when it is run is left alone', async () => {
  expect(await touched([buildScript({ trains: false })], ['train.py'])).toEqual([]);
  expect(await touched([buildScript({ runsDirectly: false })], ['train.py'])).toEqual([]);
});
