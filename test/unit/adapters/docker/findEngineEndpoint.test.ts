import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findEngineEndpoint, type EngineSurroundings } from '../../../../src/adapters/docker/findEngineEndpoint.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'hone-home-'));
  await mkdir(join(home, '.docker'));
});
afterEach(() => rm(home, { recursive: true }));

function surroundings(environment: Record<string, string> = {}, platform: NodeJS.Platform = 'linux'): EngineSurroundings {
  return { environment, home, platform };
}

async function addContext(name: string, host: string): Promise<void> {
  const directory = join(home, '.docker/contexts/meta', createHash('sha256').update(name).digest('hex'));
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }));
}

test('the setting comes before DOCKER_HOST, that before the current context', async () => {
  await addContext('far', 'ssh://me@far');
  await writeFile(join(home, '.docker/config.json'), JSON.stringify({ currentContext: 'far' }));
  expect((await findEngineEndpoint('tcp://a:1', surroundings({ DOCKER_HOST: 'tcp://b:2' }))).host).toBe('tcp://a:1');
  expect((await findEngineEndpoint(null, surroundings({ DOCKER_HOST: 'tcp://b:2' }))).host).toBe('tcp://b:2');
  expect(await findEngineEndpoint(null, surroundings())).toEqual({
    host: 'ssh://me@far',
    certificates: null,
    origin: 'the Docker context "far"',
  });
});

test('DOCKER_CONTEXT names another; one that does not exist is said', async () => {
  await addContext('near', 'unix:///run/near.sock');
  expect((await findEngineEndpoint(null, surroundings({ DOCKER_CONTEXT: 'near' }))).host).toBe('unix:///run/near.sock');
  await expect(findEngineEndpoint(null, surroundings({ DOCKER_CONTEXT: 'gone' }))).rejects.toThrow(
    'The Docker context "gone" does not exist.',
  );
});

test('a configuration that is no JSON is said', async () => {
  await writeFile(join(home, '.docker/config.json'), '{');
  await expect(findEngineEndpoint(null, surroundings())).rejects.toMatchObject({ code: 'configuration' });
});

test('Windows has a pipe', async () => {
  expect((await findEngineEndpoint(null, surroundings({}, 'win32'))).host).toBe('npipe:////./pipe/docker_engine');
});

test('TLS takes its certificates from where Docker keeps them', async () => {
  const environment = { DOCKER_HOST: 'tcp://b:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' };
  expect((await findEngineEndpoint(null, surroundings(environment))).certificates).toBe('/certs');
});
