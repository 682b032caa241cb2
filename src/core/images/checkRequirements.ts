import { HoneError } from '../../base/HoneError.ts';
import { admitsVersion } from './admitsVersion.ts';
import type { ContextFile } from './ImageRecipe.ts';
import { parseRequirements } from './parseRequirements.ts';
import type { Requirement } from './Requirement.ts';

/** Throws HoneError `configuration` where a requirements file holds what pip cannot read, or two versions of one package: the line is named. */
export function checkRequirements(file: ContextFile): void {
  const lines = parseRequirements(file.text);
  const wrong = lines.find((line) => !isReadable(line));
  if (wrong !== undefined) {
    throw new HoneError('configuration', `${placeOf(file, wrong)}: "${wrong.text}" is not a requirement that pip can read.`, {
      next: 'Write it like scikit-learn==1.5, or take it out.',
    });
  }
  const [one, other] = findContradiction(lines) ?? [];
  if (one === undefined || other === undefined) return;
  throw new HoneError('configuration', `${file.path} asks for ${one.text} and for ${other.text}, which exclude each other.`, {
    next: `Take one of them out; the second is ${placeOf(file, other)}.`,
  });
}

function isReadable({ text, name, specifier }: Requirement): boolean {
  if (name === null) return /^-|:\/\/|^git\+|[\\/]|^\.|^file:|\.(?:whl|zip|tar\.gz)$|\s--?\w/.test(text);
  return /^@|^\(?\s*(?:(?:===?|~=|!=|<=?|>=?)\s*[^\s,;()=<>!~]+\s*,?\s*)*\)?(?:\s+--?\w.*)?$/.test(specifier);
}

/** An exact version, and another wish of the same package that it does not meet. Those with markers may be meant for different machines. */
function findContradiction(lines: readonly Requirement[]): readonly [Requirement, Requirement] | null {
  const plain = lines.filter(
    ({ name, marker, specifier }) => name !== null && marker === '' && /^[\d.,<>=!~\s]+$/.test(specifier),
  );
  for (const [at, first] of plain.entries()) {
    for (const second of plain.slice(at + 1).filter(({ name }) => name === first.name)) {
      const [version, wish] = [versionOf(first), second.specifier];
      const [otherVersion, otherWish] = [versionOf(second), first.specifier];
      if (version !== null && !admitsVersion(wish, version)) return [first, second];
      if (otherVersion !== null && !admitsVersion(otherWish, otherVersion)) return [first, second];
    }
  }
  return null;
}

function versionOf({ specifier }: Requirement): string | null {
  return /^==\s*(\d+(?:\.\d+)*)$/.exec(specifier)?.[1] ?? null;
}

function placeOf({ path, text }: ContextFile, { text: line }: Requirement): string {
  const rows = text.split(/\r\n|\r|\n/);
  const at = rows.findLastIndex((row) => row.includes(line));
  return at < 0 ? path : `${path}, line ${at + 1}`;
}
