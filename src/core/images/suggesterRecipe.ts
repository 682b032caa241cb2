import { DEFAULT_BASE_IMAGE } from './imageCatalog.ts';
import type { ContextFile, ImageRecipe } from './ImageRecipe.ts';
import type { ImageSettings } from './ImageSettings.ts';
import { withoutCredentials } from './withoutCredentials.ts';

/** What the suggester is made of, as text: read from docker/suggester. */
export interface SuggesterSources {
  readonly dockerfile: string;
  readonly requirements: string;
  /** Its package, paths relative to docker/suggester. */
  readonly package: readonly ContextFile[];
}

/** The recipe of the suggester's image: the same base image, mirror and index as all others. `hash` is SHA-256 in hexadecimal. */
export function suggesterRecipe(
  sources: SuggesterSources,
  { baseImage, registryMirror, indexUrl, extraIndexUrls }: ImageSettings,
  hash: (text: string) => string,
): ImageRecipe {
  const files: readonly ContextFile[] = [
    { path: 'Dockerfile', text: sources.dockerfile },
    { path: 'framework.txt', text: sources.requirements },
    { path: 'project.txt', text: '' },
    { path: 'constraints.txt', text: '' },
    ...sources.package.map(({ path, text }) => ({ path: `suggester/${path}`, text })),
  ];
  const indexes = [...(indexUrl === null ? [] : [indexUrl]), ...extraIndexUrls];
  const mirrored = registryMirror === null ? DEFAULT_BASE_IMAGE : `${registryMirror.replace(/\/+$/, '')}/${DEFAULT_BASE_IMAGE}`;
  const buildArguments = {
    BASE_IMAGE: baseImage ?? mirrored,
    ...(indexes.length === 0 ? {} : { INDEX_URL: withoutCredentials(indexes.join(' ')) }),
  };
  return {
    repository: 'hone/suggester',
    tag: hash(JSON.stringify([buildArguments, files])).slice(0, 12),
    builds: true,
    runner: 'inside',
    files,
    buildArguments,
    downloadBytes: 90_000_000,
    buildSeconds: 25,
    contents: sources.requirements.split('\n').filter((line) => /^\w/.test(line)),
    notes: [],
  };
}
