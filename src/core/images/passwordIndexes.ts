import type { ContextFile } from './ImageRecipe.ts';
import { parseRequirements } from './parseRequirements.ts';
import type { Requirement } from './Requirement.ts';
import { withoutCredentials } from './withoutCredentials.ts';

/** The address in an `--index-url` or `--extra-index-url` line of a requirements file; null in any other line. */
export function indexOf({ text }: Requirement): string | null {
  return /^(?:-i|--index-url|--extra-index-url)[=\s]\s*(\S+)$/.exec(text)?.[1] ?? null;
}

/**
 * The indexes that a requirements file names together with a password. As pip does, it takes `${NAME}` from the environment. What this
 * returns is secret: it may go into the build's own secret, and nowhere else.
 */
export function passwordIndexes(
  { text }: ContextFile,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return parseRequirements(text)
    .map(indexOf)
    .filter((url) => url !== null)
    .filter((url) => withoutCredentials(url) !== url)
    .map((url) => url.replace(/\$\{([A-Z0-9_]+)\}/g, (whole, name: string) => encoded(environment[name]) ?? whole));
}

/** A password with an `@` or a `/` in it would end the address's login early; what is encoded already stays. */
function encoded(value: string | undefined): string | undefined {
  return value?.replace(/[^\w.~%!$&'()*+,;=-]/g, encodeURIComponent);
}
