import type { ApiNeed, Framework } from '../scan/Script.ts';
import { DEFAULT_BASE_IMAGE, DEFAULT_TORCH_INDEX, imageCosts, imageNameOf, packageCost } from './imageCatalog.ts';
import type { ContextFile, ImageRecipe } from './ImageRecipe.ts';
import { compatibilityFiles, imageGeneration } from './imageGeneration.ts';
import type { ImageSettings } from './ImageSettings.ts';
import type { ImageSources } from './ImageSources.ts';
import { mergeRequirements, type MergedRequirements } from './mergeRequirements.ts';
import { parseRequirement, type Requirement } from './Requirement.ts';
import { projectRequirements } from './projectRequirements.ts';
import { undeclaredPackages } from './undeclaredPackages.ts';
import { withoutCredentials } from './withoutCredentials.ts';

export interface RecipeRequest {
  readonly framework: Framework;
  /** Top-level names of the modules that the script and its local modules import. */
  readonly imports: readonly string[];
  /** What the code uses that newer releases took out. */
  readonly needs: readonly ApiNeed[];
  /** Names of the modules and packages that the project itself holds; they are never installed. */
  readonly localModules: readonly string[];
  /** The requirements.txt and pyproject.toml that apply, the script's own folder before the root. */
  readonly projectFiles: readonly ContextFile[];
  readonly settings: ImageSettings;
  readonly sources: ImageSources;
  /** SHA-256 of a UTF-8 text, in hexadecimal. */
  readonly hash: (text: string) => string;
}

/** The recipe of the image that a script trains in. Throws HoneError `configuration` where a project file cannot be read. */
export function recipeFor(request: RecipeRequest): ImageRecipe {
  const { sources, settings } = request;
  const name = imageNameOf(request.framework);
  const baseImage = baseImageFor(settings);
  const wishes = wishesOf(request);
  const generation = imageGeneration(sources, name, request.needs, wishes, pythonOf(baseImage));
  const merged = mergeRequirements(generation.pins, [...wishes, ...generation.wishes], generation.older);
  const files: readonly ContextFile[] = [
    { path: 'Dockerfile', text: sources.dockerfile },
    { path: 'framework.txt', text: renderRequirements(merged.framework) },
    { path: 'project.txt', text: renderRequirements(merged.project) },
    ...sources.runner.map((file) => ({ path: `runner/${file.path}`, text: file.text })),
    ...compatibilityFiles(sources, generation.restored),
  ];
  const buildArguments = buildArgumentsFor(settings, merged, baseImage);
  const cost = imageCosts[name];
  return {
    repository: `hone/${name}`,
    tag: request.hash(JSON.stringify([buildArguments, files])).slice(0, 12),
    builds: true,
    runner: 'inside',
    files,
    buildArguments,
    downloadBytes: cost.downloadBytes + merged.project.length * packageCost.downloadBytes,
    buildSeconds: cost.buildSeconds + merged.project.length * packageCost.buildSeconds,
    contents: [...merged.framework, ...merged.project].map(describeRequirement),
    notes: [...generation.notes, ...merged.notes],
  };
}

/** What the project declares; imports that it does not declare are added by name. */
function wishesOf(request: RecipeRequest): readonly Requirement[] {
  const declared = request.projectFiles.flatMap((file) => projectRequirements(file).requirements);
  const names = new Set(declared.map((requirement) => requirement.name));
  const undeclared = undeclaredPackages(request).filter((name) => !names.has(name));
  return [...declared, ...undeclared.map(parseRequirement)];
}

function baseImageFor(settings: ImageSettings): string {
  const mirror = settings.registryMirror === null ? '' : `${settings.registryMirror.replace(/\/+$/, '')}/`;
  return settings.baseImage ?? mirror + DEFAULT_BASE_IMAGE;
}

/** The Python that a base image's tag names: `3.11` for `python:3.11-slim`; the default image's where it names none. */
function pythonOf(baseImage: string): string {
  return /python:(\d+\.\d+)/.exec(baseImage)?.[1] ?? /:(\d+\.\d+)/.exec(DEFAULT_BASE_IMAGE)?.[1] ?? '3.11';
}

function buildArgumentsFor(settings: ImageSettings, merged: MergedRequirements, baseImage: string): Readonly<Record<string, string>> {
  const torch = [...merged.framework, ...merged.project].some((requirement) => requirement.name?.startsWith('torch') === true);
  const torchIndex = torch ? (settings.torchIndexUrl ?? DEFAULT_TORCH_INDEX) : '';
  return {
    BASE_IMAGE: baseImage,
    ...(settings.indexUrl === null ? {} : { INDEX_URL: withoutCredentials(settings.indexUrl) }),
    ...(torchIndex === '' ? {} : { TORCH_INDEX_URL: withoutCredentials(torchIndex) }),
  };
}

function renderRequirements(requirements: readonly Requirement[]): string {
  return requirements.map((requirement) => `${requirement.text}\n`).join('');
}

function describeRequirement(requirement: Requirement): string {
  if (requirement.name === null) return requirement.text;
  return `${requirement.name} ${requirement.specifier.replace(/^==/, '')}`.trim();
}
