import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SuggesterSources } from '../../core/images/suggesterRecipe.ts';

/** Reads what the suggester is made of out of docker/suggester. */
export async function readSuggesterSources(directory: string): Promise<SuggesterSources> {
  const read = (path: string): Promise<string> => readFile(join(directory, path), 'utf8');
  const names = (await readdir(join(directory, 'hone_suggester'))).filter((name) => name.endsWith('.py')).sort();
  const modules = names.map(async (name) => ({ path: `hone_suggester/${name}`, text: await read(join('hone_suggester', name)) }));
  return {
    dockerfile: await read('Dockerfile'),
    requirements: await read('requirements.txt'),
    package: await Promise.all(modules),
  };
}
