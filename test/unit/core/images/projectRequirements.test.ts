import { describe, expect, test } from 'vitest';
import { includedPaths, projectRequirements } from '../../../../src/core/images/projectRequirements.ts';
import type { Requirement } from '../../../../src/core/images/Requirement.ts';

function read(files: Readonly<Record<string, string>>): {
  requirements: string[];
  constraints: string[];
  python: string;
  notes: readonly string[];
} {
  const found = projectRequirements(Object.entries(files).map(([path, text]) => ({ path, text })));
  const texts = (lines: readonly Requirement[]): string[] => lines.map(({ text }) => text);
  return { ...found, requirements: texts(found.requirements), constraints: texts(found.constraints) };
}

describe('a requirements file', () => {
  test('includes others where it names them, once, and constrains by those after -c', () => {
    const found = read({
      'requirements.txt': '-r requirements/base.txt\n-c limits.txt\ntqdm\n',
      'requirements/base.txt': '-r ../requirements.txt\nnumpy>=1.20\n',
      'limits.txt': 'urllib3==1.26.0\n',
    });
    expect(found).toMatchObject({ requirements: ['numpy>=1.20', 'tqdm'], constraints: ['urllib3==1.26.0'], notes: [] });
  });

  test('says which file it names is not there', () => {
    expect(read({ 'requirements.txt': '-r gone.txt\n' }).notes).toEqual(['requirements.txt names gone.txt, which is not there.']);
  });

  test('includes nothing outside the project', () => {
    expect(
      includedPaths({
        path: 'a/requirements.txt',
        text: '-r ../b.txt\n-r ../../c.txt\n-r /etc/d.txt\n-r C:\\e.txt\n--constraint=f.txt\n',
      }),
    ).toEqual(['b.txt', 'a/f.txt']);
  });
});

describe('a pyproject.toml', () => {
  test("of Poetry's is read with its carets and tildes", () => {
    const text =
      '[tool.poetry.dependencies]\npython = "^3.9"\nnumpy = "^1.21"\ntorch = "~2.1.0"\nflask = "^0.3.1"\nscipy = { version = "1.9.3" }\nextra = { version = "*", optional = true }\n';
    expect(read({ 'pyproject.toml': text })).toMatchObject({
      python: '>=3.9,<4',
      requirements: ['numpy>=1.21,<2', 'torch>=2.1.0,<2.2', 'flask>=0.3.1,<0.4', 'scipy==1.9.3'],
    });
  });
});

describe('an environment.yml', () => {
  test("gives conda's packages by the index's names, and its Python", () => {
    const text =
      'channels: [conda-forge]\ndependencies:\n  - python=3.9\n  - pytorch=1.13\n  - conda-forge::scikit-learn>=1.0\n  - pandas=1.5.3=py39_0\n  - cudatoolkit\n  - libgcc-ng=11\n  - pip:\n    - tqdm==4.66.1\n';
    expect(read({ 'environment.yml': text })).toEqual({
      python: '==3.9.*',
      requirements: ['torch==1.13.*', 'scikit-learn>=1.0', 'pandas==1.5.3', 'tqdm==4.66.1'],
      constraints: [],
      notes: ['environment.yml names packages that only conda has, which were left out: libgcc-ng.'],
    });
  });

  test('that is broken fails in one sentence', () => {
    expect(() => read({ 'environment.yml': 'a: [b\n' })).toThrow(/environment\.yml cannot be read/);
  });
});

describe('a lock file', () => {
  test.each([
    ['poetry.lock', '[[package]]\nname = "numpy"\nversion = "1.26.4"\n'],
    [
      'uv.lock',
      '[[package]]\nname = "own"\nversion = "0.1"\nsource = { editable = "." }\n[[package]]\nname = "numpy"\nversion = "1.26.4"\n',
    ],
  ])('%s holds versions without asking for packages', (path, text) => {
    expect(read({ [path]: text })).toMatchObject({ requirements: [], constraints: ['numpy==1.26.4'] });
  });

  test("of Pipenv's asks for its default packages", () => {
    const text =
      '{"_meta": {"requires": {"python_version": "3.10"}}, "default": {"numpy": {"version": "==1.26.4"}}, "develop": {"pytest": {"version": "==8"}}}';
    expect(read({ 'Pipfile.lock': text })).toMatchObject({ requirements: ['numpy==1.26.4'], python: '==3.10.*' });
  });
});

test.each([
  ['setup.cfg', '[options]\ninstall_requires =\n    numpy>=1.2\n    tqdm ; python_version > "3"\nzip_safe = no\n'],
  ['setup.py', 'setup(name="x", install_requires=["numpy>=1.2", # why\n  \'tqdm ; python_version > "3"\'])\n'],
])('%s is read, never run', (path, text) => {
  expect(read({ [path]: text }).requirements).toEqual(['numpy>=1.2', 'tqdm ; python_version > "3"']);
});
