import { describe, expect, test } from 'vitest';
import { localPackages } from '../../../../src/core/images/localPackages.ts';
import { ownPackages } from '../../../../src/core/images/ownPackages.ts';
import { projectRequirements } from '../../../../src/core/images/projectRequirements.ts';

const file = (path: string, text: string) => ({ path, text });
const PROJECT = '[project]\nname = "x"\n';

describe('a package that is installed from its folder', () => {
  test.each([
    ['-e .', ''],
    ['-e .[dev]', ''],
    ['--editable=./libs/a', 'libs/a'],
    ['./libs/a[extra]', 'libs/a'],
    ['-e libs/a#egg=a', 'libs/a'],
    ['.', ''],
    ['-e file:libs/a', 'libs/a'],
    ['../other', '../other'],
  ])('is found in %j', (line, path) => {
    expect(localPackages(file('requirements.txt', `numpy\n${line}\n`))).toEqual([{ path, text: line }]);
    expect(projectRequirements([file('requirements.txt', `numpy\n${line}\n`)]).requirements).toHaveLength(1);
  });

  test.each(['./a-1.0-py3-none-any.whl', '-e git+https://h/a.git', '/abs/a', 'C:\\a', 'numpy', '--extra-index-url https://h'])(
    'is not %j',
    (line) => {
      expect(localPackages(file('requirements.txt', `${line}\n`))).toEqual([]);
    },
  );

  test('is looked for beside the file that names it', () => {
    expect(localPackages(file('sub/requirements.txt', '-e ../libs/a\n'))[0]?.path).toBe('libs/a');
  });

  test('that uv or Poetry takes from a folder is not installed from the index, where a stranger may have its name', () => {
    const text =
      '[project]\nname = "x"\ndependencies = ["My_Lib", "numpy"]\n[tool.uv.sources]\nmy-lib = { path = "libs/mine" }\n';
    expect(localPackages(file('pyproject.toml', text))).toEqual([{ path: 'libs/mine', text: 'libs/mine' }]);
    expect(projectRequirements([file('pyproject.toml', text)]).requirements.map(({ name }) => name)).toEqual(['numpy']);
  });
});

describe("the project's own packages", () => {
  test.each([
    ['pyproject.toml', PROJECT, ['src', '']],
    ['libs/a/pyproject.toml', PROJECT, ['libs/a/src', 'libs/a']],
    ['pyproject.toml', `${PROJECT}[tool.setuptools.packages.find]\nwhere = ["python"]\n`, ['python', 'src', '']],
    ['setup.py', 'setup(package_dir={"": "lib"})', ['lib', 'src', '']],
    ['setup.cfg', '[metadata]\nname = x\n[options]\npackage_dir =\n  = lib\n', ['lib', 'src', '']],
  ])('are where %s says: %j', (path, text, places) => {
    expect(ownPackages([file(path, text)]).folders).toEqual([{ path: path.includes('/') ? 'libs/a' : '', places }]);
  });

  test('are none where a file only sets tools up', () => {
    expect(
      ownPackages([file('pyproject.toml', '[tool.ruff]\nline-length = 100\n'), file('setup.cfg', '[flake8]\n')]).folders,
    ).toEqual([]);
  });

  test('that cannot be imported from their code are told', () => {
    const { notes } = ownPackages([
      file('requirements.txt', '-e ../beside\n-e ./empty\n-e .\n'),
      file('setup.py', 'setup(ext_modules=[Extension("x", [])])'),
    ]);
    expect(notes).toEqual([
      'The package in this folder is compiled when it is installed, which Hone does not do: build a wheel of it and name its folder in hone.images.wheels.',
      'requirements.txt installs "-e ../beside", which lies outside the folder: open the folder above both.',
      'requirements.txt installs "-e ./empty", which has no pyproject.toml, setup.cfg or setup.py.',
    ]);
  });
});
