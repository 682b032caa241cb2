import type { ApiNeed } from '../scan/Script.ts';
import { admitsVersion } from './admitsVersion.ts';
import type { ContextFile } from './ImageRecipe.ts';
import type { ImageName, ImageSources } from './ImageSources.ts';
import { distributionOf } from './oldestReleases.ts';
import { parseRequirements } from './parseRequirements.ts';
import { parseRequirement, type Requirement } from './Requirement.ts';

/** The releases that an image starts from. */
export interface ImageGeneration {
  readonly pins: readonly Requirement[];
  /** True where they are older than the newest, because the code needs what the newest no longer have. */
  readonly older: boolean;
  /** Libraries whose old names are given back. */
  readonly restored: readonly string[];
  /** Bounds for packages that the image does not hold by itself. */
  readonly wishes: readonly Requirement[];
  /** Why, a sentence each. */
  readonly notes: readonly string[];
}

/** Pythons that the newest and the older releases can be installed on. */
const NEWEST_PYTHONS = '>=3.11';
const OLDER_PYTHONS = '>=3.8,<3.12';

/**
 * Chooses the newest releases that still have what a script uses. A library whose version the project declares is left to the project;
 * `relaxed` are those whose declared version this Python cannot have.
 */
export function imageGeneration(
  sources: ImageSources,
  name: ImageName,
  needs: readonly ApiNeed[],
  declared: readonly Requirement[],
  fitted: { readonly python: string; readonly relaxed: ReadonlySet<string> },
): ImageGeneration {
  const { python, relaxed } = fitted;
  const settled = new Set(
    declared.filter((wish) => wish.specifier !== '' && !relaxed.has(distributionOf(wish))).map(distributionOf),
  );
  // Who names a version of TensorFlow has named the Keras that comes with it.
  const open = needs.filter((need) => !settled.has(need.package) && !(need.package === 'keras' && settled.has('tensorflow')));
  const newest = parseRequirements(sources.requirements[name]);
  const wishes = boundsBeside(open, newest);
  const suffices = open.every((need) => meets(newest, need)) && relaxed.size === 0 && admitsVersion(NEWEST_PYTHONS, python);
  if (suffices) return { pins: newest, older: false, restored: [], wishes, notes: [] };
  if (!admitsVersion(OLDER_PYTHONS, python))
    return {
      pins: newest,
      older: false,
      restored: [],
      wishes,
      notes: open.filter((need) => !meets(newest, need)).map(describeLoss),
    };
  const pins = parseRequirements(sources.older[name]);
  const beyond = open.filter((need) => !meets(pins, need));
  const restored = new Set(beyond.filter(({ restorable }) => restorable).map((need) => need.package));
  if (name === 'keras') restored.add('keras');
  return { pins, older: true, restored: [...restored].sort(), wishes, notes: describeNeeds(open, newest, pins) };
}

/** The package that gives old names back, with the line that starts it; nothing where none is asked for. */
export function compatibilityFiles(sources: ImageSources, restored: readonly string[]): readonly ContextFile[] {
  if (restored.length === 0) return [];
  const names = restored.map((library) => JSON.stringify(library)).join(', ');
  const start = `/opt/hone/compatibility\nimport hone_compatibility; hone_compatibility.install(${names})\n`;
  return [...sources.compatibility, { path: 'hone_compatibility.pth', text: start }].map(({ path, text }) => ({
    path: `compatibility/${path}`,
    text,
  }));
}

function boundsBeside(needs: readonly ApiNeed[], pins: readonly Requirement[]): readonly Requirement[] {
  const pinned = new Set(pins.map(distributionOf));
  return needs
    .filter((need) => !pinned.has(need.package) && !SHIPPED_WITH_KERAS.has(need.package))
    .map((need) => parseRequirement(`${need.package}<${need.below}`));
}

/** Libraries that another image holds: a script that only mentions them gets no bound on what is not there. */
const SHIPPED_WITH_KERAS: ReadonlySet<string> = new Set(['keras', 'tensorflow']);

function meets(pins: readonly Requirement[], need: ApiNeed): boolean {
  const pin = pins.find((candidate) => distributionOf(candidate) === need.package);
  return pin === undefined || admitsVersion(`<${need.below}`, versionOf(pin));
}

function versionOf(pin: Requirement): string {
  return pin.specifier.replace(/^==/, '');
}

function describeNeeds(
  needs: readonly ApiNeed[],
  newest: readonly Requirement[],
  pins: readonly Requirement[],
): readonly string[] {
  const notes: string[] = [];
  const told = new Set<string>();
  for (const need of needs.filter((candidate) => !meets(newest, candidate))) {
    const pin = pins.find((candidate) => distributionOf(candidate) === need.package);
    if (pin === undefined) continue;
    const release = `${titleOf(need.package)} ${versionOf(pin)}`;
    if (meets(pins, need)) {
      if (!told.has(need.package))
        notes.push(
          `${release}, because ${placeOfNeed(need)} uses ${need.api}, which ${titleOf(need.package)} ${need.below} took out.`,
        );
      told.add(need.package);
    } else if (need.restorable)
      notes.push(`${release} is taught the old ${need.api} of ${placeOfNeed(need)}, which no release for this Python has.`);
    else
      notes.push(
        `${placeOfNeed(need, true)} uses ${need.api}, which no ${titleOf(need.package)} for this Python has: it may fail there.`,
      );
  }
  return notes;
}

function describeLoss(need: ApiNeed): string {
  return `${placeOfNeed(need, true)} uses ${need.api}, which ${titleOf(need.package)} ${need.below} took out and this Python has no older release of: it may fail there.`;
}

/** `line 3 of train.py`. */
export function placeOfNeed({ path, evidence }: ApiNeed, first = false): string {
  const cell = evidence.cell === undefined ? '' : ` of cell ${evidence.cell}`;
  return `${first ? 'Line' : 'line'} ${evidence.line}${cell} of ${path}`;
}

const titles: Readonly<Record<string, string>> = {
  keras: 'Keras',
  tensorflow: 'TensorFlow',
  numpy: 'NumPy',
  matplotlib: 'Matplotlib',
  xgboost: 'XGBoost',
  lightgbm: 'LightGBM',
};

function titleOf(library: string): string {
  return titles[library] ?? library;
}
