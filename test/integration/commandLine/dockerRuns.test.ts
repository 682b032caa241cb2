import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { documentOf, hasDocker, hone, makeProject, startHone, testPython } from './honeProcess.ts';
import { TORCH_PROJECT } from './torchProject.ts';

const sample = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../media/samples/${path}`, import.meta.url)), 'utf8');

const BOOSTING = `
import xgboost as xgb
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = xgb.XGBClassifier(n_estimators=20, max_depth=3, learning_rate=0.3)
model.fit(X_train, y_train)
print("Test accuracy:", model.score(X_test, y_test))
`;
const TORCH = `
import torch
from torch import nn

torch.manual_seed(0)
X = torch.randn(400, 4)
y = (X[:, 0] > 0).long()
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
loss_function = nn.CrossEntropyLoss()
for epoch in range(20):
    optimizer.zero_grad()
    loss = loss_function(model(X[:300]), y[:300])
    loss.backward()
    optimizer.step()
accuracy = (model(X[300:]).argmax(1) == y[300:]).float().mean().item()
print(f"Test accuracy: {accuracy:.4f}")
`;

interface Case {
  readonly framework: string;
  readonly files: Readonly<Record<string, string>>;
  readonly source: 'hook' | 'print';
  readonly epochs: number | null;
}
const cases: readonly Case[] = [
  { framework: 'sklearn', files: { 'train.py': sample('digits-sklearn/train.py') }, source: 'hook', epochs: null },
  { framework: 'keras', files: { 'train.py': sample('digits-cnn/train.py') }, source: 'hook', epochs: 12 },
  { framework: 'xgboost', files: { 'train.py': BOOSTING }, source: 'hook', epochs: null },
  {
    framework: 'pytorch',
    files: { 'train.py': TORCH, ...TORCH_PROJECT },
    source: 'print',
    epochs: null,
  },
];

/** Ids of the containers and volumes that studies of a folder have left. */
function leftovers(folder: string): readonly string[] {
  const filters = ['--filter', 'label=hone.study', '--filter', `label=hone.workspace=${folder}`];
  const list = (...args: readonly string[]): string => execFileSync('docker', [...args, ...filters], { encoding: 'utf8' });
  return (list('ps', '-aq') + list('volume', 'ls', '-q')).split('\n').filter((line) => line !== '');
}

const BUILD_TIMEOUT_MS = 900_000;

const runtimes = [...(hasDocker ? ['docker'] : []), ...(testPython === undefined ? [] : ['local'])];

describe.each(runtimes)('in the %s runtime', (runtime) => {
  test.each(cases)(
    '$framework is found, trained and measured on its test data',
    async ({ framework, files, source, epochs }) => {
      const folder = makeProject(files);
      const scan = JSON.parse((await hone(folder, 'scan', '--json')).stdout) as { scripts: readonly unknown[] };
      expect(scan.scripts).toEqual([
        expect.objectContaining({ path: 'train.py', trains: true, runsDirectly: true, framework, task: 'classification' }),
      ]);

      const result = await hone(folder, 'train', '--json', '--runtime', runtime);
      expect(result.code, result.stderr).toBe(0);
      const document = documentOf(result);
      expect(document).toMatchObject({ state: 'complete', runtime, metric: { name: 'accuracy', data: 'test', source } });
      expect(document.baseline).toBeGreaterThan(0.6);
      if (epochs !== null) expect(document.trials[0]?.epochs).toBe(epochs);
      if (runtime === 'docker' && framework !== 'pytorch') expect(document.image).toMatch(/^hone\/[a-z]+:[0-9a-f]{12}$/);
      if (runtime === 'docker') expect(leftovers(folder)).toEqual([]);
    },
    BUILD_TIMEOUT_MS,
  );
});

describe.skipIf(!hasDocker)('a run in a container', () => {
  const slow = `${sample('digits-sklearn/train.py')}\nimport time\nprint("sleeping", flush=True)\ntime.sleep(60)\n`;

  test('that is cancelled leaves nothing behind, within two seconds', async () => {
    const folder = makeProject({ 'slow.py': slow });
    const run = startHone(folder, ['train', '--json', '--runtime', 'docker']);
    await expect.poll(run.stderr, { timeout: 60_000 }).toContain('sleeping');
    const asked = performance.now();
    run.child.kill('SIGINT');
    const result = await run.done;
    expect(performance.now() - asked).toBeLessThan(2500);
    expect(documentOf(result).state).toBe('cancelled');
    expect(leftovers(folder)).toEqual([]);
  });

  test('whose container is killed goes on in another', async () => {
    const folder = makeProject({ 'slow.py': slow });
    const run = startHone(folder, ['train', '--json', '--runtime', 'docker']);
    await expect.poll(run.stderr, { timeout: 60_000 }).toContain('sleeping');
    execFileSync('docker', ['kill', ...leftovers(folder)]);
    await expect.poll(() => run.stderr().split('sleeping').length - 1, { timeout: 20_000 }).toBe(2);
    run.child.kill('SIGINT');
    const result = await run.done;
    expect(result.code).toBe(130);
    expect(documentOf(result)).toMatchObject({ state: 'cancelled', trials: [{ number: 0, state: 'cancelled' }] });
    expect(leftovers(folder)).toEqual([]);
  });

  test('reads data of the folder, cannot change it, and keeps what it writes', async () => {
    const script = `${sample('digits-sklearn/train.py')}
import os
assert open("data/numbers.csv").read() == "1,2\\n"
open("data/cache.bin", "wb").write(b"x")
open("data/numbers.csv", "w").write("changed")
os.makedirs("models"); open("models/model.bin", "wb").write(b"m" * 10)
`;
    const folder = makeProject({ 'train.py': script, 'data/numbers.csv': '1,2\n' });
    const result = await hone(folder, 'train', '--runtime', 'docker', '--json');
    expect(result.code, result.stderr).toBe(0);
    expect(readFileSync(join(folder, 'data/numbers.csv'), 'utf8')).toBe('1,2\n');
    const artifacts = join(folder, '.hone/studies', documentOf(result).study, 'trials/0/artifacts');
    expect(readFileSync(join(artifacts, 'models/model.bin'), 'utf8')).toBe('m'.repeat(10));
  });

  test('sees data outside the folder where hone.yaml names it, also through a link, and cannot change it', async () => {
    const outside = makeProject({ 'rows.csv': '1,2\n' });
    const script = `${sample('digits-sklearn/train.py')}
import os
assert open(${JSON.stringify(join(outside, 'rows.csv'))}).read() == "1,2\\n"
assert open("linked/rows.csv").read() == "1,2\\n"
try:
    open(${JSON.stringify(join(outside, 'new.txt'))}, "w")
except OSError as error:
    print("refused", error.errno)
print("secret is", len(os.environ["API_KEY"]), "long")
`;
    const yaml = `data: ${JSON.stringify(outside)}\nenv_file: .env\n`;
    const folder = makeProject({ 'train.py': script, 'hone.yaml': yaml, '.env': 'API_KEY="canary 1234"\n' });
    symlinkSync(outside, join(folder, 'linked'));
    const result = await hone(folder, 'train', '--runtime', 'docker');
    expect(result.code, result.stderr).toBe(0);
    expect(result.stderr).toContain('refused 30');
    expect(result.stderr).toContain('secret is 11 long');
    expect(readdirSync(outside)).toEqual(['rows.csv']);
    const study = join(folder, '.hone/studies/train-1'.replace('train-1', readdirSync(join(folder, '.hone/studies'))[0] ?? ''));
    for (const name of ['plan.json', 'journal.jsonl']) expect(readFileSync(join(study, name), 'utf8')).not.toContain('canary');
  });

  test('names the setting that is missing for data that it does not see', async () => {
    const outside = makeProject({ 'rows.csv': '1,2\n' });
    const path = join(outside, 'rows.csv');
    const folder = makeProject({ 'train.py': `${sample('digits-sklearn/train.py')}\nopen(${JSON.stringify(path)})\n` });
    const result = await hone(folder, 'train', '--runtime', 'docker');
    expect(result.code).toBe(1);
    expect(result.stderr).toContain(`\`data: ${outside}\` in hone.yaml shows it`);
    expect(result.stderr).toContain(`Trials do not see ${outside}`);
  });

  test.each(['/', '~/.ssh', '/var/run/docker.sock', '/etc'])('is not shown %s', async (place) => {
    const folder = makeProject({ 'train.py': sample('digits-sklearn/train.py'), 'hone.yaml': `data: ${place}\n` });
    const result = await hone(folder, 'train', '--runtime', 'docker');
    expect(result).toMatchObject({ code: 2, stderr: expect.stringMatching(/not shown to containers|does not exist/) });
  });

  test('has no network unless it was allowed, and says so', async () => {
    const script =
      'import urllib.request\nurllib.request.urlopen("http://example.org/data.csv")\nfrom sklearn.svm import SVC\nSVC().fit([[0], [1]], [0, 1])\n';
    const folder = makeProject({ 'train.py': script });
    const result = await hone(folder, 'train', '--runtime', 'docker');
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/example\.org.*network/i);
  });
});
