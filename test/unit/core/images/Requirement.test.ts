import { describe, expect, test } from 'vitest';
import { admitsVersion } from '../../../../src/core/images/admitsVersion.ts';
import { parseRequirement } from '../../../../src/core/images/Requirement.ts';
import { parseRequirements } from '../../../../src/core/images/parseRequirements.ts';
import { withoutCredentials } from '../../../../src/core/images/withoutCredentials.ts';

describe('a requirement', () => {
  test.each([
    ['Scikit_Learn', { name: 'scikit-learn', specifier: '', marker: '' }],
    ['torch ==2.15.0', { name: 'torch', specifier: '==2.15.0' }],
    ['ray[tune, rllib]>=2,<3', { name: 'ray', extras: ['tune', 'rllib'], specifier: '>=2,<3' }],
    ['a; python_version < "3.9"', { name: 'a', marker: 'python_version < "3.9"' }],
    ['a @ https://h/a.whl;x ; os_name == "nt"', { name: 'a', specifier: '@ https://h/a.whl;x', marker: 'os_name == "nt"' }],
    ['-r other.txt', { name: null }],
    ['./local', { name: null }],
    ['git+https://h/r.git', { name: null }],
    ['not a requirement', { name: null }],
  ])('%s', (line, expected) => {
    expect(parseRequirement(line)).toMatchObject(expected);
  });

  test('files lose comments and hashes, keep addresses with #, and join continued lines', () => {
    const text = '\uFEFFa==1 \\\n  --hash=sha256:00\r\n# nothing\r\nb @ git+https://h/r#egg=b  # why\n\n';
    expect(parseRequirements(text).map((requirement) => requirement.text)).toEqual(['a==1', 'b @ git+https://h/r#egg=b']);
  });
});

describe('a version', () => {
  test.each([
    ['', '1.0', true],
    ['>=1.20', '2.4.6', true],
    ['>=1.20,<2', '2.4.6', false],
    ['==2.4', '2.4.0', true],
    ['==2.4.*', '2.4.6', true],
    ['!=2.4.*', '2.4.6', false],
    ['~=2.4', '2.9', true],
    ['~=2.4', '3.0', false],
    ['~=2.4.1', '2.5', false],
    ['>10', '9.9', false],
    ['(>=1)', '2', true],
    ['===2.4.6', '2.4.6', false],
    ['>=2.0rc1', '2.4', false],
  ])('of %s admits %s: %s', (specifier, version, admitted) => {
    expect(admitsVersion(specifier, version)).toBe(admitted);
  });
});

test('credentials leave every URL of a text', () => {
  expect(withoutCredentials('x https://a:b@h/p git+ssh://t@h/r y@z')).toBe('x https://h/p git+ssh://h/r y@z');
});
