import { admitsVersion } from './admitsVersion.ts';
import { distributionOf } from './oldestReleases.ts';
import type { Requirement } from './Requirement.ts';

/** What is installed: first the framework's layer, which many images share, then the project's. */
export interface MergedRequirements {
  readonly framework: readonly Requirement[];
  readonly project: readonly Requirement[];
}

/**
 * Puts an image's own pins and a project's wishes together. What the project asks for wins: where it excludes one of our pins, all
 * of ours become bare names, so that pip finds versions that fit together; with `bounded`, none newer than our pin.
 */
export function mergeRequirements(
  ours: readonly Requirement[],
  wishes: readonly Requirement[],
  bounded = false,
): MergedRequirements {
  const pins = new Map(ours.map((pin) => [distributionOf(pin), pin]));
  const wanted = new Set(wishes.map(distributionOf));
  const beyond = wishes.filter((wish) => !isBare(wish) || !pins.has(distributionOf(wish)));
  if (beyond.every((wish) => agrees(wish, pins.get(distributionOf(wish))))) return { framework: ours, project: beyond };
  const loosened = ours.filter((pin) => !wanted.has(distributionOf(pin))).map((pin) => loosen(pin, bounded));
  return { framework: [], project: [...wishes, ...loosened] };
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
