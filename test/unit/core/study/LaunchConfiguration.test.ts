import { expect, test } from 'vitest';
import { parseLaunch, type LaunchConfiguration } from '../../../../src/core/study/LaunchConfiguration.ts';

const variables = (name: string): string | undefined =>
  ({ workspaceFolder: '/p', file: '/p/train.py', 'env:HOME': '/home/u', 'env:MY_TOKEN': 'hunter2' })[name];

/** The configurations of a launch.json that holds the given ones. */
function parse(...configurations: readonly object[]): readonly LaunchConfiguration[] {
  const common = { type: 'debugpy', request: 'launch', name: 'Train', program: '${file}' };
  const text = JSON.stringify({ version: '0.2.0', configurations: configurations.map((item) => ({ ...common, ...item })) });
  return parseLaunch(text, variables) ?? [];
}

test('a file as VS Code writes it is read: comments, trailing commas, slashes in texts', () => {
  const text = `\uFEFF{
    // Use IntelliSense to learn about possible attributes.
    "version": "0.2.0", /* old */
    "configurations": [
      { "name": "Train // small", "type": "debugpy", "request": "launch", "program": "\${workspaceFolder}/train.py",
        "args": ["--url", "http://x/*y*/,]", "--epochs", 3,], "env": {"A": "\${env:HOME}/x", "B": true}, "justMyCode": true, },
      { "name": "Server", "type": "node", "request": "launch", "program": "x.js" },
      { "name": "Attach", "type": "debugpy", "request": "attach" },
    ],
  }`;
  expect(parseLaunch(text, variables)).toEqual([
    {
      name: 'Train // small',
      program: '/p/train.py',
      module: null,
      isGeneral: false,
      arguments: ['--url', 'http://x/*y*/,]', '--epochs', '3'],
      cwd: null,
      env: { A: '/home/u/x', B: 'true' },
      envFile: null,
      problem: null,
    },
  ]);
});

test('arguments in one text are split as a shell does', () => {
  expect(parse({ args: '--data "a b" -v' })[0]?.arguments).toEqual(['--data', 'a b', '-v']);
  expect(parse({ args: '--data "a b' })[0]?.problem).toMatch(/quote/);
});

test('what only the editor can fill in makes a configuration unusable, and is named', () => {
  expect(parse({ args: ['${input:size}'] })[0]?.problem).toBe('it uses ${input:size}, which only the editor can fill in');
  expect(parse({ args: '${command:pickArgs}' })[0]?.problem).toMatch(/\$\{command:pickArgs\}/);
});

test('a secret may stand in the environment, and not among the arguments, which are kept', () => {
  expect(parse({ env: { TOKEN: '${env:MY_TOKEN}' } })[0]).toMatchObject({ env: { TOKEN: 'hunter2' }, problem: null });
  const [refused] = parse({ args: ['--token', '${env:MY_TOKEN}'] });
  expect(refused?.problem).toMatch(/\$\{env:MY_TOKEN\} may be a secret/);
});

test.each(['', '{', '[]', '{"configurations": 1}', 'null'])('%j is no launch.json', (text) => {
  expect(parseLaunch(text, variables)).toBeNull();
});
