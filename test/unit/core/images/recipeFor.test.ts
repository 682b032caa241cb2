import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DEFAULT_IMAGE_SETTINGS } from '../../../../src/core/images/ImageSettings.ts';
import { recipeFor, type RecipeRequest } from '../../../../src/core/images/recipeFor.ts';
import { renderPipConfig } from '../../../../src/core/images/renderPipConfig.ts';
import type { ApiNeed } from '../../../../src/core/scan/Script.ts';
import type { ImageRecipe } from '../../../../src/core/images/ImageRecipe.ts';

const request: RecipeRequest = {
  framework: 'sklearn',
  imports: [],
  needs: [],
  localModules: [],
  projectFiles: [],
  settings: DEFAULT_IMAGE_SETTINGS,
  sources: {
    dockerfile: 'FROM x\n',
    requirements: {
      sklearn: 'numpy==2.4.6\nscikit-learn==1.9.1\n',
      keras: 'tensorflow-cpu==2.21.0; platform_machine == "x86_64"\nkeras==3.15.1\nnumpy==2.4.6\n',
      pytorch: 'torch==2.15.0\nnumpy==2.4.6\n',
      boosting: 'lightgbm==4.7.0\n',
    },
    older: {
      sklearn: 'numpy==1.23.5\nscikit-learn==1.1.3\n',
      keras: 'tensorflow-cpu==2.12.1; platform_machine == "x86_64"\nkeras==2.12.0\nnumpy==1.23.5\n',
      pytorch: 'torch==2.15.0\nnumpy==1.23.5\n',
      boosting: 'lightgbm==3.3.5\n',
    },
    compatibility: [{ path: 'hone_compatibility/__init__.py', text: '' }],
    runner: [{ path: 'hone_runner/__init__.py', text: '' }],
  },
  hash: (text) => createHash('sha256').update(text).digest('hex'),
};

function recipe(changes: Partial<RecipeRequest>): ImageRecipe {
  return recipeFor({ ...request, ...changes });
}

function requirementsTxt(text: string): Partial<RecipeRequest> {
  return { projectFiles: [{ path: 'requirements.txt', text }] };
}

function fileOf(made: ImageRecipe, path: string): string | undefined {
  return made.files.find((file) => file.path === path)?.text;
}

describe('the image of a framework', () => {
  test.each([
    ['keras', 'hone/keras'],
    ['sklearn', 'hone/sklearn'],
    ['pytorch', 'hone/pytorch'],
    ['xgboost', 'hone/boosting'],
    ['lightgbm', 'hone/boosting'],
    ['catboost', 'hone/boosting'],
    ['none', 'hone/sklearn'],
  ] as const)('of %s is %s', (framework, repository) => {
    expect(recipe({ framework }).repository).toBe(repository);
  });

  test('of scikit-learn beside Keras is that of Keras, which holds both', () => {
    expect(recipe({ imports: ['keras', 'sklearn'] }).repository).toBe('hone/keras');
    expect(recipe({ framework: 'none', imports: ['tensorflow'] }).repository).toBe('hone/keras');
  });

  test('has a tag of twelve digits that changes with all that decides what it holds, and with nothing else', () => {
    const { tag } = recipe({});
    expect(tag).toMatch(/^[0-9a-f]{12}$/);
    expect(recipe({}).tag).toBe(tag);
    const changed = [
      recipe({ sources: { ...request.sources, dockerfile: 'FROM y\n' } }),
      recipe({ sources: { ...request.sources, runner: [{ path: 'hone_runner/__init__.py', text: '#' }] } }),
      recipe({ settings: { ...DEFAULT_IMAGE_SETTINGS, baseImage: 'python:3.12-slim' } }),
      recipe({ settings: { ...DEFAULT_IMAGE_SETTINGS, indexUrl: 'https://index.example/simple' } }),
      recipe(requirementsTxt('tqdm\n')),
    ].map((made) => made.tag);
    expect(new Set([tag, ...changed]).size).toBe(changed.length + 1);
    expect(recipe({ settings: { ...DEFAULT_IMAGE_SETTINGS, caBundle: '/etc/own.pem' } }).tag).toBe(tag);
  });

  test('is based on the mirror where one is set, on the given base where that is set', () => {
    const settings = { ...DEFAULT_IMAGE_SETTINGS, registryMirror: 'mirror.example/hub/' };
    expect(recipe({ settings }).buildArguments['BASE_IMAGE']).toBe('mirror.example/hub/python:3.11-slim');
    expect(recipe({ settings: { ...settings, baseImage: 'own:1' } }).buildArguments['BASE_IMAGE']).toBe('own:1');
  });

  test('asks the index of processor-only wheels for PyTorch alone', () => {
    expect(recipe({ framework: 'pytorch' }).buildArguments['TORCH_INDEX_URL']).toBe('https://download.pytorch.org/whl/cpu');
    expect(
      recipe({ framework: 'pytorch', settings: { ...DEFAULT_IMAGE_SETTINGS, torchIndexUrl: '' } }).buildArguments,
    ).not.toHaveProperty('TORCH_INDEX_URL');
    expect(recipe({}).buildArguments).not.toHaveProperty('TORCH_INDEX_URL');
  });

  test('announces that PyTorch of the package index brings CUDA along', () => {
    const bytes = (torchIndexUrl: string | null): number =>
      recipe({ framework: 'pytorch', settings: { ...DEFAULT_IMAGE_SETTINGS, torchIndexUrl } }).downloadBytes;
    expect(bytes('') - bytes(null)).toBeGreaterThan(2e9);
  });

  test("keeps the password of an index out of the recipe and in pip's configuration", () => {
    const settings = { ...DEFAULT_IMAGE_SETTINGS, indexUrl: 'https://me:s3cret@index.example/simple' };
    const made = recipe({ settings });
    expect(JSON.stringify(made)).not.toContain('s3cret');
    expect(renderPipConfig(made, settings, { wheels: null, certificates: null })).toContain(
      'index-url = https://me:s3cret@index.example/simple\n',
    );
  });
});

describe('what a project asks for', () => {
  test('leaves the shared layer alone where our pins satisfy it', () => {
    const made = recipe(requirementsTxt('numpy>=1.20,<3\nscikit-learn\ntqdm==4.67.1  # bars\n'));
    expect(fileOf(made, 'framework.txt')).toBe(request.sources.requirements.sklearn);
    expect(fileOf(made, 'project.txt')).toBe('numpy>=1.20,<3\ntqdm==4.67.1\n');
  });

  test('wins over our pins, which then only name what else is needed', () => {
    const made = recipe(requirementsTxt('NumPy==1.26.4\n'));
    expect(fileOf(made, 'framework.txt')).toBe('');
    expect(fileOf(made, 'project.txt')).toBe('NumPy==1.26.4\nscikit-learn\n');
  });

  test('never puts two builds of TensorFlow beside one another', () => {
    const made = recipe({ framework: 'keras', ...requirementsTxt('tensorflow==2.15.0\n') });
    expect(fileOf(made, 'project.txt')).toBe('tensorflow==2.15.0\nkeras\nnumpy\n');
  });

  test('is met by our build of a package that it names without a version', () => {
    const made = recipe({ framework: 'keras', ...requirementsTxt('tensorflow\n') });
    expect(fileOf(made, 'framework.txt')).toContain('tensorflow-cpu==2.21.0');
    expect(fileOf(made, 'project.txt')).toBe('');
  });

  test('is read from pyproject.toml too', () => {
    const text = '[project]\nname = "p"\ndependencies = [\n  "tqdm>=4",\n  "requests[socks]>=2 ; python_version > \'3.8\'",\n]\n';
    const made = recipe({ projectFiles: [{ path: 'pyproject.toml', text }] });
    expect(fileOf(made, 'project.txt')).toBe("tqdm>=4\nrequests[socks]>=2 ; python_version > '3.8'\n");
  });

  test('fails in one sentence where pyproject.toml is broken', () => {
    expect(() => recipe({ projectFiles: [{ path: 'pyproject.toml', text: '[project\n' }] })).toThrow(
      /pyproject\.toml cannot be read/,
    );
  });

  test('leaves out, and says, what means nothing in an image or holds a password', () => {
    const made = recipe(requirementsTxt('-r more.txt\n-e .\n./wheels/a.whl\nfoo @ https://u:pw@h/foo.whl\n--pre\n'));
    expect(fileOf(made, 'project.txt')).toBe('--pre\n');
    expect(made.notes).toHaveLength(3);
    expect(made.notes.join()).not.toContain('pw');
  });

  test('takes packages from the indexes that it names, without their passwords', () => {
    const made = recipe(
      requirementsTxt('--extra-index-url https://u:pw@h/simple\n--extra-index-url=https://open/simple\nfoo==1\n'),
    );
    expect(fileOf(made, 'project.txt')).toBe(
      '--extra-index-url https://h/simple\n--extra-index-url=https://open/simple\nfoo==1\n',
    );
    expect(made.passwordFiles).toEqual(['requirements.txt']);
    expect(JSON.stringify(made)).not.toContain('pw');
    expect(recipe(requirementsTxt('foo==1\n')).passwordFiles).toBeUndefined();
  });

  test('that names the one index to use takes all packages from there', () => {
    expect(fileOf(recipe(requirementsTxt('-i https://h/simple\nfoo==1\n')), 'framework.txt')).toMatch(
      /^-i https:\/\/h\/simple\nnumpy/,
    );
  });

  test('is completed by what the script imports, if the name is known and not its own', () => {
    const imports = ['cv2', 'PIL', 'yaml', 'os', 'sklearn', 'tqdm', 'unheard_of', 'constructor'];
    const made = recipe({ imports, localModules: ['tqdm'], ...requirementsTxt('pillow==10.0\n') });
    expect(fileOf(made, 'project.txt')).toBe('pillow==10.0\nopencv-python-headless\npyyaml\n');
  });

  test('may call scikit-learn sklearn, as the index does not', () => {
    const made = recipe(requirementsTxt('sklearn==0.0\ntqdm\n'));
    expect(fileOf(made, 'framework.txt')).toContain('scikit-learn==1.9.1\n');
    expect(fileOf(made, 'project.txt')).toBe('tqdm\n');
  });
});

describe('code that uses what newer releases took out', () => {
  const need = (changes: Partial<ApiNeed>): ApiNeed => ({
    package: 'keras',
    below: '3',
    api: 'fit_generator',
    restorable: false,
    path: 'train.py',
    evidence: { line: 12, text: 'model.fit_generator(data)' },
    ...changes,
  });

  test('gets the newest releases that still have it, and hears why', () => {
    const made = recipe({ framework: 'keras', needs: [need({})] });
    expect(fileOf(made, 'framework.txt')).toContain('keras==2.12.0');
    expect(made.notes).toEqual(['Keras 2.12.0, because line 12 of train.py uses fit_generator, which Keras 3 took out.']);
    expect(made.tag).not.toBe(recipe({ framework: 'keras' }).tag);
  });

  test('gets the newest where the newest still have it', () => {
    const made = recipe({ needs: [need({ package: 'scikit-learn', below: '9' })] });
    expect(made.tag).toBe(recipe({}).tag);
    expect(made.notes).toEqual([]);
  });

  test('gets old names back where no release for this Python has them', () => {
    const needs = [need({ package: 'scikit-learn', below: '0.20', api: 'sklearn.lda', restorable: true })];
    const made = recipe({ needs });
    expect(fileOf(made, 'compatibility/hone_compatibility.pth')).toContain('install("scikit-learn")');
    expect(fileOf(made, 'compatibility/hone_compatibility/__init__.py')).toBeDefined();
    expect(made.notes).toEqual([
      'scikit-learn 1.1.3 is taught the old sklearn.lda of line 12 of train.py, which no release for this Python has.',
    ]);
    expect(fileOf(recipe({}), 'compatibility/hone_compatibility.pth')).toBeUndefined();
  });

  test('is warned where nothing helps', () => {
    const needs = [need({ package: 'scikit-learn', below: '0.20', api: 'GMM' })];
    expect(recipe({ needs }).notes).toEqual([
      'Line 12 of train.py uses GMM, which no scikit-learn for this Python has: it may fail there.',
    ]);
    const settings = { ...DEFAULT_IMAGE_SETTINGS, baseImage: 'python:3.13-slim' };
    const made = recipe({ framework: 'keras', needs: [need({})], settings });
    expect(fileOf(made, 'framework.txt')).toContain('keras==3.15.1');
    expect(made.notes[0]).toContain('it may fail there');
  });

  test('yields to the versions that the project declares', () => {
    const declared = requirementsTxt('tensorflow==2.15.0\n');
    expect(fileOf(recipe({ framework: 'keras', needs: [need({})], ...declared }), 'project.txt')).toBe(
      'tensorflow==2.15.0\nkeras\nnumpy\n',
    );
  });

  test('stays with the older releases where the project asks for something beside them', () => {
    const made = recipe({ framework: 'keras', needs: [need({})], ...requirementsTxt('numpy==1.22.4\n') });
    expect(fileOf(made, 'project.txt')).toContain('keras<=2.12.0\n');
  });

  test('bounds packages that the image does not hold by itself', () => {
    const needs = [need({ package: 'imbalanced-learn', below: '0.8', api: 'fit_sample' })];
    expect(fileOf(recipe({ needs, imports: ['imblearn'] }), 'project.txt')).toContain('imbalanced-learn<0.8\n');
  });
});

describe('the image for GPUs', () => {
  test.each([
    ['keras', 'tensorflow[and-cuda]==2.21.0; platform_machine == "x86_64"'],
    ['pytorch', 'torch==2.15.0'],
  ] as const)('of %s holds %s, and is another image', (framework, line) => {
    const made = recipe({ framework, gpus: true });
    expect(fileOf(made, 'framework.txt')?.split('\n')).toContain(line);
    expect(made.tag).not.toBe(recipe({ framework }).tag);
    expect(made.downloadBytes).toBeGreaterThan(recipe({ framework }).downloadBytes + 1e9);
    expect(made.buildArguments).not.toHaveProperty('TORCH_INDEX_URL');
    expect(renderPipConfig(made, request.settings, { wheels: null, certificates: null })).not.toContain('/whl/cpu');
  });

  test('has the builds with CUDA of what the project itself wishes for', () => {
    const made = recipe({ framework: 'keras', gpus: true, ...requirementsTxt('tensorflow==2.20.0\n') });
    const installed = `${fileOf(made, 'framework.txt')}${fileOf(made, 'project.txt')}`;
    expect(installed).toMatch(/^tensorflow\[and-cuda\]==2\.20\.0/m);
    expect(installed).not.toContain('tensorflow-cpu');
  });
});
