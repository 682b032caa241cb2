import { describe, expect, test } from 'vitest';
import { imageReference } from '../../../../src/core/images/imageReference.ts';
import { recipeForDockerfile } from '../../../../src/core/images/recipeForDockerfile.ts';
import { recipeForImage } from '../../../../src/core/images/recipeForImage.ts';

describe("a project's own image", () => {
  test.each(['python:3.11-slim', 'registry.example:5000/team/ml_image:v1.2', `name@sha256:${'0'.repeat(64)}`])(
    '%s is pulled, never built',
    (reference) => {
      const recipe = recipeForImage(reference);
      expect(imageReference(recipe)).toBe(reference);
      expect(recipe).toMatchObject({ builds: false, runner: 'mounted' });
    },
  );

  test('is the latest where no tag is given', () => {
    expect(imageReference(recipeForImage('localhost:5000/ml'))).toBe('localhost:5000/ml:latest');
  });

  test.each(['', 'Upper/Case', 'a b', 'x:$(reboot)', '../etc'])('cannot be called %j', (reference) => {
    expect(() => recipeForImage(reference)).toThrow(/is not the name of an image/);
  });

  test('may be built from its own Dockerfile', () => {
    const recipe = recipeForDockerfile({
      dockerfile: 'FROM x\n',
      context: [{ path: 'requirements.txt', text: 'a' }],
      hash: () => 'f'.repeat(64),
    });
    expect(recipe).toMatchObject({ repository: 'hone/project', tag: 'ffffffffffff', builds: true, runner: 'mounted' });
    expect(recipe.files.map(({ path }) => path)).toEqual(['Dockerfile', 'requirements.txt']);
  });
});
