import { describe, expect, test } from 'vitest';
import type { ImageRecipe } from '../../../../src/core/images/ImageRecipe.ts';
import { relaxRecipe } from '../../../../src/core/images/relaxRecipe.ts';

const recipe = (project: string): ImageRecipe => ({
  repository: 'hone/sklearn',
  tag: '0123456789ab',
  builds: true,
  runner: 'inside',
  files: [
    { path: 'framework.txt', text: 'numpy==2.4.6\n' },
    { path: 'project.txt', text: project },
  ],
  buildArguments: {},
  downloadBytes: 0,
  buildSeconds: 0,
  contents: [],
  notes: [],
});

function relax(project: string, output: string): { project: string | undefined; notes: readonly string[] } | null {
  const relaxed = relaxRecipe(recipe(project), output);
  return relaxed && { project: relaxed.recipe.files[1]?.text, notes: relaxed.notes };
}

const MISSING =
  'ERROR: Could not find a version that satisfies the requirement foo==1.2.3 (from versions: 1.0, 1.4)\nERROR: No matching distribution found for foo==1.2.3';

describe('after pip failed', () => {
  test('a release that is not there becomes its major version, and then any', () => {
    const once = relax('foo==1.2.3\nbar==1\n', MISSING);
    expect(once).toEqual({
      project: 'foo>=1.2,<2\nbar==1\n',
      notes: ['foo 1.2.3 could not be installed: foo>=1.2,<2 is taken instead.'],
    });
    expect(relax(once?.project ?? '', MISSING)?.project).toBe('foo\nbar==1\n');
    expect(relax('foo\nbar==1\n', MISSING)).toBeNull();
  });

  test('both sides of a conflict are relaxed', () => {
    const output =
      'ERROR: Cannot install -r project.txt (line 2) and Foo==1.2 because these package versions have conflicting dependencies.\n\n' +
      'The conflict is caused by:\n    The user requested Foo==1.2\n    bar[x] 3.0 depends on foo<1\n\nTo fix this you could try to:\n';
    const relaxed = relax('foo==1.2\nbar[x]==3.0; os_name == "posix"\nbaz==1\n', output);
    expect(relaxed?.project).toBe('foo>=1.2,<2\nbar[x]>=3.0,<4; os_name == "posix"\nbaz==1\n');
    expect(relaxed?.notes[0]).toBe('foo 1.2 and bar 3.0 exclude each other: foo>=1.2,<2 is taken instead.');
  });

  test.each([
    'Failed building wheel for foo',
    "Collecting bar\nCollecting foo==1.2.3 (from -r project.txt (line 1))\n  Installing build dependencies: finished with status 'error'\n",
    'error: metadata-generation-failed\n╰─> foo',
    "ERROR: Package 'foo' requires a different Python: 3.11 not in '<3.9'",
  ])('what cannot be built is relaxed: %j', (output) => {
    expect(relax('foo==1.2.3\n', output)?.project).toBe('foo>=1.2,<2\n');
  });

  test('what cannot be built in any release is left out, and said', () => {
    expect(relax('foo\nbar==1\n', 'Failed building wheel for foo')).toEqual({
      project: 'bar==1\n',
      notes: ['foo could not be built and was left out of the image.'],
    });
  });

  test('a package that does not exist is not relaxed', () => {
    expect(relax('foo==1.2.3\n', MISSING.replace('1.0, 1.4', 'none'))).toBeNull();
  });

  test('addresses and what nobody blames stay as they are', () => {
    expect(relax('foo @ https://h/foo-1.2.3.whl\nbar==2\n', MISSING)).toBeNull();
  });
});
