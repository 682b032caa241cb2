import type { ApiNeed, Framework } from '../scan/Script.ts';
import { DEFAULT_TORCH_INDEX, imageCosts, imageNameOf, packageCost } from './imageCatalog.ts';
import { compatibilityFiles } from './imageGeneration.ts';
import type { ContextFile, ImageRecipe } from './ImageRecipe.ts';
import { imageRequirements, type ImageRequirements } from './imageRequirements.ts';
import type { ImageSettings } from './ImageSettings.ts';
import type { InstalledPackages } from './InstalledPackages.ts';
import type { ImageSources } from './ImageSources.ts';
import { passwordIndexes } from './passwordIndexes.ts';
import type { Requirement } from './Requirement.ts';
import { GPU_DOWNLOAD_BYTES, withGpuBuild } from './withGpuBuild.ts';
import { withoutCredentials } from './withoutCredentials.ts';

export interface RecipeRequest {
  readonly framework: Framework;
  /** Top-level names of the modules that the script and its local modules import. */
  readonly imports: readonly string[];
  /** What the code uses that newer releases took out. */
  readonly needs: readonly ApiNeed[];
  /** Names of the modules and packages that the project itself holds; they are never installed. */
  readonly localModules: readonly string[];
  /** The files that say what the project needs, the script's own folder before the root, and those that they include. */
  readonly projectFiles: readonly ContextFile[];
  /** What the user's own environment holds; it decides on versions that the project does not declare. */
  readonly installed?: InstalledPackages | null;
  /** The Python that there is, `3.11`, where it cannot be chosen. */
  readonly python?: string | null;
  readonly settings: ImageSettings;
  /** Whether trials get GPUs, so that libraries need their builds with CUDA. */
  readonly gpus?: boolean;
  readonly sources: ImageSources;
  /** SHA-256 of a UTF-8 text, in hexadecimal. */
  readonly hash: (text: string) => string;
}

/** The recipe of the image that a script trains in. Throws HoneError `configuration` where a project file cannot be read. */
export function recipeFor(request: RecipeRequest): ImageRecipe {
  const { sources, settings } = request;
  const name = imageNameOf(request.framework, request.imports);
  const chosen = request.gpus === true ? withGpuBuilds(imageRequirements(name, request)) : imageRequirements(name, request);
  const files: readonly ContextFile[] = [
    { path: 'Dockerfile', text: sources.dockerfile },
    // A project that names the one index to use means all packages by it, not its own alone.
    { path: 'framework.txt', text: renderRequirements([...chosen.project.filter(replacesIndex), ...chosen.framework]) },
    { path: 'project.txt', text: renderRequirements(chosen.project) },
    { path: 'constraints.txt', text: renderRequirements(chosen.constraints) },
    ...sources.runner.map((file) => ({ path: `runner/${file.path}`, text: file.text })),
    ...compatibilityFiles(sources, chosen.restored),
  ];
  // PyTorch's index of builds for processors would be preferred to those with CUDA, which are the package index's.
  const buildArguments = buildArgumentsFor(request.gpus === true ? { ...settings, torchIndexUrl: '' } : settings, chosen);
  const cost = imageCosts[name];
  // Where PyTorch comes from the package index, it brings CUDA along, asked for or not.
  const bringsCuda = request.gpus === true || (name === 'pytorch' && settings.torchIndexUrl === '');
  return {
    repository: `hone/${name}`,
    tag: request.hash(JSON.stringify([buildArguments, files])).slice(0, 12),
    builds: true,
    runner: 'inside',
    files,
    buildArguments,
    downloadBytes: (bringsCuda ? GPU_DOWNLOAD_BYTES : 0) + cost.downloadBytes + chosen.project.length * packageCost.downloadBytes,
    buildSeconds: cost.buildSeconds + chosen.project.length * packageCost.buildSeconds,
    contents: [...chosen.framework, ...chosen.project].map(describeRequirement),
    notes: chosen.notes,
    ...passwordFilesOf(request.projectFiles),
  };
}

function withGpuBuilds(chosen: ImageRequirements): ImageRequirements {
  return {
    ...chosen,
    framework: chosen.framework.map(withGpuBuild),
    project: chosen.project.map(withGpuBuild),
    constraints: chosen.constraints.map(withGpuBuild).filter(({ extras }) => extras.length === 0),
  };
}

function buildArgumentsFor(settings: ImageSettings, chosen: ImageRequirements): Readonly<Record<string, string>> {
  const torch = [...chosen.framework, ...chosen.project].some((requirement) => requirement.name?.startsWith('torch') === true);
  const torchIndex = torch ? (settings.torchIndexUrl ?? DEFAULT_TORCH_INDEX) : '';
  const indexes = [...(settings.indexUrl === null ? [] : [settings.indexUrl]), ...settings.extraIndexUrls];
  return {
    BASE_IMAGE: chosen.baseImage,
    ...(indexes.length === 0 ? {} : { INDEX_URL: withoutCredentials(indexes.join(' ')) }),
    ...(torchIndex === '' ? {} : { TORCH_INDEX_URL: withoutCredentials(torchIndex) }),
  };
}

function passwordFilesOf(files: readonly ContextFile[]): Pick<ImageRecipe, 'passwordFiles'> {
  const passwordFiles = files.filter((file) => passwordIndexes(file, {}).length > 0).map(({ path }) => path);
  return passwordFiles.length === 0 ? {} : { passwordFiles };
}

function replacesIndex({ text }: Requirement): boolean {
  return /^(?:-i|--index-url)\b/.test(text);
}

function renderRequirements(requirements: readonly Requirement[]): string {
  return requirements.map((requirement) => `${requirement.text}\n`).join('');
}

function describeRequirement(requirement: Requirement): string {
  if (requirement.name === null) return requirement.text;
  return `${requirement.name} ${requirement.specifier.replace(/^==/, '')}`.trim();
}
