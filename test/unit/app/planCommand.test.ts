import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createProjectReader } from '../../../src/adapters/files/createProjectReader.ts';
import type { TrainRequest } from '../../../src/app/requests.ts';
import type { HonePorts } from '../../../src/core/ports/HonePorts.ts';
import { planCommand, type PlannedCommand } from '../../../src/app/planCommand.ts';
import type { ScriptConfiguration } from '../../../src/core/study/Configuration.ts';
import { buildScript } from '../../fakes/buildStudy.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'hone+(command)-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string | object): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
}

const launch = (...configurations: readonly object[]): void =>
  write('.vscode/launch.json', {
    configurations: configurations.map((item) => ({ type: 'debugpy', request: 'launch', ...item })),
  });

async function plan(
  request: Partial<TrainRequest> = {},
  configuration: ScriptConfiguration = {},
  path = 'src/train.py',
): Promise<PlannedCommand> {
  write(path, '');
  const ports = { project: createProjectReader('/nowhere') } as unknown as HonePorts;
  const located = { script: buildScript({ path }), root: folder, inRoot: path, configuration };
  return planCommand(ports, { folder, ...request }, located);
}

const small = { name: 'Train small', program: '${workspaceFolder}/src/train.py', args: ['--size', 'small'] };
const big = { name: 'Train big', program: '${workspaceFolder}/src/train.py', args: ['--size', 'big'] };

describe('launch.json', () => {
  test('says how a script starts where it has one configuration for it, and a note says so', async () => {
    write('data/x.csv', '');
    launch({ ...small, cwd: '${workspaceFolder}/data', env: { TOKEN: 'secret' } }, { name: 'Other', program: 'other.py' });
    const { command, notes } = await plan();
    expect(command).toMatchObject({
      arguments: ['--size', 'small'],
      directory: 'data',
      source: 'launch.json',
      launch: { folder, name: 'Train small' },
    });
    expect(JSON.stringify(command)).not.toContain('secret');
    expect(notes).toEqual(['Arguments from launch.json, "Train small" (`args` in hone.yaml takes their place).']);
  });

  test('gives way to hone.yaml, and both to what is typed', async () => {
    launch(small);
    expect((await plan({}, { args: ['--mine'] })).command).toMatchObject({
      arguments: ['--mine'],
      source: 'hone.yaml',
      launch: null,
    });
    expect((await plan({ arguments: ['-x'] }, { args: ['--mine'] })).command).toMatchObject({
      arguments: ['-x'],
      source: 'given',
    });
  });

  test('keeps its environment where its arguments give way', async () => {
    launch({ ...small, env: { PYTHONPATH: '${workspaceFolder}/src' } });
    const { command, notes } = await plan({ arguments: ['-x'] });
    expect(command).toMatchObject({ arguments: ['-x'], source: 'given', launch: { folder, name: 'Train small' } });
    expect(notes).toEqual(['Environment and folder from launch.json, "Train small".']);
  });

  test('with several configurations for a script is not guessed from: one is named', async () => {
    launch(small, big);
    const { command, notes } = await plan();
    expect(command).toMatchObject({ arguments: [], source: null, launches: ['Train small', 'Train big'] });
    expect(notes[0]).toMatch(/in 2 ways \("Train small", "Train big"\): `--launch NAME`/);
    expect((await plan({ launch: 'Train big' }, { args: ['--mine'] })).command.arguments).toEqual(['--size', 'big']);
    await expect(plan({ launch: 'Train huge' })).rejects.toThrow('launch.json has no "Train huge" that starts src/train.py.');
  });

  test('is read for the open file only where it names the script nowhere, and where it says something', async () => {
    launch({ name: 'Current file', program: '${file}' });
    expect((await plan()).command.launch).toBeNull();
    launch({ name: 'Current file', program: '${file}', args: ['-v'] });
    expect((await plan()).command.launch?.name).toBe('Current file');
    launch({ name: 'Current file', program: '${file}', args: ['-v'] }, small);
    expect((await plan()).command.launch?.name).toBe('Train small');
  });

  test('may start a module', async () => {
    launch({ name: 'Module', module: 'src.train', args: ['-v'] });
    expect((await plan()).command).toMatchObject({ module: true, arguments: ['-v'], directory: '' });
  });

  test('that cannot be used or read is said, and the script runs without it', async () => {
    launch({ ...small, args: ['${input:size}'] });
    expect((await plan()).notes).toEqual([
      '"Train small" of launch.json is not used, because it uses ${input:size}, which only the editor can fill in.',
    ]);
    launch({ ...small, cwd: '/' });
    expect((await plan()).notes[0]).toMatch(/`cwd` lies outside the project/);
    write('.vscode/launch.json', '{');
    expect((await plan()).notes).toEqual(['.vscode/launch.json cannot be read, so it is not used.']);
  });
});

test('absolute paths within the project become relative: a trial runs in a copy of it', async () => {
  const words = [join(folder, 'data/x.csv'), `--out=${folder}`, `${folder}er/x`, '/elsewhere/y', 'plain'];
  const { command } = await plan({ arguments: words }, { cwd: 'src' });
  expect(command.arguments).toEqual(['../data/x.csv', '--out=..', `${folder}er/x`, '/elsewhere/y', 'plain']);
});
