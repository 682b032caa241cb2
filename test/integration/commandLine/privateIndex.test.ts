import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servePrivateIndex, type PrivateIndex } from '../docker/privateIndex.ts';
import { documentOf, hasDocker, hone, makeProject, startHone } from './honeProcess.ts';

const PASSWORD = 'canary-2c7d!@b';
const IN_URL = encodeURIComponent(PASSWORD);
/** New each time, so that no layer of an earlier run serves. */
const VERSION = `1.${Date.now()}`;

const SCRIPT = `import honetiny
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

X, y = load_iris(return_X_y=True)
print("Test accuracy:", LogisticRegression(max_iter=1000).fit(X, y).score(X, y) * honetiny.VALUE / 42)
`;

describe.skipIf(!hasDocker || process.env['DOCKER_HOST'] !== undefined)('a project behind a private index', () => {
  const images: string[] = [];
  let index: PrivateIndex;

  beforeAll(async () => {
    index = await servePrivateIndex(`someone:${PASSWORD}`, VERSION);
  });
  afterAll(() => {
    index.close();
    for (const image of images) execFileSync('docker', ['image', 'rm', image], { stdio: 'pipe' });
  });

  /** Trains with the index named as the case says, watching the machine's processes meanwhile. */
  async function train(files: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>>) {
    const folder = makeProject({ 'train.py': SCRIPT, ...files });
    const seen = new Set<string>();
    const watch = setInterval(() => listProcesses().forEach((line) => seen.add(line)), 100);
    const given = { HONE_CA_BUNDLE: index.caBundle, ...environment };
    const result = await startHone(folder, ['train', '--json', '--runtime', 'docker'], given).done;
    clearInterval(watch);
    return { folder, result, processes: [...seen] };
  }

  const url = (login: string): string => `https://${login}localhost:${index.port}/simple`;

  test.each([
    {
      by: 'the address in requirements.txt',
      files: () => ({ 'requirements.txt': `--extra-index-url ${url(`someone:${IN_URL}@`)}\nhonetiny==${VERSION}\n` }),
      environment: () => ({}),
    },
    {
      by: 'variables in requirements.txt',
      files: () => ({
        'requirements.txt': `--extra-index-url ${url('${INDEX_USER}:${INDEX_PASSWORD}@')}\nhonetiny==${VERSION}.0\n`,
      }),
      environment: () => ({ INDEX_USER: 'someone', INDEX_PASSWORD: PASSWORD }),
    },
    {
      by: "pip's own settings",
      files: () => ({ 'requirements.txt': `honetiny==${VERSION}.0.0\n` }),
      environment: () => ({ PIP_EXTRA_INDEX_URL: url(`someone:${IN_URL}@`) }),
    },
  ])('gets its password from $by, and shows it nowhere', async ({ files, environment }) => {
    const { folder, result, processes } = await train(files(), environment());
    expect(result.code, result.stderr).toBe(0);
    const { image } = documentOf(result);
    expect(image).toMatch(/^hone\/sklearn:/);
    images.push(image ?? '');
    expect(index.asked.known).toBeGreaterThan(0);

    expect(processes.some((line) => line.includes('supervise'))).toBe(true);
    const kept = filesOf(join(folder, '.hone'));
    expect(kept.map(({ path }) => path).join(' ')).toMatch(/plan\.json.*|journal\.jsonl/);
    const inspected = execFileSync('docker', ['image', 'inspect', image ?? ''], { encoding: 'utf8' });
    const history = execFileSync('docker', ['history', '--no-trunc', image ?? ''], { encoding: 'utf8' });
    const everything = [result.stdout, result.stderr, inspected, history, ...processes, ...kept.map(({ text }) => text)].join(
      '\n',
    );
    for (const spelling of [PASSWORD, IN_URL]) expect(everything).not.toContain(spelling);
    for (const spelling of [PASSWORD, IN_URL]) expect(layersHold(image ?? '', spelling)).toBe(false);
    expect(layersHold(image ?? '', 'honetiny')).toBe(true);
  });

  test('with a wrong password fails with what is wrong, without the password', async () => {
    const files = { 'requirements.txt': `--extra-index-url ${url('someone:wrong-canary@')}\nhonetiny>=${VERSION}\n` };
    const { folder, result } = await train(files, {});
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/the package index at localhost:\d+ wants another password/);
    expect([result.stderr, result.stdout, ...filesOf(join(folder, '.hone')).map(({ text }) => text)].join()).not.toContain(
      'wrong-canary',
    );
  });

  test('whose authority nobody named fails with the setting that is missing', async () => {
    const files = { 'requirements.txt': `--extra-index-url ${url(`someone:${IN_URL}@`)}\nhonetiny<=${VERSION}\n` };
    const { result } = await train(files, { HONE_CA_BUNDLE: process.env['HONE_CA_BUNDLE'] ?? '' });
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/the certificate of the package index at localhost:\d+ is not trusted/);
    expect(result.stderr).toContain('hone.images.caBundle');
  });

  test('that is down fails with its host', async () => {
    const folder = makeProject({
      'train.py': SCRIPT,
      'requirements.txt': `--index-url https://pypi.down.invalid/simple\nhonetiny==${VERSION}\n`,
    });
    const result = await hone(folder, 'train', '--runtime', 'docker');
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/the package index at pypi\.down\.invalid cannot be reached/);
  });
});

function listProcesses(): readonly string[] {
  return execFileSync('ps', ['-eo', 'args', '-ww'], { encoding: 'utf8' }).split('\n');
}

/** Everything that a study keeps. */
function filesOf(folder: string): readonly { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name))
    .map((path) => ({ path, text: readFileSync(path, 'latin1') }));
}

/** Whether a text stands anywhere in what an image is made of. */
function layersHold(image: string, text: string): boolean {
  const search = 'docker save "$1" | grep -aqF -- "$2" && echo yes || echo no';
  return execFileSync('bash', ['-c', search, 'search', image, text], { encoding: 'utf8' }).trim() === 'yes';
}
