import { admitsVersion } from './admitsVersion.ts';
import { mirrored } from './defaultBaseImage.ts';
import { imageGeneration, type ImageGeneration } from './imageGeneration.ts';
import type { ImageName } from './ImageSources.ts';
import { installableRequirements } from './installableRequirements.ts';
import { installedRequirements } from './installedRequirements.ts';
import { mergeRequirements, type MergedRequirements } from './mergeRequirements.ts';
import { distributionOf, fitToPython, PYTHONS } from './oldestReleases.ts';
import { parseRequirements } from './parseRequirements.ts';
import { projectRequirements } from './projectRequirements.ts';
import type { RecipeRequest } from './recipeFor.ts';
import { parseRequirement, type Requirement } from './Requirement.ts';
import { undeclaredPackages } from './undeclaredPackages.ts';

/** All that decides what is installed in an image. */
export interface ImageRequirements extends MergedRequirements {
  readonly baseImage: string;
  readonly constraints: readonly Requirement[];
  /** Libraries whose old names are given back. */
  readonly restored: readonly string[];
  /** What a person should know of it, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * What the project declares, then what its code uses, decides on versions; the Python is the project's where no base image is set. Throws
 * HoneError `configuration` where a project file cannot be read.
 */
export function imageRequirements(name: ImageName, request: RecipeRequest): ImageRequirements {
  const { settings, sources, needs } = request;
  const project = projectRequirements(request.projectFiles);
  const { kept, notes } = installableRequirements(project.requirements);
  const constraints = installableRequirements(project.constraints).kept;
  const installed = installedRequirements(request, parseRequirements(sources.requirements[name]), [...kept, ...constraints]);
  const known = new Set(installed.requirements.map(distributionOf));
  const declared = [...kept.filter((wish) => !known.has(distributionOf(wish))), ...installed.requirements];
  const wishes = [...declared, ...undeclared(request, declared)];
  const wantedPython = project.python === '' ? installed.python : project.python;
  const given = request.python ?? (settings.baseImage === null ? null : pythonOf(settings.baseImage));
  const python = given ?? choosePython(wantedPython, wishes);
  const fitted = fitToPython(wishes, python);
  const locked = constraints.filter((constraint) => fitToPython([constraint], python).relaxed.size === 0);
  const generation = imageGeneration(sources, name, needs, [...fitted.requirements, ...locked], {
    python,
    relaxed: fitted.relaxed,
  });
  const { binding, constraints: holding } = splitConstraints(locked, generation);
  return {
    ...mergeRequirements(generation.pins, [...fitted.requirements, ...generation.wishes, ...binding], generation.older),
    baseImage: settings.baseImage ?? mirrored(settings.registryMirror, `python:${python}-slim`),
    constraints: holding,
    restored: generation.restored,
    notes: [
      ...describePython(project.python, python, settings.baseImage),
      ...installed.notes,
      ...generation.notes,
      ...fitted.notes,
      ...project.notes,
      ...notes,
    ],
  };
}

/** Imports that the project does not declare, by name. */
function undeclared(request: RecipeRequest, declared: readonly Requirement[]): readonly Requirement[] {
  const names = new Set(declared.map(distributionOf));
  return undeclaredPackages(request)
    .map(parseRequirement)
    .filter((requirement) => !names.has(distributionOf(requirement)));
}

/** The first Python that the project admits and that has most of the releases that it wishes for. */
function choosePython(wanted: string, wishes: readonly Requirement[]): string {
  const admitted = PYTHONS.filter((python) => admitsPython(wanted, python));
  const candidates = admitted.length > 0 ? admitted : [PYTHONS[0]];
  const missing = (python: string): number => fitToPython(wishes, python).relaxed.size;
  return candidates.reduce((best, python) => (missing(python) < missing(best) ? python : best));
}

/** A series stands for its first release and its later ones. */
function admitsPython(specifier: string, python: string): boolean {
  return specifier === '' || admitsVersion(specifier, python) || admitsVersion(specifier, `${python}.20`);
}

/** The Python that a base image's tag names: `3.11` for `python:3.11-slim`; the default where it names none. */
function pythonOf(baseImage: string): string {
  return /python:(\d+\.\d+)/.exec(baseImage)?.[1] ?? PYTHONS[0];
}

function describePython(wanted: string, python: string, baseImage: string | null): readonly string[] {
  if (!admitsPython(wanted, python))
    return [
      `The project asks for Python ${wanted}; the image has ${python}${baseImage === null ? '' : `, since ${baseImage} is set as its base`}.`,
    ];
  return baseImage === null && python !== PYTHONS[0]
    ? [`The image has Python ${python}, because of what the project asks for.`]
    : [];
}

/** Locked versions that exclude what an image starts from must be wished for; the others only hold for what is installed anyway. */
function splitConstraints(
  locked: readonly Requirement[],
  { pins }: ImageGeneration,
): { binding: readonly Requirement[]; constraints: readonly Requirement[] } {
  const pinned = new Map(pins.map((pin) => [distributionOf(pin), pin.specifier.replace('==', '')]));
  const excludes = (constraint: Requirement): boolean => {
    const version = pinned.get(distributionOf(constraint));
    return version !== undefined && !admitsVersion(constraint.specifier, version);
  };
  return {
    binding: locked.filter(excludes),
    constraints: locked.filter((constraint) => constraint.specifier !== '' && !excludes(constraint)),
  };
}
