import { admitsVersion } from './admitsVersion.ts';
import type { Requirement } from './Requirement.ts';
import { withoutCredentials } from './withoutCredentials.ts';

/** What is installed: first the framework's layer, which many images share, then the project's. */
export interface MergedRequirements {
  readonly framework: readonly Requirement[];
  readonly project: readonly Requirement[];
  /** What was left out of the project's wishes, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Puts an image's own pins and a project's wishes together. What the project asks for wins: where it excludes one of our pins, all
 * of ours become bare names, so that pip finds versions that fit together; with `bounded`, none newer than our pin.
 */
export function mergeRequirements(ours: readonly Requirement[], wishes: readonly Requirement[], bounded = false): MergedRequirements {
  const { kept, notes } = keepInstallable(wishes.map(rename));
  const pins = new Map(ours.map((pin) => [distributionOf(pin), pin]));
  const wanted = new Set(kept.map(distributionOf));
  const beyond = kept.filter((wish) => !isBare(wish) || !pins.has(distributionOf(wish)));
  if (beyond.every((wish) => agrees(wish, pins.get(distributionOf(wish))))) return { framework: ours, project: beyond, notes };
  const loosened = ours.filter((pin) => !wanted.has(distributionOf(pin))).map((pin) => loosen(pin, bounded));
  return { framework: [], project: [...kept, ...loosened], notes };
}

/** One name for the builds of one package: a project that asks for `tensorflow` must not get `tensorflow-cpu` beside it. */
export function distributionOf(requirement: Requirement): string {
  const name = requirement.name ?? requirement.text;
  const builds = /^(tensorflow|xgboost)-(?:cpu|gpu|intel|macos|rocm)$|^(opencv)-(?:contrib-)?python(?:-headless)?$/.exec(name);
  return builds?.[1] ?? builds?.[2] ?? name;
}

function agrees(wish: Requirement, pin: Requirement | undefined): boolean {
  if (pin === undefined || wish.name === null) return true;
  return wish.extras.length === 0 && admitsVersion(wish.specifier, pin.specifier.replace('==', ''));
}

function isBare(wish: Requirement): boolean {
  return wish.name !== null && wish.specifier === '' && wish.extras.length === 0;
}

function loosen(pin: Requirement, bounded: boolean): Requirement {
  const specifier = bounded ? pin.specifier.replace('==', '<=') : '';
  const text = `${pin.name}${specifier}${pin.marker === '' ? '' : `; ${pin.marker}`}`;
  return { ...pin, text, specifier };
}

/** `sklearn` on the index is an empty package that refuses to install. */
function rename(wish: Requirement): Requirement {
  if (wish.name !== 'sklearn') return wish;
  return { ...wish, name: 'scikit-learn', text: wish.text.replace(/^sklearn/i, 'scikit-learn') };
}

function keepInstallable(wishes: readonly Requirement[]): { kept: readonly Requirement[]; notes: readonly string[] } {
  const notes: string[] = [];
  const kept = wishes.filter((wish) => {
    const reason = reasonToLeaveOut(wish);
    if (reason !== null) notes.push(`"${withoutCredentials(wish.text)}" was left out of the image: ${reason}.`);
    return reason === null;
  });
  return { kept, notes };
}

function reasonToLeaveOut(wish: Requirement): string | null {
  if (withoutCredentials(wish.text) !== wish.text) return 'it holds a password, which belongs into the index setting';
  if (wish.name !== null) return wish.specifier.startsWith('@ file:') ? 'it is a file of this machine' : null;
  if (/^(?:-r|-c|--requirement|--constraint)\b/.test(wish.text)) return 'other requirement files are not followed';
  if (/^(?:-e|--editable)\b|^[.~/\\]|^[A-Za-z]:[\\/]|^file:/.test(wish.text)) return 'it is a path of this machine';
  return null;
}
