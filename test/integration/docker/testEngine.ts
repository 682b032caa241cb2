import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { probeEngine } from '../../../src/adapters/docker/probeEngine.ts';
import { readImageSources } from '../../../src/adapters/docker/readImageSources.ts';
import type { ImageRecipe } from '../../../src/core/images/ImageRecipe.ts';
import type { ImageSettings } from '../../../src/core/images/ImageSettings.ts';
import { DEFAULT_BASE_IMAGE } from '../../../src/core/images/imageCatalog.ts';
import { recipeFor, type RecipeRequest } from '../../../src/core/images/recipeFor.ts';

export const dockerDirectory = fileURLToPath(new URL('../../../docker', import.meta.url));

const { HONE_BASE_IMAGE, HONE_INDEX_URL, HONE_TORCH_INDEX_URL, HONE_CA_BUNDLE, HONE_WHEELS, HONE_REQUIRE } = process.env;

/** The machine's own settings, so that the tests run behind a proxy too. */
export const settings: ImageSettings = {
  baseImage: HONE_BASE_IMAGE ?? null,
  indexUrl: HONE_INDEX_URL ?? null,
  extraIndexUrls: [],
  torchIndexUrl: HONE_TORCH_INDEX_URL ?? null,
  registryMirror: null,
  caBundle: HONE_CA_BUNDLE ?? null,
  wheels: HONE_WHEELS ?? null,
};

/** An image with Python that is not ours. */
export const plainImage = HONE_BASE_IMAGE ?? DEFAULT_BASE_IMAGE;

/** True where there is no engine to test on; then it says so, and with HONE_REQUIRE=docker it throws. */
export async function engineIsAbsent(): Promise<boolean> {
  const state = await probeEngine(null);
  if (state.available) return false;
  if (HONE_REQUIRE?.split(',').includes('docker') === true) throw new Error(`HONE_REQUIRE asks for Docker. ${state.text}`);
  process.stderr.write(`Docker is absent: what needs it is skipped. ${state.text}\n`);
  return true;
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The recipe of one of Hone's images on this machine. */
export async function testRecipe(changes: Partial<RecipeRequest> = {}): Promise<ImageRecipe> {
  const sources = await readImageSources(dockerDirectory);
  return recipeFor({
    framework: 'sklearn',
    imports: [],
    needs: [],
    localModules: [],
    projectFiles: [],
    settings,
    sources,
    hash,
    ...changes,
  });
}
