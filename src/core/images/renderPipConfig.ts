import { DEFAULT_TORCH_INDEX } from './imageCatalog.ts';
import type { ImageRecipe } from './ImageRecipe.ts';
import type { ImageSettings } from './ImageSettings.ts';

/**
 * pip's configuration for one build. It may hold passwords, so it is given to the build as a secret and is in no layer. `wheels` and
 * `certificates` are paths within the build, null where there are none.
 */
export function renderPipConfig(
  recipe: ImageRecipe,
  settings: ImageSettings,
  paths: { readonly wheels: string | null; readonly certificates: string | null },
): string {
  const torchIndex = 'TORCH_INDEX_URL' in recipe.buildArguments ? (settings.torchIndexUrl ?? DEFAULT_TORCH_INDEX) : null;
  const extra = [...settings.extraIndexUrls, ...(torchIndex === null ? [] : [torchIndex])];
  const lines = [
    '[global]',
    'disable-pip-version-check = true',
    'root-user-action = ignore',
    'no-input = true',
    'progress-bar = off',
    'timeout = 60',
    ...option('index-url', settings.indexUrl),
    ...option('extra-index-url', extra.length === 0 ? null : extra.join(' ')),
    ...trustedHosts([settings.indexUrl, ...extra]),
    ...option('find-links', paths.wheels),
    ...option('cert', paths.certificates),
  ];
  return `${lines.join('\n')}\n`;
}

/** pip leaves out an index without TLS unless it is told to trust it; whoever names one in the settings does. */
function trustedHosts(urls: readonly (string | null)[]): readonly string[] {
  const hosts = urls
    .filter((url) => url?.startsWith('http://'))
    .map((url) => /^http:\/\/(?:[^/]*@)?([^/]*)/.exec(url ?? '')?.[1] ?? '');
  return option('trusted-host', hosts.length === 0 ? null : hosts.join(' '));
}

/** A line break in a value would start another option. */
function option(name: string, value: string | null): readonly string[] {
  return value === null ? [] : [`${name} = ${value.replace(/[\r\n]/g, '')}`];
}
