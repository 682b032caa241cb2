import { describe, expect, test } from 'vitest';
import type { SearchSpace } from '../../../../src/core/space/SearchSpace.ts';
import { resolveAssignment } from '../../../../src/core/study/resolveAssignment.ts';

const space: SearchSpace = {
  version: 1,
  script: 'train.py',
  hyperparameters: [],
  fixed: [],
  seeds: [],
  structure: [
    {
      id: 'structure.dense',
      name: 'dense',
      label: 'hidden dense layers',
      path: 'train.py',
      line: 3,
      value: 2,
      min: 1,
      max: 4,
      more: [],
      fewer: [],
    },
  ],
};

describe('a number of layers that a person sets', () => {
  test('is taken by its id within its range', () => {
    expect(resolveAssignment(space, { 'structure.dense': 4 })).toEqual({ 'structure.dense': 4 });
  });

  test.each([0, 5, 1.5, '2', true])('is refused as %j, with what it can be', (value) => {
    expect(() => resolveAssignment(space, { 'structure.dense': value })).toThrow(
      `structure.dense is a number of hidden dense layers from 1 to 4, not ${JSON.stringify(value)}.`,
    );
  });

  test.each(['structure.dens', 'dense'])('is suggested for %s', (name) => {
    expect(() => resolveAssignment(space, { [name]: 2 })).toThrow(
      expect.objectContaining({ next: expect.stringContaining('Did you mean structure.dense?') }),
    );
  });
});
