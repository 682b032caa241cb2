import type { Framework } from '../scan/Script.ts';
import { admitsVersion } from './admitsVersion.ts';
import { placeOfNeed } from './imageGeneration.ts';
import type { InstalledPackages } from './InstalledPackages.ts';
import { distributionOf, PYTHONS } from './oldestReleases.ts';
import type { RecipeRequest } from './recipeFor.ts';
import { parseRequirement, type Requirement } from './Requirement.ts';
import { undeclaredPackages } from './undeclaredPackages.ts';

/** What the user's own environment says of versions. */
export interface InstalledRequirements {
  readonly requirements: readonly Requirement[];
  /** `==3.10.*`; empty where there is none, or no image for it. */
  readonly python: string;
  readonly notes: readonly string[];
}

const NOTHING: InstalledRequirements = { requirements: [], python: '', notes: [] };
const NOTED = 6;

/**
 * The versions that the user's environment has of what the image holds and the script imports, as far as the project declares none. Where the
 * framework is not installed there, or it is at odds with what the project declares or the code uses, it is not the environment that the
 * script runs in, and says nothing.
 * @param ours what the image holds by itself
 */
export function installedRequirements(
  request: RecipeRequest,
  ours: readonly Requirement[],
  declared: readonly Requirement[],
): InstalledRequirements {
  const { installed } = request;
  if (installed == null) return NOTHING;
  const versions = versionsOf(installed);
  if (!holdsFramework(request.framework, versions)) return NOTHING;
  const wished = declared.filter(({ specifier }) => specifier !== '');
  if (wished.some((wish) => isAtOdds(wish, versions))) return NOTHING;
  const lacking = request.needs.find((need) => !admitsVersion(`<${need.below}`, versions.get(need.package) ?? '0'));
  if (lacking !== undefined) {
    const note = `The versions in ${installed.place} were not taken: ${placeOfNeed(lacking)} uses ${lacking.api}, which they no longer have.`;
    return { ...NOTHING, notes: [note] };
  }
  const settled = new Set(wished.map(distributionOf));
  const pinsOf = (wishes: readonly Requirement[]): readonly Requirement[] =>
    wishes.flatMap((wish) => {
      const version = versions.get(distributionOf(wish));
      return wish.name === null || version === undefined || settled.has(distributionOf(wish)) ? [] : [pin(wish, version)];
    });
  const held = new Set(ours.map(distributionOf));
  const beside = [...declared, ...undeclaredPackages(request).map(parseRequirement)].filter(
    (wish) => !held.has(distributionOf(wish)),
  );
  const [inImage, further] = [pinsOf(ours), pinsOf(beside)];
  const same = inImage.every(({ text }) => ours.some((own) => own.text === text));
  const python = PYTHONS.some((known) => known === installed.python) ? `==${installed.python}.*` : '';
  return { requirements: [...(same ? [] : inImage), ...further], python, notes: describe(installed, [...inImage, ...further]) };
}

/** By one name for all builds of a package; releases only, since no index has what was built by hand. */
function versionsOf({ versions }: InstalledPackages): ReadonlyMap<string, string> {
  const released = Object.entries(versions).map(([name, version]) => [name, version.replace(/\+.*$/, '')] as const);
  return new Map(
    released
      .filter(([, version]) => /^\d+(?:\.\d+)*(?:\.post\d+)?$/.test(version))
      .map(([name, version]) => [distributionOf(parseRequirement(name)), version]),
  );
}

const frameworks: Readonly<Record<Framework, readonly string[]>> = {
  keras: ['tensorflow', 'keras'],
  sklearn: ['scikit-learn'],
  pytorch: ['torch'],
  xgboost: ['xgboost'],
  lightgbm: ['lightgbm'],
  catboost: ['catboost'],
  none: ['scikit-learn', 'numpy'],
};

function holdsFramework(framework: Framework, versions: ReadonlyMap<string, string>): boolean {
  return frameworks[framework].some((name) => versions.has(name));
}

function isAtOdds(wish: Requirement, versions: ReadonlyMap<string, string>): boolean {
  const version = versions.get(distributionOf(wish));
  return version !== undefined && /^[\d.,<>=!~\s()*]+$/.test(wish.specifier) && !admitsVersion(wish.specifier, version);
}

/** XGBoost has its build without CUDA since 3.0. */
function pin({ name, marker, extras }: Requirement, version: string): Requirement {
  const whole = name === 'xgboost-cpu' && !admitsVersion('>=3', version);
  const chosen = `${whole ? 'xgboost' : name}${extras.length === 0 ? '' : `[${extras.join(',')}]`}`;
  return parseRequirement(`${chosen}==${version}${marker === '' ? '' : `; ${marker}`}`);
}

function describe({ place }: InstalledPackages, requirements: readonly Requirement[]): readonly string[] {
  const listed = [...new Map(requirements.map((each) => [distributionOf(each), each.specifier.slice(2)]))].map((each) =>
    each.join(' '),
  );
  if (listed.length === 0) return [];
  return [`Versions from ${place}: ${listed.slice(0, NOTED).join(', ')}${listed.length > NOTED ? ', …' : ''}.`];
}
