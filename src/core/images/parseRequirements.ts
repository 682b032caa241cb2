import { parseRequirement, type Requirement } from './Requirement.ts';

/**
 * The requirements of a requirements.txt, in order: comments dropped, continued lines joined, hashes left out (pip wants them for
 * all packages or none, and those that Hone adds have none). Never throws.
 */
export function parseRequirements(text: string): readonly Requirement[] {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\\\r?\n/g, ' ')
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
    .map((line) => parseRequirement(line.replace(/\s+--hash[= ]\S+/g, '')));
}
