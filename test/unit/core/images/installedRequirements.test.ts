import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DEFAULT_IMAGE_SETTINGS } from '../../../../src/core/images/ImageSettings.ts';
import { recipeFor, type RecipeRequest } from '../../../../src/core/images/recipeFor.ts';
import type { ImageRecipe } from '../../../../src/core/images/ImageRecipe.ts';

const pins = 'numpy==2.4.6\nscikit-learn==1.9.1\n';
const keras = `tensorflow-cpu==2.21.0; platform_machine == "x86_64"\ntensorflow==2.21.0; platform_machine != "x86_64"\nkeras==3.15.1\n${pins}`;
const older = 'numpy==1.23.5\nscikit-learn==1.1.3\n';
const lists = (sklearn: string, ofKeras: string) => ({ sklearn, keras: ofKeras, pytorch: '', boosting: '' });
const request: RecipeRequest = {
  framework: 'sklearn',
  imports: ['sklearn', 'pandas', 'cv2', 'tqdm', 'mine'],
  needs: [],
  localModules: ['mine'],
  projectFiles: [],
  settings: DEFAULT_IMAGE_SETTINGS,
  sources: { dockerfile: '', requirements: lists(pins, keras), older: lists(older, older), compatibility: [], runner: [] },
  hash: (text) => createHash('sha256').update(text).digest('hex'),
};
const versions = {
  numpy: '1.26.4',
  'scikit-learn': '1.5.2',
  pandas: '2.2.3+local.1',
  'opencv-contrib-python': '4.10.0.84',
  mine: '9.9',
  unrelated: '1.0',
};
const installed = { place: '.venv', python: '3.11', versions };

function recipe(changes: Partial<RecipeRequest>): ImageRecipe {
  return recipeFor({ ...request, installed, ...changes });
}

function project(made: ImageRecipe): readonly string[] {
  return (made.files.find(({ path }) => path === 'project.txt')?.text ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}

describe("the versions of the user's own environment", () => {
  test('decide on what the image holds and the script imports, and nothing else', () => {
    const made = recipe({});
    expect(project(made)).toEqual([
      'numpy==1.26.4',
      'opencv-python-headless==4.10.0.84',
      'pandas==2.2.3',
      'scikit-learn==1.5.2',
      'tqdm',
    ]);
    expect(made.notes).toEqual(['Versions from .venv: numpy 1.26.4, scikit-learn 1.5.2, opencv 4.10.0.84, pandas 2.2.3.']);
  });

  test('leave the shared layer alone where they are its own', () => {
    const made = recipe({
      installed: { ...installed, versions: { numpy: '2.4.6', 'scikit-learn': '1.9.1' } },
      imports: ['sklearn'],
    });
    expect(made.files.find(({ path }) => path === 'framework.txt')?.text).toBe(pins);
    expect(made.tag).toBe(recipe({ installed: null, imports: ['sklearn'] }).tag);
  });

  test('fill in where the project names a package without its version, and yield where it names one', () => {
    const files = (text: string) => ({ projectFiles: [{ path: 'requirements.txt', text }], imports: ['sklearn'] });
    expect(project(recipe(files('scikit-learn\n')))).toEqual(['numpy==1.26.4', 'scikit-learn==1.5.2']);
    expect(project(recipe(files('scikit-learn>=1.5\n')))).toEqual(['numpy==1.26.4', 'scikit-learn>=1.5']);
  });

  test.each([
    ['its framework is not installed there', { versions: { numpy: '1.26.4' } }, {}],
    ['the project declares another version', {}, { projectFiles: [{ path: 'requirements.txt', text: 'numpy>=2\n' }] }],
    ['it holds only what was built by hand', { versions: { 'scikit-learn': '1.6.dev0' } }, {}],
  ])('say nothing where %s', (_why, environment, changes) => {
    const made = recipe({ installed: { ...installed, ...environment }, ...changes });
    expect(made.tag).toBe(recipe({ installed: null, ...changes }).tag);
    expect(made.notes.join()).not.toContain('.venv');
  });

  test('are not taken where the code uses what they no longer have, which is said', () => {
    const evidence = { line: 3, text: 'np.float' };
    const needs = [{ package: 'numpy', below: '1.24', api: 'numpy.float', path: 'train.py', evidence, restorable: false }];
    const made = recipe({ needs });
    expect(made.notes).toContain(
      'The versions in .venv were not taken: line 3 of train.py uses numpy.float, which they no longer have.',
    );
    expect(project(made).join()).not.toContain('1.26.4');
  });

  test('take their Python along, where there is an image for it', () => {
    const base = (python: string): string | undefined =>
      recipe({ installed: { ...installed, python } }).buildArguments['BASE_IMAGE'];
    expect(base('3.12')).toBe('python:3.12-slim');
    expect(base('3.15')).toBe('python:3.11-slim');
  });

  test('of TensorFlow pin the build for processors', () => {
    const made = recipe({
      framework: 'keras',
      imports: ['tensorflow'],
      installed: { ...installed, versions: { tensorflow: '2.18.1', keras: '3.8.0', numpy: '2.0.2' } },
    });
    expect(project(made)).toEqual([
      'keras==3.8.0',
      'numpy==2.0.2',
      'scikit-learn',
      'tensorflow-cpu==2.18.1; platform_machine == "x86_64"',
      'tensorflow==2.18.1; platform_machine != "x86_64"',
    ]);
  });
});
