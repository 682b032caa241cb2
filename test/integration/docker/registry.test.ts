import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createDockerRuntime } from '../../../src/adapters/docker/createDockerRuntime.ts';
import type { ImageRecipe } from '../../../src/core/images/ImageRecipe.ts';
import { recipeForImage } from '../../../src/core/images/recipeForImage.ts';
import type { StudyPlan } from '../../../src/core/study/StudyPlan.ts';
import { dockerDirectory, engineIsAbsent, settings, testRecipe } from './testEngine.ts';

const AUTH = Buffer.from('someone:canary-5e1d').toString('base64');

/** A registry that holds nothing, and wants a password before it says so. */
describe.skipIf((await engineIsAbsent()) || process.env['DOCKER_HOST'] !== undefined)('a registry with a password', () => {
  const seen: (string | undefined)[] = [];
  let server: Server;
  let registry: string;
  let directory: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      const known = request.headers.authorization === `Basic ${AUTH}`;
      response.writeHead(known ? 404 : 401, known ? {} : { 'WWW-Authenticate': 'Basic realm="registry"' }).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    registry = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    directory = await mkdtemp(join(tmpdir(), 'hone-registry-'));
    await writeFile(join(directory, 'config.json'), JSON.stringify({ auths: { [registry]: { auth: AUTH } } }));
    vi.stubEnv('DOCKER_CONFIG', directory);
  });
  afterEach(() => seen.splice(0));
  afterAll(async () => {
    vi.unstubAllEnvs();
    server.close();
    await rm(directory, { recursive: true });
  });

  async function prepare(recipe: ImageRecipe): Promise<unknown> {
    const runtime = createDockerRuntime({ settings, dockerDirectory, host: null });
    return runtime.prepare({ image: recipe } as StudyPlan, () => {}, new AbortController().signal);
  }

  test('gets it for the base image of a build, over the session', async () => {
    const recipe = await testRecipe({ settings: { ...settings, baseImage: `${registry}/base:1` } });
    await expect(prepare(recipe)).rejects.toMatchObject({ code: 'image-build' });
    expect(seen).toContain(`Basic ${AUTH}`);
    expect(JSON.stringify(recipe)).not.toContain('canary');
  });

  test('gets it for an image that is pulled', async () => {
    await expect(prepare(recipeForImage(`${registry}/ml:1`))).rejects.toMatchObject({ code: 'image-build' });
    expect(seen).toContain(`Basic ${AUTH}`);
  });
});
