import Docker from 'dockerode';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createDockerRuntime } from '../../../src/adapters/docker/createDockerRuntime.ts';
import { listImages, removeImages } from '../../../src/adapters/docker/listImages.ts';
import { readImageSources } from '../../../src/adapters/docker/readImageSources.ts';
import type { ImageRecipe } from '../../../src/core/images/ImageRecipe.ts';
import type { ImageSettings } from '../../../src/core/images/ImageSettings.ts';
import type { ImageSources } from '../../../src/core/images/ImageSources.ts';
import { imageReference } from '../../../src/core/images/imageReference.ts';
import type { Environment } from '../../../src/core/ports/Runtime.ts';
import type { StudyPlan } from '../../../src/core/study/StudyPlan.ts';
import { dockerDirectory, engineIsAbsent, plainImage, settings, testRecipe } from './testEngine.ts';
import { tinyWheel } from './tinyWheel.ts';

const never = new AbortController().signal;
const PASSWORD = 'canary-81f3';
/** New each time, so that no layer of an earlier run serves. */
const VERSION = `1.${Date.now()}`;

describe.skipIf(await engineIsAbsent())('building an image', () => {
  const docker = new Docker();
  const made: ImageRecipe[] = [];
  let sources: ImageSources;

  beforeAll(async () => {
    // Hone's own Dockerfile and runner; no framework, so that it takes seconds.
    const none = { sklearn: '', keras: '', pytorch: '', boosting: '' };
    sources = { ...(await readImageSources(dockerDirectory)), requirements: none, older: none };
  });

  afterEach(async () => {
    for (const recipe of made.splice(0)) await docker.getImage(imageReference(recipe)).remove().catch(ignoreAbsent);
  });

  async function recipeOf(requirements: string): Promise<ImageRecipe> {
    const projectFiles = [{ path: 'requirements.txt', text: `${requirements}\n` }];
    const recipe = await testRecipe({ sources, projectFiles });
    made.push(recipe);
    return recipe;
  }

  function prepare(
    recipe: ImageRecipe,
    changes: Partial<ImageSettings> = {},
    report: string[] = [],
    signal = never,
  ): Promise<Environment> {
    const runtime = createDockerRuntime({ settings: { ...settings, ...changes }, dockerDirectory, host: null });
    return runtime.prepare({ image: recipe } as StudyPlan, ({ text }) => report.push(text), signal);
  }

  test('announces what it costs, tells its steps, and is not repeated', async () => {
    const wheels = await wheelFolder();
    const recipe = await recipeOf(`honetiny==${VERSION}`);
    const report: string[] = [];
    const first = await prepare(recipe, { wheels }, report);
    expect(first).toMatchObject({ built: true, image: imageReference(recipe) });
    expect(report[0]).toMatch(/^Building hone\/sklearn, once: downloads about \d+ MB and takes about \d+ min$/);
    expect(report.some((text) => /step \d+ of \d+: .*honetiny/.test(text))).toBe(true);
    const second = await prepare(recipe, { wheels });
    expect(second).toMatchObject({ built: false, digest: first.digest });
    expect(await runIn(recipe, ['python', '-c', 'import honetiny; print(honetiny.VALUE)'])).toContain('42');
    await rm(wheels, { recursive: true });
  });

  test('holds the runner as its entry point, for any user', async () => {
    const recipe = await recipeOf('');
    await prepare(recipe);
    const { Config } = await docker.getImage(imageReference(recipe)).inspect();
    expect(Config).toMatchObject({ Entrypoint: ['python', '-I', '-m', 'hone_runner'], User: '1000:1000' });
    const say = 'import getpass, os, hone_runner; print(getpass.getuser(), os.access(os.environ["HOME"], os.W_OK))';
    expect(await runIn(recipe, ['python', '-c', say], '4711:4711')).toContain('hone True');
  });

  test('that fails says which package and what pip said, and leaves no image', async () => {
    const recipe = await recipeOf('honetiny-absent==9');
    await expect(prepare(recipe)).rejects.toMatchObject({
      code: 'image-build',
      message: expect.stringMatching(/could not be built: no index has honetiny-absent for this Python\.$/),
    });
    expect(await exists(recipe)).toBe(false);
    expect(await docker.listImages({ filters: JSON.stringify({ dangling: ['true'], label: ['hone.image'] }) })).toEqual([]);
  });

  test('takes another release where a pinned one is gone, and says so whenever the image is used', async () => {
    const wheels = await wheelFolder();
    const recipe = await recipeOf('honetiny==9.1');
    const report: string[] = [];
    const first = await prepare(recipe, { wheels }, report);
    const notes = [
      'honetiny 9.1 could not be installed: honetiny>=9.1,<10 is taken instead.',
      'honetiny >=9.1,<10 could not be installed: any release is taken instead.',
    ];
    expect(first).toMatchObject({ built: true, notes });
    expect(report).toEqual(expect.arrayContaining(notes));
    expect(await prepare(recipe, { wheels })).toMatchObject({ built: false, notes });
    expect(await runIn(recipe, ['python', '-c', 'import honetiny; print(honetiny.VALUE)'])).toContain('42');
    await rm(wheels, { recursive: true });
  });

  test('is listed with its size, and removed when it is not wanted any more', async () => {
    const recipe = await recipeOf('');
    const { digest } = await prepare(recipe);
    const listed = (await listImages(docker)).find(({ id }) => id === digest);
    expect(listed).toMatchObject({ name: imageReference(recipe), used: false });
    expect(listed?.bytes).toBeGreaterThan(1_000_000);
    expect((await listImages(docker)).map(({ name }) => name)).not.toContain(plainImage);
    await removeImages(docker, [digest ?? '']);
    expect(await exists(recipe)).toBe(false);
  });

  test('is done once for two who want it at once, and stops when both have gone', async () => {
    const recipe = await recipeOf('');
    const runtime = createDockerRuntime({ settings, dockerDirectory, host: null });
    const plan = { image: recipe } as StudyPlan;
    const [one, other] = [new AbortController(), new AbortController()];
    const both = [one, other].map(({ signal }) => runtime.prepare(plan, () => {}, signal));
    one.abort();
    await expect(both[0]).rejects.toMatchObject({ code: 'cancelled' });
    other.abort();
    await expect(both[1]).rejects.toMatchObject({ code: 'cancelled' });
    expect(await exists(recipe)).toBe(false);
  });

  test('takes packages from an index with a password that stays in no layer, no history and no message', async () => {
    const server = await serveIndex();
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const indexUrl = `http://someone:${PASSWORD}@${await hostAddress(docker)}:${port}/simple`;
    const recipe = await recipeOf(`honetiny==${VERSION}`);
    const report: string[] = [];
    await prepare(recipe, { indexUrl }, report);
    server.close();
    const image = docker.getImage(imageReference(recipe));
    expect(JSON.stringify([await image.inspect(), await image.history(), report, recipe])).not.toContain(PASSWORD);
    expect(
      await runIn(recipe, ['sh', '-c', `grep -rl ${PASSWORD} /opt /etc /var /home /run /tmp /usr/local || echo nowhere`], '0:0'),
    ).toContain('nowhere');
  });

  async function exists(recipe: ImageRecipe): Promise<boolean> {
    const images = await docker.listImages({ filters: JSON.stringify({ reference: [imageReference(recipe)] }) });
    return images.length > 0;
  }

  async function runIn(recipe: ImageRecipe, command: readonly [string, ...string[]], user = '1000:1000'): Promise<string> {
    const options = {
      Image: imageReference(recipe),
      Entrypoint: [command[0]],
      Cmd: command.slice(1),
      User: user,
      HostConfig: { NetworkMode: 'none' },
    };
    const container = await docker.createContainer(options);
    await container.start();
    await container.wait();
    const output = (await container.logs({ stdout: true, stderr: true })).toString();
    await container.remove();
    return output;
  }
});

async function wheelFolder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'hone-wheels-'));
  const { file, bytes } = tinyWheel('honetiny', VERSION);
  await writeFile(join(directory, file), bytes);
  return directory;
}

/** A package index that wants a password, reachable from containers. */
async function serveIndex(): Promise<Server> {
  const { file, bytes } = tinyWheel('honetiny', VERSION);
  const server = createServer((request, response) => {
    const expected = `Basic ${Buffer.from(`someone:${PASSWORD}`).toString('base64')}`;
    if (request.headers.authorization !== expected) response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="index"' }).end();
    else if (request.url === `/${file}`) response.end(bytes);
    else if (request.url === '/simple/honetiny/')
      response.setHeader('Content-Type', 'text/html').end(`<a href="/${file}">${file}</a>`);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return server;
}

/** This machine as containers see it: the bridge's gateway, its first address where the engine does not say. */
async function hostAddress(docker: Docker): Promise<string> {
  const network = await docker.getNetwork('bridge').inspect();
  const config = network.IPAM?.Config?.[0];
  return config?.['Gateway'] ?? (config?.['Subnet'] ?? '172.17.0.0/16').replace(/\d+\/\d+$/, '1');
}

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof Error && 'statusCode' in error && error.statusCode === 404)) throw error;
}
