import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentOf, makeProject, startHone, testPython, type HoneResult } from './honeProcess.ts';

const SCRIPT = `from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

X, y = load_iris(return_X_y=True)
print("Test accuracy:", LogisticRegression(max_iter=1000).fit(X, y).score(X, y))
`;

describe.skipIf(testPython === undefined || process.platform === 'win32')('an interpreter without the framework', () => {
  const directory = mkdtempSync(join(tmpdir(), 'hone-environment-'));
  const bare = join(directory, 'bare');
  const python = join(bare, 'bin', 'python');
  let folder: string;

  beforeAll(() => {
    execFileSync(testPython ?? '', ['-m', 'venv', '--without-pip', bare]);
    folder = makeProject({ 'train.py': SCRIPT, 'requirements.txt': 'scikit-learn\n' });
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  function train(...args: readonly string[]): Promise<HoneResult> {
    const environment = { HONE_PYTHON: python, XDG_CACHE_HOME: directory, HOME: directory };
    return startHone(folder, ['train', '--json', '--runtime', 'local', ...args], environment).done;
  }

  function packagesOf(environment: string): readonly string[] {
    return readdirSync(join(environment, 'lib'), { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.dist-info'),
    );
  }

  test('is told before anything runs, with the next step', async () => {
    const { code, stderr } = await train();
    expect(code).toBe(1);
    expect(stderr.trim().split('\n').at(-1)).toMatch(
      /bare\/bin\/python \(Python 3[\d.]+\) has no scikit-learn, which train\.py needs\. Let Hone make an environment with it \(--make-venv\)/,
    );
  });

  test('gets an environment of its own when asked, once, with nothing installed into it', async () => {
    const first = await train('--make-venv');
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr).toMatch(/Making an environment with numpy .*, once: downloads about \d+ MB/);
    const { image, baseline } = documentOf(first);
    expect(baseline).toBeGreaterThan(0.9);
    expect(image).toMatch(
      /\/(?:hone\/environments|Library\/Caches\/hone\/environments)\/sklearn-[0-9a-f]{12}-[0-9a-f]{6}\/bin\/python$/,
    );
    expect(packagesOf(bare)).toEqual([]);

    // Agreed to once, it is used from then on.
    const second = await train();
    expect(second.code, second.stderr).toBe(0);
    expect(documentOf(second).image).toBe(image);
    expect(second.stderr).not.toContain('Making');
  }, 300_000);

  test('leaves nothing behind where an environment cannot be made', async () => {
    folder = makeProject({ 'train.py': SCRIPT, 'requirements.txt': 'honetiny-absent\n' });
    const before = readdirSync(join(directory, 'hone', 'environments'));
    const { code, stderr } = await train('--make-venv');
    expect(code).toBe(1);
    expect(stderr).toContain('The environment could not be built: no index has honetiny-absent for this Python.');
    expect(readdirSync(join(directory, 'hone', 'environments'))).toEqual(before);
  }, 300_000);
});
