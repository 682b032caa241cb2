import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { currentSurroundings, type EngineSurroundings } from './findEngineEndpoint.ts';

/** What a registry asks for; an identity token stands alone, without a user. */
export interface RegistryCredentials {
  readonly user: string;
  readonly secret: string;
}

const configurationSchema = v.object({
  auths: v.optional(v.record(v.string(), v.object({ auth: v.optional(v.string()), identitytoken: v.optional(v.string()) })), {}),
  credHelpers: v.optional(v.record(v.string(), v.string()), {}),
  credsStore: v.optional(v.string()),
});
type DockerConfiguration = v.InferOutput<typeof configurationSchema>;

const answerSchema = v.pipe(v.string(), v.parseJson(), v.object({ Username: v.string(), Secret: v.string() }));

/** Docker Hub answers to several names; docker login writes its credentials under the first. */
const HUB = ['https://index.docker.io/v1/', 'docker.io', 'index.docker.io', 'registry-1.docker.io'];
const HELPER_TIMEOUT_MS = 10_000;

/** The credentials that docker login left for a registry, from its configuration or a credential helper; null where there are none. */
export async function readRegistryCredentials(
  registry: string,
  surroundings: EngineSurroundings = currentSurroundings(),
): Promise<RegistryCredentials | null> {
  const configuration = await readConfiguration(surroundings);
  if (configuration === null) return null;
  const names = HUB.includes(registry)
    ? HUB
    : [registry, `https://${registry}`, `https://${registry}/v1/`, `https://${registry}/v2/`];
  const helper =
    names.map((name) => configuration.credHelpers[name]).find((found) => found !== undefined) ?? configuration.credsStore;
  for (const name of names) {
    const found = helper === undefined ? null : await askHelper(helper, name, surroundings);
    const credentials = found ?? storedCredentials(configuration, name);
    if (credentials !== null) return credentials;
  }
  return null;
}

/** The registry of an image's name: what stands before its first `/`, where that is a host, else Docker Hub. */
export function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/');
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io';
}

async function readConfiguration({ environment, home }: EngineSurroundings): Promise<DockerConfiguration | null> {
  const file = join(environment['DOCKER_CONFIG'] ?? join(home, '.docker'), 'config.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), configurationSchema), text);
  return parsed.success ? parsed.output : null;
}

function storedCredentials({ auths }: DockerConfiguration, name: string): RegistryCredentials | null {
  const entry = auths[name];
  if (entry?.identitytoken !== undefined && entry.identitytoken !== '') return { user: '', secret: entry.identitytoken };
  const [user, ...secret] = Buffer.from(entry?.auth ?? '', 'base64')
    .toString('utf8')
    .split(':');
  return user === undefined || secret.length === 0 ? null : { user, secret: secret.join(':').replace(/\0+$/, '') };
}

/** A helper that is missing, slow or does not know the registry has no credentials. */
function askHelper(helper: string, registry: string, { environment }: EngineSurroundings): Promise<RegistryCredentials | null> {
  if (!/^[\w.-]+$/.test(helper)) return Promise.resolve(null);
  return new Promise((resolve) => {
    const options = { timeout: HELPER_TIMEOUT_MS, env: { ...environment }, windowsHide: true };
    const child = execFile(`docker-credential-${helper}`, ['get'], options, (error, output) => {
      const parsed = error === null ? v.safeParse(answerSchema, output) : null;
      if (parsed?.success !== true) return resolve(null);
      const { Username: user, Secret: secret } = parsed.output;
      resolve({ user: user === '<token>' ? '' : user, secret });
    });
    child.stdin?.on('error', () => resolve(null));
    child.stdin?.end(registry);
  });
}
