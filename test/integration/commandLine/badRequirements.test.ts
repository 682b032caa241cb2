import { describe, expect, test } from 'vitest';
import { hasDocker, hone, makeProject } from './honeProcess.ts';

const SCRIPT = `from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

X, y = load_iris(return_X_y=True)
print("Test accuracy:", LogisticRegression(max_iter=1000).fit(X, y).score(X, y))
`;

/** What a run says last where its requirements cannot be met. */
async function lastSentence(requirements: string): Promise<{ code: number | null; said: string }> {
  const folder = makeProject({ 'train.py': SCRIPT, 'requirements.txt': requirements });
  const { code, stderr } = await hone(folder, 'train', '--runtime', 'docker');
  return { code, said: stderr.trim().split('\n').at(-1) ?? '' };
}

describe.skipIf(!hasDocker)('requirements that cannot be met end in one sentence:', () => {
  test('a package that does not exist is named, with the name that was meant', async () => {
    const { code, said } = await lastSentence('scikit-learn\ntensorfow-datasets==4.9\n');
    expect(code).toBe(1);
    expect(said).toMatch(
      /^The image hone\/sklearn:\w+ could not be built: no index has tensorfow-datasets for this Python\. Did you mean tensorflow-datasets\? Correct its name in the requirements\.$/,
    );
  });

  test('two versions of one package are named with their line, before anything is built', async () => {
    const { code, said } = await lastSentence('numpy==1.26.4\nscikit-learn\nnumpy==2.1.0\n');
    expect(code).toBe(2);
    expect(said).toBe(
      'hone: requirements.txt asks for numpy==1.26.4 and for numpy==2.1.0, which exclude each other. Take one of them out; the second is requirements.txt, line 3.',
    );
  });

  test('what is no requirement is named with its line', async () => {
    const { code, said } = await lastSentence('numpy\nscikit-learn = 1.2 beta\n');
    expect(code).toBe(2);
    expect(said).toBe(
      'hone: requirements.txt, line 2: "scikit-learn = 1.2 beta" is not a requirement that pip can read. Write it like scikit-learn==1.5, or take it out.',
    );
  });

  test('pins that exclude each other are relaxed, and each note names both', async () => {
    const folder = makeProject({ 'train.py': SCRIPT, 'requirements.txt': 'requests==2.31.0\nidna==2.4\n' });
    const { code, stderr } = await hone(folder, 'train', '--runtime', 'docker');
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('idna 2.4 and requests 2.31.0 exclude each other: idna>=2.4,<3 is taken instead.');
  });
});
