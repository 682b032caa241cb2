import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import type { EngineEndpoint } from './EngineEndpoint.ts';

/** What finding an engine depends on; tests give their own. */
export interface EngineSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

export function currentSurroundings(): EngineSurroundings {
  return { environment: process.env, home: homedir(), platform: process.platform };
}

/**
 * Finds the engine as the docker command does: the given host, DOCKER_HOST, DOCKER_CONTEXT, the current context of its
 * configuration, the platform's usual sockets. Throws HoneError `configuration` where a context is named that does not exist.
 */
export async function findEngineEndpoint(host: string | null, surroundings: EngineSurroundings): Promise<EngineEndpoint> {
  const { environment } = surroundings;
  const fromEnvironment = environment['DOCKER_HOST'];
  const certificates = environment['DOCKER_TLS_VERIFY']
    ? (environment['DOCKER_CERT_PATH'] ?? join(surroundings.home, '.docker'))
    : null;
  if (host !== null) return { host, certificates, origin: 'the setting' };
  if (fromEnvironment) return { host: fromEnvironment, certificates, origin: 'DOCKER_HOST' };
  const directory = environment['DOCKER_CONFIG'] ?? join(surroundings.home, '.docker');
  const context = environment['DOCKER_CONTEXT'] ?? (await currentContext(directory));
  if (context !== null && context !== 'default') return readContext(directory, context);
  return { host: defaultHost(surroundings), certificates: null, origin: 'the usual place' };
}

async function currentContext(directory: string): Promise<string | null> {
  const file = join(directory, 'config.json');
  if (!existsSync(file)) return null;
  const name = (await readJson(file))['currentContext'];
  return typeof name === 'string' && name !== '' ? name : null;
}

async function readContext(directory: string, name: string): Promise<EngineEndpoint> {
  const id = createHash('sha256').update(name).digest('hex');
  const file = join(directory, 'contexts', 'meta', id, 'meta.json');
  const unknown = new HoneError('configuration', `The Docker context "${name}" does not exist.`, {
    next: 'Choose another with docker context use.',
  });
  if (!existsSync(file)) throw unknown;
  const endpoints = (await readJson(file))['Endpoints'] as { docker?: { Host?: unknown } } | undefined;
  const host = endpoints?.docker?.Host;
  if (typeof host !== 'string') throw unknown;
  const tls = join(directory, 'contexts', 'tls', id, 'docker');
  return { host, certificates: existsSync(tls) ? tls : null, origin: `the Docker context "${name}"` };
}

async function readJson(file: string): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (error) {
    throw new HoneError('configuration', `${file} cannot be read as JSON.`, {
      next: 'Correct it, or set DOCKER_HOST.',
      cause: error,
    });
  }
}

function defaultHost({ environment, home, platform }: EngineSurroundings): string {
  if (platform === 'win32') return 'npipe:////./pipe/docker_engine';
  const runtime = environment['XDG_RUNTIME_DIR'];
  const sockets = [
    '/var/run/docker.sock',
    join(home, '.docker/run/docker.sock'),
    ...(runtime === undefined ? [] : [join(runtime, 'docker.sock')]),
  ];
  return `unix://${sockets.find((socket) => existsSync(socket)) ?? '/var/run/docker.sock'}`;
}
