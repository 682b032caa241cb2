import type Docker from 'dockerode';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import type { EngineEndpoint } from './EngineEndpoint.ts';
import { SshAgent } from './SshAgent.ts';

/**
 * A client of the engine; nothing is sent yet. No API version is named in its requests, so each engine answers in its own: old ones
 * know no new version and new ones refuse old ones. With `timeoutMs`, a silent engine's connection is cut, which would keep the process alive. Throws HoneError `configuration` where the address makes no sense.
 */
export async function connectEngine(endpoint: EngineEndpoint, timeoutMs?: number): Promise<Docker> {
  // Loading it costs more than a hundred milliseconds, which those who only look at studies need not pay.
  const { default: Client } = await import('dockerode');
  return new Client({
    ...noDefaults,
    ...(await clientOptions(endpoint)),
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
  });
}

/** The client would mix in what it finds in the environment. */
const noDefaults = {
  host: undefined,
  port: undefined,
  socketPath: undefined,
  protocol: undefined,
  ca: undefined,
  cert: undefined,
  key: undefined,
};

async function clientOptions(endpoint: EngineEndpoint): Promise<object> {
  const { host } = endpoint;
  if (host.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) };
  if (host.startsWith('npipe://')) return { socketPath: host.slice('npipe://'.length) };
  const url = parseAddress(host.includes('://') ? host : `tcp://${host}`, endpoint.origin);
  if (url.protocol === 'ssh:') return { host: 'docker', protocol: 'http', port: 80, agent: new SshAgent(url) };
  if (endpoint.certificates === null) return { host: url.hostname, port: url.port || '2375', protocol: 'http' };
  const read = (name: string): Promise<string> => readFile(join(endpoint.certificates ?? '', name), 'utf8');
  const [ca, cert, key] = await Promise.all(['ca.pem', 'cert.pem', 'key.pem'].map(read));
  return { host: url.hostname, port: url.port || '2376', protocol: 'https', ca, cert, key };
}

function parseAddress(text: string, origin: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && ['tcp:', 'http:', 'https:', 'ssh:'].includes(url.protocol)) return url;
  throw new HoneError('configuration', `"${text}", named by ${origin}, is not the address of a Docker engine.`, {
    next: 'Write it like unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host.',
  });
}
