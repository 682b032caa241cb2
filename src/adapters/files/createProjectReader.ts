import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import type { ContextFile } from '../../core/images/ImageRecipe.ts';
import type { ImageSources } from '../../core/images/ImageSources.ts';
import type { ProjectReader } from '../../core/ports/ProjectReader.ts';
import type { Configuration } from '../../core/study/Configuration.ts';
import { parseConfiguration } from '../../core/study/parseConfiguration.ts';
import { readDependencies } from './readDependencies.ts';
import { freeBytes } from './freeBytes.ts';
import { readEnvironment } from './readEnvironment.ts';
import { readLaunches } from './readLaunches.ts';
import { resolveData } from './resolveData.ts';
import { readImageSources } from '../docker/readImageSources.ts';

/** Reads projects from the disk, and what images are built from out of `dockerDirectory`. */
export function createProjectReader(dockerDirectory: string): ProjectReader {
  let sources: Promise<ImageSources> | null = null;
  return {
    kindOf,
    freeBytes,
    readConfiguration,
    readDependencies,
    readDockerfile,
    localModules,
    resolveData,
    readEnvironment,
    readLaunches,
    imageSources: () => (sources ??= readImageSources(dockerDirectory)),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
  };
}

async function kindOf(path: string): Promise<'file' | 'directory' | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  return found.isDirectory() ? 'directory' : found.isFile() ? 'file' : null;
}

async function readConfiguration(folder: string): Promise<Configuration> {
  const text = await readText(join(folder, 'hone.yaml'));
  if (text === null) return {};
  const { configuration, problems } = parseConfiguration(text);
  if (configuration !== null) return configuration;
  const [first, ...others] = problems;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  throw new HoneError('configuration', `hone.yaml, line ${first.line}: ${first.message}${more}`, {
    next: 'Correct it and run again.',
  });
}

async function readDockerfile(path: string): Promise<{ dockerfile: string; context: readonly ContextFile[] }> {
  const dockerfile = await readFile(path, 'utf8');
  const named = [...dockerfile.matchAll(/^\s*(?:COPY|ADD)\s+(?!--from)(.+)\s\S+\s*$/gim)].flatMap((match) =>
    (match[1] ?? '').split(/\s+/),
  );
  const context: ContextFile[] = [];
  for (const name of new Set(named)) {
    const isPlain = /^[\w./-]+$/.test(name) && !name.includes('..') && !name.startsWith('/');
    const text = isPlain ? await readText(join(dirname(path), name)) : null;
    if (text !== null) context.push({ path: name, text });
  }
  return { dockerfile, context };
}

async function localModules(folders: readonly string[]): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const folder of folders) {
    for (const item of await readdir(folder, { withFileTypes: true })) {
      if (item.isDirectory()) names.add(item.name);
      else if (item.name.endsWith('.py')) names.add(item.name.slice(0, -3));
    }
  }
  return [...names].sort();
}

/** The text of a file, without a BOM, or null where there is none. */
async function readText(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR')
    )
      return null;
    throw error;
  }
}
