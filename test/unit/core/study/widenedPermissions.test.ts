import { expect, test } from 'vitest';
import type { ScriptConfiguration } from '../../../../src/core/study/Configuration.ts';
import { widenedPermissions } from '../../../../src/core/study/widenedPermissions.ts';

function asks(
  own: ScriptConfiguration,
  pushed: ScriptConfiguration,
  fetches: readonly [boolean, boolean] = [false, false],
): string {
  return widenedPermissions({ configuration: own, fetches: fetches[0] }, { configuration: pushed, fetches: fetches[1] }).join(
    '; ',
  );
}

test.each([
  [{ network: true }, 'the network'],
  [{ data: ['data/own', '../sets'] }, 'the data ../sets'],
  [{ data: '/etc' }, 'the data /etc'],
  [{ data: '~/secrets' }, 'the data ~/secrets'],
  [{ data: 'data/../../x' }, 'the data data/../../x'],
  [{ data: 'C:\\Users' }, 'the data C:\\Users'],
  [{ env_file: '.env' }, 'the variables of .env'],
  [{ image: 'Dockerfile' }, 'the image Dockerfile'],
  [{ python: '/tmp/python' }, 'the Python /tmp/python'],
  [{ notify: { to: 'eve@example.org' } }, 'mail to eve@example.org'],
] satisfies readonly (readonly [ScriptConfiguration, string])[])(
  '%o is not had by pushing it, and is where the folder has it',
  (pushed, what) => {
    expect(asks({}, pushed)).toBe(what);
    expect(asks(pushed, pushed)).toBe('');
  },
);

test('a script that newly fetches data asks for the network, unless hone.yaml here gives it', () => {
  expect(asks({}, {}, [false, true])).toBe('the network');
  expect(asks({}, {}, [true, true])).toBe('');
  expect(asks({ network: true }, {}, [false, true])).toBe('');
  expect(asks({ network: false }, {}, [true, true])).toBe('the network');
  expect(asks({}, { network: false }, [false, true])).toBe('');
});

test('what is only about the training is free to change', () => {
  expect(asks({}, { target: 0.9, args: ['--x'], space: {}, budget: { trials: 3 }, data: 'data', requirements: 'r.txt' })).toBe(
    '',
  );
});
