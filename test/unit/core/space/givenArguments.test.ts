import { describe, expect, test } from 'vitest';
import { givenArgument } from '../../../../src/core/python/flow/givenArgument.ts';
import { spaceOf } from './readSpace.ts';

const ARGPARSE = `import argparse
from sklearn.svm import SVC
p = argparse.ArgumentParser()
p.add_argument('--C', '-c', type=float, default=1.0)
p.add_argument('--degree', type=int, default=3)
p.add_argument('--kind', default='soft')
p.add_argument('--seed', type=int, default=1)
a = p.parse_args()
gamma = 0.1 if a.kind == 'soft' else 0.9
SVC(C=a.C, degree=a.degree, gamma=gamma, random_state=a.seed).fit(X, y)
`;

const CLICK = `import click
from sklearn.svm import SVC
@click.command()
@click.option('--strength', default=1.0)
def main(strength):
  SVC(C=strength).fit(X, y)
main()
`;

async function withWords(
  text: string,
  words: readonly string[],
): Promise<{ offered: string[]; fixed: unknown[]; seeds: number }> {
  const { hyperparameters, fixed, seeds } = await spaceOf(text, 'script.py', {}, () => null, words);
  return {
    offered: hyperparameters.map(({ name, value }) => `${name}=${JSON.stringify(value)}`),
    fixed: [...fixed],
    seeds: seeds.length,
  };
}

describe('arguments that a script is started with', () => {
  test('leave its own defaults where they say nothing', async () => {
    expect(await withWords(ARGPARSE, [])).toEqual({ offered: ['C=1', 'degree=3', 'gamma=0.1'], fixed: [], seeds: 1 });
  });

  test('set a value that is not offered then', async () => {
    const { offered, fixed } = await withWords(ARGPARSE, ['-c', '2.5']);
    expect(offered).toEqual(['degree=3', 'gamma=0.1']);
    expect(fixed).toMatchObject([{ name: 'C', value: 2.5, line: 4, reason: 'The arguments set it (-c).' }]);
  });

  test('decide branches and seeds', async () => {
    expect(await withWords(ARGPARSE, ['--kind=hard', '--seed', '9'])).toEqual({
      offered: ['C=1', 'degree=3', 'gamma=0.9'],
      fixed: [],
      seeds: 0,
    });
  });

  test('decide what stands in for an option that is not given', async () => {
    const text = ARGPARSE.replace("gamma = 0.1 if a.kind == 'soft'", 'gamma = 0.1 if a.degree is not None');
    expect((await withWords(text, [])).offered).toEqual(['C=1', 'degree=3', 'gamma=0.1']);
  });

  test('count with click, too', async () => {
    expect((await withWords(CLICK, [])).offered).toEqual(['C=1']);
    expect(await withWords(CLICK, ['--strength', '4'])).toMatchObject({ offered: [], fixed: [{ value: 4 }] });
  });
});

test.each([
  [['--lr', '0.1'], '0.1'],
  [['--lr=0.1'], '0.1'],
  [['--lr', '0.1', '--lr', '-2'], '-2'],
  [['-l0.5'], '0.5'],
  [['--lr', '--other'], null],
])('%j gives %j', (words, text) => {
  expect(givenArgument(['--lr', '-l'], words)).toMatchObject({ text });
});

test('another option gives nothing', () => {
  expect(givenArgument(['--lr'], ['--lrs', '3', 'lr'])).toBeNull();
});
