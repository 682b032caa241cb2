import type Docker from 'dockerode';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { rootCertificates } from 'node:tls';
import { HoneError } from '../../base/HoneError.ts';
import type { ImageRecipe } from '../../core/images/ImageRecipe.ts';
import { imageReference } from '../../core/images/imageReference.ts';
import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import { renderPipConfig } from '../../core/images/renderPipConfig.ts';
import type { Progress } from '../../core/ports/Runtime.ts';
import { withRefusals } from '../withRefusals.ts';
import { BuildLog } from './BuildLog.ts';
import { openBuildSession } from './BuildSession.ts';
import { dialEngine } from './dialEngine.ts';
import { describeBuildFailure } from '../describeBuildFailure.ts';
import { packBuildContext } from './packBuildContext.ts';

/** BuildKit refuses larger secrets. */
const SECRET_BYTES = 500 * 1024;

/**
 * Builds a recipe's image with BuildKit; the notes are kept in its label `hone.notes`. The tag appears when all of it is done, so an aborted or failed build leaves no image. Throws
 * HoneError image-build, disk-full, configuration or cancelled, and the client's own errors.
 */
export async function buildImage(
  docker: Docker,
  recipe: ImageRecipe,
  settings: ImageSettings,
  notes: readonly string[],
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<void> {
  const log = new BuildLog(recipe.repository, recipe.downloadBytes);
  const session = await openBuildSession(docker, await buildSecrets(recipe, settings));
  const id = randomUUID();
  const cancel = (): void => void cancelBuild(docker, id).catch(ignoreEnded);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    signal.throwIfAborted();
    const stream = await startBuild(
      docker,
      recipe,
      settings,
      { session: session.id, buildid: id, labels: labelsOf(recipe, notes) },
      signal,
    );
    for await (const chunk of stream) {
      log.write(chunk as Buffer);
      onProgress(log.progress());
    }
  } catch (error) {
    signal.throwIfAborted(); // The connection was cut by us.
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
    session.dispose();
  }
  signal.throwIfAborted();
  if (log.failure !== null)
    throw describeBuildFailure(`The image ${imageReference(recipe)}`, await withRefusals(log.failure, settings));
}

async function buildSecrets(recipe: ImageRecipe, settings: ImageSettings): Promise<ReadonlyMap<string, string>> {
  const certificates = settings.caBundle === null ? null : await readCertificates(settings.caBundle);
  const paths = {
    wheels: settings.wheels === null ? null : '/wheels',
    certificates: certificates === null ? null : '/run/secrets/ca',
  };
  const secrets = new Map([['pip', renderPipConfig(recipe, settings, paths)]]);
  return certificates === null ? secrets : secrets.set('ca', certificates);
}

/** The bundle with the usual certificates behind it, where both fit. */
async function readCertificates(path: string): Promise<string> {
  const own = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new HoneError('configuration', `The certificates in ${path} cannot be read.`, {
      next: 'Correct the setting hone.images.caBundle.',
      cause,
    });
  });
  const both = `${own}\n${rootCertificates.join('\n')}\n`;
  return Buffer.byteLength(both) < SECRET_BYTES ? both : own;
}

/**
 * Dials by hand what `docker.buildImage(…, { version: '2' })` sends: that would open a session of its own, which serves no secrets.
 */
function startBuild(
  docker: Docker,
  recipe: ImageRecipe,
  settings: ImageSettings,
  ids: object,
  abortSignal: AbortSignal,
): Promise<Readable> {
  const options = {
    ...ids,
    version: '2',
    t: imageReference(recipe),
    dockerfile: 'Dockerfile',
    buildargs: recipe.buildArguments,
    ...(usesThisMachine(recipe, settings) ? { networkmode: 'host' } : {}),
  };
  const file = packBuildContext(recipe, settings.wheels);
  const statusCodes = { 200: true, 400: 'bad parameter', 500: 'server error' };
  return dialEngine<Readable>(docker, {
    method: 'POST',
    path: '/build?',
    file,
    options,
    abortSignal,
    isStream: true,
    statusCodes,
  });
}

/** An index on this machine's own loopback can only be reached from its own network. */
function usesThisMachine(recipe: ImageRecipe, { indexUrl, extraIndexUrls }: ImageSettings): boolean {
  const wishes = recipe.files.find(({ path }) => path === 'project.txt')?.text ?? '';
  const addresses = [indexUrl ?? '', ...extraIndexUrls, wishes].join(' ');
  return /https?:\/\/(?:[^\s/@]*@)?(?:localhost|127(?:\.\d+){3}|\[::1\])[:/]/.test(addresses);
}

function labelsOf(recipe: ImageRecipe, notes: readonly string[]): Readonly<Record<string, string>> {
  return { 'hone.image': recipe.repository, ...(notes.length === 0 ? {} : { 'hone.notes': JSON.stringify(notes) }) };
}

async function cancelBuild(docker: Docker, id: string): Promise<void> {
  const statusCodes = { 200: true, 204: true };
  await dialEngine(docker, { method: 'POST', path: '/build/cancel?', options: { _query: { id }, _body: {} }, statusCodes });
}

/** A build that ended by itself in the meantime cannot be cancelled, which is as good. */
function ignoreEnded(): void {}
