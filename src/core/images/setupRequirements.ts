import type { ContextFile } from './ImageRecipe.ts';
import { parseRequirements } from './parseRequirements.ts';
import type { Requirement } from './Requirement.ts';

/** `install_requires` of a setup.cfg or setup.py, as far as it is written out; the file is never run. */
export function setupRequirements({ path, text }: ContextFile): readonly Requirement[] {
  return parseRequirements(path.endsWith('.cfg') ? configuredLines(text) : writtenStrings(text));
}

function configuredLines(text: string): string {
  return /^install_requires\s*=[ \t]*(.*(?:\r?\n[ \t]+.*)*)/m.exec(text)?.[1] ?? '';
}

function writtenStrings(text: string): string {
  const list = /\binstall_requires\s*=\s*[[(]([^\])]*)[\])]/.exec(text.replace(/#.*$/gm, ''))?.[1] ?? '';
  return [...list.matchAll(/(['"])(.*?)\1/g)].map((match) => match[2]).join('\n');
}
