import { describe, expect, test } from 'vitest';
import { documentOf, hasDocker, hone, makeProject, testPython } from './honeProcess.ts';

const SCRIPT = `import subprocess
import sys

from mine.model import make_model
from beside import split

X_train, X_test, y_train, y_test = split()
model = make_model().fit(X_train, y_train)
subprocess.run([sys.executable, "-c", "import mine.model"], check=True)
print("Test accuracy:", model.score(X_test, y_test))
`;
const MODEL = `from sklearn.linear_model import LogisticRegression


def make_model():
    return LogisticRegression(max_iter=1000)
`;
const BESIDE = `from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split


def split():
    return train_test_split(*load_iris(return_X_y=True), random_state=0)
`;

const runtimes = [...(hasDocker ? ['docker'] : []), ...(testPython === undefined ? [] : ['local'])];

/** The project itself in src/, and a package of its own beside it that needs something from the index. */
function project(runtime: string): Readonly<Record<string, string>> {
  const needs = runtime === 'docker' ? '"idna==3.7"' : '';
  return {
    'scripts/train.py': SCRIPT,
    'requirements.txt': '-e .\n-e ./libs/beside\n',
    'pyproject.toml': '[project]\nname = "mine"\nversion = "1"\ndependencies = ["scikit-learn"]\n',
    'src/mine/__init__.py': '',
    'src/mine/model.py': MODEL,
    'libs/beside/pyproject.toml': `[project]\nname = "beside"\nversion = "1"\ndependencies = [${needs}]\n`,
    'libs/beside/beside/__init__.py': runtime === 'docker' ? `import idna\n\n${BESIDE}` : BESIDE,
  };
}

describe.each(runtimes)('in the %s runtime', (runtime) => {
  test('packages that requirements install from folders are imported from the code, with what they need', async () => {
    const folder = makeProject(project(runtime));
    const result = await hone(folder, 'train', 'scripts/train.py', '--json', '--runtime', runtime);
    expect(result.code, result.stderr).toBe(0);
    expect(documentOf(result).baseline).toBeGreaterThan(0.8);
    expect(result.stderr).toContain("The project's own packages are imported from src and libs/beside, not installed.");
  }, 300_000);
});
