import { expect, test } from 'vitest';
import type { FromRunner } from '../../../src/protocol/runnerMessages.ts';
import { maskSecrets, secretValues } from '../../../src/app/maskSecrets.ts';

const secrets = secretValues(
  { TOKEN: 's3cr3t-token', LONG: 's3cr3t-token-2', DEBUG: 'yes', PLACE: 'europe-west' },
  { PLACE: 'europe-west' },
);

test('masks what a script prints of a secret file, the longest value first', () => {
  const said = {
    type: 'output',
    sequence: 1,
    trial: 0,
    stream: 'stdout',
    text: 'a s3cr3t-token-2 b s3cr3t-token yes europe-west',
  } as const;
  expect(maskSecrets(said, secrets)).toMatchObject({ text: 'a ••• b ••• yes europe-west' });
});

test('masks it in the reason of an end, too', () => {
  const ended: FromRunner = {
    type: 'trial-ended',
    sequence: 2,
    trial: 0,
    repeat: 0,
    state: 'failed',
    result: null,
    seconds: 1,
    exitCode: 1,
    signal: null,
    reason: 'KeyError: s3cr3t-token',
    error: { type: 'KeyError', message: 's3cr3t-token', frames: [] },
    artifacts: [],
    parameters: null,
    unexecuted: [],
    outOfMemory: false,
  };
  expect(JSON.stringify(maskSecrets(ended, secrets))).not.toContain('s3cr3t');
});
