import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentOf, hasDocker, hone, makeProject, startHone, testPython } from './honeProcess.ts';

const TRAINS = `
import argparse, os, time
from sklearn.datasets import load_iris
from sklearn.svm import SVC
parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
args = parser.parse_args()
print("it holds", open(args.data).read(), "and the token has", len(os.environ.get("API_TOKEN", "")), "letters", flush=True)
X, y = load_iris(return_X_y=True)
print("Accuracy:", SVC().fit(X, y).score(X, y))
`;
const CANARY = 'canary-9f2c';
const launch = JSON.stringify({
  configurations: [
    {
      name: 'Train it',
      type: 'debugpy',
      request: 'launch',
      program: '${workspaceFolder}/train.py',
      args: ['--data', '${workspaceFolder}/rows.csv'],
      env: { API_TOKEN: CANARY },
    },
  ],
});

/** Every file below a folder that holds a text. */
function holders(folder: string, text: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => statSync(join(folder, name)).isFile() && readFileSync(join(folder, name)).includes(text));
}

const runtimes = [...(testPython === undefined ? [] : ['local']), ...(hasDocker ? ['docker'] : [])];

describe.each(runtimes)('a script in the runtime %s', { timeout: 300_000 }, (runtime) => {
  test('starts as launch.json says, and a secret in its environment is in no file of the study', async () => {
    const folder = makeProject({ 'train.py': TRAINS, 'rows.csv': '1,2', '.vscode/launch.json': launch });
    const result = await hone(folder, 'train', '--runtime', runtime, '--json');
    expect(result.code, result.stderr).toBe(0);
    expect(result.stderr).toContain('it holds 1,2 and the token has 11 letters');
    expect(documentOf(result)).toMatchObject({ arguments: ['--data', './rows.csv'] });
    expect(holders(join(folder, '.hone'), CANARY)).toEqual([]);
  });

  test('keeps the value of an env_file out of all that is written, also where it fails', async () => {
    const script = `${TRAINS}raise SystemExit(3)\n`;
    const yaml = 'args: [--data, rows.csv]\nenv_file: .env\n';
    const folder = makeProject({ 'train.py': script, 'rows.csv': '1', 'hone.yaml': yaml, '.env': `API_TOKEN=${CANARY}\n` });
    const result = await hone(folder, 'train', '--runtime', runtime, '--json');
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('the token has 11 letters');
    expect(result.stdout + result.stderr).not.toContain(CANARY);
    expect(holders(join(folder, '.hone'), CANARY)).toEqual([]);
  });

  test('is told how to give what it lacks, keeps it with --keep, and then needs no more', async () => {
    const folder = makeProject({
      'train.py': TRAINS,
      'rows.csv': '1,2',
      'hone.yaml': '# ours\ndirection: maximize # of course\n',
    });
    const lacking = await hone(folder, 'train', '--runtime', runtime);
    expect(lacking).toMatchObject({ code: 1, stderr: expect.stringContaining('The script needs --data: add `-- --data VALUE`') });
    const kept = await hone(folder, 'train', '--runtime', runtime, '--keep', '--', '--data', 'rows.csv');
    expect(kept.code, kept.stderr).toBe(0);
    expect(kept.stderr).toContain('The arguments are kept in hone.yaml.');
    expect(readFileSync(join(folder, 'hone.yaml'), 'utf8')).toBe(
      '# ours\ndirection: maximize # of course\nargs: [--data, rows.csv]\n',
    );
    expect(await hone(folder, 'train', '--runtime', runtime)).toMatchObject({ code: 0 });
  });

  test('finds data beside the folder where hone.yaml shows it, and is told the line to write where it does not', async () => {
    const folder = makeProject({ 'train.py': TRAINS });
    const sets = join(dirname(folder), 'sets');
    mkdirSync(sets);
    writeFileSync(join(sets, 'rows.csv'), '3,4');
    const args = ['train', '--runtime', runtime, '--', '--data', '../sets/rows.csv'];
    const unseen = await hone(folder, ...args);
    expect(unseen).toMatchObject({ code: 1, stderr: expect.stringContaining(`Trials do not see ${sets}: name it as \`data\``) });
    writeFileSync(join(folder, 'hone.yaml'), 'data: ../sets\n');
    const seen = await hone(folder, ...args);
    expect(seen.code, seen.stderr).toBe(0);
    expect(seen.stderr).toContain('it holds 3,4');
  });

  test('whose data goes away while it runs fails with that, and the study ends', async () => {
    const script = TRAINS.replace(
      'X, y',
      'print("waiting", flush=True)\nwhile os.path.exists(args.data): time.sleep(0.1)\nopen(args.data)\nX, y',
    );
    const folder = makeProject({ 'train.py': script, 'data/rows.csv': '1' });
    const { done, stderr } = startHone(folder, ['train', '--runtime', runtime, '--json', '--', '--data', 'data/rows.csv']);
    await expect.poll(stderr, { timeout: 110_000, interval: 200 }).toContain('waiting');
    renameSync(join(folder, 'data', 'rows.csv'), join(folder, 'gone.csv'));
    const result = await done;
    expect(result.code, result.stderr).toBe(1);
    expect(documentOf(result)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/FileNotFoundError.*data\/rows\.csv/),
    });
  });
});
