import { describe, expect, it } from 'vitest';
import { describeMissingArguments } from '../../../src/core/study/missingArguments.ts';
import { missingArguments } from '../../../src/vscode/run/missingArguments.ts';

describe('missingArguments', () => {
  it('finds in a reason what the core put into it', () => {
    expect(missingArguments(describeMissingArguments(['--data']))).toBe('--data');
    expect(missingArguments(describeMissingArguments(['--data', 'out', '-k']))).toBe('--data and out and -k');
  });

  it('finds nothing in any other reason', () => {
    expect(missingArguments(null)).toBeNull();
    expect(missingArguments('The script imports cv2, which is not installed.')).toBeNull();
    expect(missingArguments('The script needs more memory: 12 GB.')).toBeNull();
  });
});
