import { describe, expect, it } from 'vitest';
import { HoneError } from '../../../src/base/HoneError.ts';
import { configurationLine, configurationPlaces } from '../../../src/vscode/run/configurationPlace.ts';

describe('configurationLine', () => {
  it('is the line that the failure names', () => {
    expect(configurationLine(new HoneError('configuration', 'hone.yaml, line 12: Unknown key "taget".'))).toBe(12);
  });

  it('is the first where the failure names hone.yaml without a line', () => {
    expect(configurationLine(new HoneError('configuration', 'hone.yaml names a.py, which does not exist.'))).toBe(1);
    expect(configurationLine(new HoneError('configuration', 'It cannot be read.', { next: 'Correct it in hone.yaml.' }))).toBe(1);
  });

  it('is none where a setting is wrong, or something else', () => {
    expect(configurationLine(new HoneError('configuration', 'The base image has no tag.'))).toBeNull();
    expect(configurationLine(new HoneError('trial-failed', 'hone.yaml, line 3: was read by the script.'))).toBeNull();
    expect(configurationLine(new Error('hone.yaml, line 3: no'))).toBeNull();
  });
});

describe('configurationPlaces', () => {
  it('begins beside the script and ends at the folder', () => {
    expect(configurationPlaces('train.py')).toEqual(['hone.yaml']);
    expect(configurationPlaces('a/b/train.py')).toEqual(['a/b/hone.yaml', 'a/hone.yaml', 'hone.yaml']);
  });
});
