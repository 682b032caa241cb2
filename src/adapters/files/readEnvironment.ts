import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { HoneError } from '../../base/HoneError.ts';

/**
 * The variables of a file of `NAME=value` lines, as `docker run --env-file` and dotenv read it. Its values may be secrets: none of them is
 * told in an error.
 * @throws HoneError `configuration`
 */
export async function readEnvironment(path: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null)
    throw new HoneError('configuration', `The env_file ${path} cannot be read.`, { next: 'Correct `env_file` in hone.yaml.' });
  const variables = Object.entries(parseEnv(text)).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(variables);
}
