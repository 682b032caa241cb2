import { describe, expect, test } from 'vitest';
import { parseData } from '../../../../src/core/python/parseData.ts';
import { applyAssignment } from '../../../../src/core/space/applyAssignment.ts';
import type { HyperparameterValue } from '../../../../src/core/space/Assignment.ts';
import { renderSetting } from '../../../../src/core/space/renderSetting.ts';
import type { SearchSpace } from '../../../../src/core/space/SearchSpace.ts';
import { spaceOf } from './readSpace.ts';

const SVC = 'import yaml, json, os, toml, tomllib\nfrom pathlib import Path\nfrom sklearn.svm import SVC\n';
const YAML = '# how it trains\ntrain:\n  C: 1.5 # strength\n  kernel: rbf\n  gamma: "scale"\n  degree: 3\n';

function read(text: string, files: Readonly<Record<string, string>>): Promise<SearchSpace> {
  return spaceOf(text, 'script.py', {}, (path) => {
    const name = path.replace(/^(?:\.\/)+/u, '');
    return files[name] === undefined ? null : parseData(name, files[name]);
  });
}

describe('values of a settings file', () => {
  test.each([
    ['open', "c = yaml.safe_load(open('conf.yaml'))"],
    ['with', "with open('conf.yaml') as f:\n  c = yaml.load(f, Loader=yaml.FullLoader)"],
    ['pathlib', "c = yaml.safe_load((Path(__file__).parent / 'conf.yaml').read_text())"],
    ['os.path', "c = yaml.safe_load(open(os.path.join(os.path.dirname(__file__), 'conf.yaml')))"],
    [
      'an option with a default',
      "import argparse\np = argparse.ArgumentParser()\np.add_argument('--config', default='conf.yaml')\nc = yaml.safe_load(open(p.parse_args().config))",
    ],
    ['OmegaConf', "from omegaconf import OmegaConf\nc = OmegaConf.load('conf.yaml')"],
  ])('are followed through %s', async (_, reading) => {
    const { hyperparameters } = await read(
      `${SVC}${reading}\nSVC(C=c['train']['C'], kernel=c['train'].get('kernel')).fit(X, y)\n`,
      {
        'conf.yaml': YAML,
      },
    );
    expect(hyperparameters).toMatchObject([
      { name: 'C', value: 1.5, path: 'conf.yaml', line: 3, column: 6 },
      { name: 'kernel', value: 'rbf', path: 'conf.yaml', line: 4 },
    ]);
  });

  test('are followed through attributes, keywords and hydra', async () => {
    const files = { 'conf.yaml': YAML };
    const hydra = `${SVC}import hydra\n@hydra.main(config_path='.', config_name='conf')\ndef main(cfg):\n  SVC(**cfg.train).fit(X, y)\nmain()\n`;
    expect((await read(hydra, files)).hyperparameters.map(({ name }) => name)).toEqual(['C', 'kernel', 'gamma', 'degree']);
  });

  test.each([
    ['JSON', 'c.json', '{"C": 2, "gamma": 1e-3}', "json.load(open('c.json'))", { C: 7, gamma: 0.5 }, '{"C": 7, "gamma": 0.5}'],
    [
      'TOML',
      'c.toml',
      'C = 2.0 # x\nkernel = "rbf"\n',
      "toml.load('c.toml')",
      { C: 4, kernel: 'poly' },
      'C = 4.0 # x\nkernel = "poly"\n',
    ],
    [
      'YAML',
      'c.yaml',
      'C: 1.0\nkernel: rbf\ngamma: [0.1, 1.0]\n',
      "yaml.safe_load(open('c.yaml'))",
      { C: 1e-7, kernel: 'sigmoid', gamma: [0.1] },
      'C: 1.0e-7\nkernel: sigmoid\ngamma: [0.1]\n',
    ],
  ])('are written in the manner of %s', async (_, name, text, reading, wanted: Record<string, HyperparameterValue>, expected) => {
    const space = await read(`${SVC}SVC(**${reading}).fit(X, y)\n`, { [name]: text });
    const ids = Object.fromEntries(space.hyperparameters.map((one) => [one.id, wanted[one.name] ?? one.value]));
    expect(applyAssignment(space, ids, () => text).get(name)).toBe(expected);
  });

  test('are none where the file is not there or broken', async () => {
    const text = `${SVC}c = yaml.safe_load(open('c.yaml'))\nSVC(C=c['C']).fit(X, y)\n`;
    expect((await read(text, {})).hyperparameters).toEqual([]);
    expect((await read(text, { 'c.yaml': 'a: [1\nb: }' })).hyperparameters).toEqual([]);
  });
});

test.each([
  [true, 'false', 'a.yaml', 'true'],
  [null, '3', 'a.json', 'null'],
  ['on', 'adam', 'a.yaml', '"on"'],
  ["it's", "'a'", 'a.yaml', "'it''s'"],
  [0.00002, '1e-3', 'a.json', '0.00002'],
])('%j over %s in %s is %s', (value, replaced, path, expected) => {
  expect(renderSetting(value, replaced, path)).toBe(expected);
});

test('a settings file that nests too deep is none', () => {
  expect(() => parseData('a.json', '['.repeat(50_000))).not.toThrow();
});
