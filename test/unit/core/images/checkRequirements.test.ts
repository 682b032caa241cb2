import { describe, expect, test } from 'vitest';
import { checkRequirements } from '../../../../src/core/images/checkRequirements.ts';

const check = (text: string) => (): void => checkRequirements({ path: 'sub/requirements.txt', text });

describe('a requirements file', () => {
  test.each(['numpy\nscikit-learn = 1.2 beta\n', 'numpy\nscikit-learn=>1.2', 'numpy\nscikit learn', 'numpy\npandas=2.2'])(
    'that pip cannot read is refused with its line: %j',
    (text) => {
      expect(check(text)).toThrow(
        expect.objectContaining({
          code: 'configuration',
          message: expect.stringMatching(/^sub\/requirements\.txt, line 2: ".*" is not a requirement that pip can read\.$/),
        }),
      );
    },
  );

  test.each(['numpy==1.26.4\npandas\nnumpy==2.0.0', 'NumPy>=2\nnumpy==1.26', 'numpy == 1.26\nnumpy ~= 2.0'])(
    'that contradicts itself is refused with both lines: %j',
    (text) => {
      const [first = '', last = ''] = text.split('\n').filter((line) => line.toLowerCase().includes('numpy'));
      expect(check(text)).toThrow(`sub/requirements.txt asks for ${first} and for ${last}, which exclude each other.`);
    },
  );

  test('of any kind that pip reads is taken', () => {
    const text = `
      # -*- coding: utf-8 -*-
      --index-url https://h/simple
      -e ./pkg
      ./wheels/a-1.0-py3-none-any.whl
      a-1.0-py3-none-any.whl
      git+https://github.com/a/b
      https://h/a.zip
      foo[x,y] >= 1.0, < 2 ; python_version < "3.9"
      foo==2.0 ; python_version >= "3.9"
      bar (>=1.0)
      baz===1.0+local
      qux==1.* --no-binary :all:
      quux --global-option="-x"
      corge @ https://h/corge.whl
      numpy==1.26.4
      numpy>=1.20,!=1.24.0
      numpy`;
    expect(check(text.replace(/^ +/gm, ''))).not.toThrow();
  });
});
