import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  readRegistryCredentials,
  registryOf,
  type RegistryCredentials,
} from '../../../../src/adapters/docker/readRegistryCredentials.ts';

describe('the credentials of a registry', () => {
  let home: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'hone-credentials-'));
    await mkdir(join(home, '.docker'));
  });
  afterEach(() => rm(home, { recursive: true }));

  async function read(registry: string, configuration: unknown): Promise<RegistryCredentials | null> {
    await writeFile(
      join(home, '.docker/config.json'),
      typeof configuration === 'string' ? configuration : JSON.stringify(configuration),
    );
    const environment = { PATH: `${home}${delimiter}${process.env['PATH']}` };
    return readRegistryCredentials(registry, { environment, home, platform: 'linux' });
  }

  const auth = Buffer.from('me:pass:word').toString('base64');

  test.each([
    ['registry.example:5000', 'registry.example:5000'],
    ['registry.example', 'https://registry.example'],
    ['docker.io', 'https://index.docker.io/v1/'],
    ['registry-1.docker.io', 'https://index.docker.io/v1/'],
  ])('of %s are what docker login stored for %s', async (registry, key) => {
    expect(await read(registry, { auths: { [key]: { auth } } })).toEqual({ user: 'me', secret: 'pass:word' });
  });

  test('may be a token', async () => {
    expect(await read('r.example', { auths: { 'r.example': { identitytoken: 'abc' } } })).toEqual({ user: '', secret: 'abc' });
  });

  test.skipIf(process.platform === 'win32')('come from the helper of that registry, which is told its name', async () => {
    const helper = join(home, 'docker-credential-own');
    await writeFile(
      helper,
      '#!/bin/sh\nread host\n[ "$host" = r.example ] && echo \'{"Username": "me", "Secret": "s"}\' || exit 1\n',
    );
    await chmod(helper, 0o755);
    expect(await read('r.example', { credHelpers: { 'r.example': 'own' } })).toEqual({ user: 'me', secret: 's' });
    expect(await read('other.example', { credsStore: 'own' })).toBeNull();
  });

  test.each([{}, '{', { auths: { 'r.example': {} } }, { credsStore: 'absent-helper' }, { credsStore: '../evil' }])(
    'are none where %j says nothing',
    async (configuration) => {
      expect(await read('r.example', configuration)).toBeNull();
    },
  );
});

test.each([
  ['python:3.11', 'docker.io'],
  ['team/ml:1', 'docker.io'],
  ['registry.example/team/ml', 'registry.example'],
  ['localhost/ml', 'localhost'],
  ['localhost:5000/ml', 'localhost:5000'],
])('%s comes from %s', (image, registry) => {
  expect(registryOf(image)).toBe(registry);
});
