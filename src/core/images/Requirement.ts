/**
 * One line of a requirements file. `name` is normalised as PEP 503 asks (`scikit_learn` is `scikit-learn`) and null where the
 * line is an option (`-r other.txt`), a URL or a path: those are left to pip as they are.
 */
export interface Requirement {
  /** The line as it was written, without its comment. */
  readonly text: string;
  readonly name: string | null;
  readonly extras: readonly string[];
  /** `==2.4.6`, `>=1,<2`, `@ https://…`; empty where any version will do. */
  readonly specifier: string;
  /** The environment marker behind `;`, empty where there is none. */
  readonly marker: string;
}

const named = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(.*)$/s;

/** Reads one requirement as PEP 508 and pip spell it. Never throws: what it does not know is a line without a name. */
export function parseRequirement(line: string): Requirement {
  const text = line.trim();
  const match = named.exec(text);
  const rest = match?.[3] ?? '';
  if (match === null || !isSpecifier(rest)) return { text, name: null, extras: [], specifier: '', marker: '' };
  const [specifier = '', marker = ''] = splitMarker(rest);
  return { text, name: normalizePackageName(match[1] ?? ''), extras: splitExtras(match[2]), specifier, marker };
}

/** The one spelling of a distribution's name (PEP 503). */
export function normalizePackageName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function isSpecifier(rest: string): boolean {
  return rest === '' || /^(?:\(|[<>=!~]=?|;|@\s)/.test(rest);
}

/** In a URL requirement a marker needs a space before its `;`; elsewhere the first `;` starts it. */
function splitMarker(rest: string): readonly string[] {
  const at = rest.startsWith('@') ? rest.search(/\s;/) : rest.indexOf(';');
  if (at < 0) return [rest.trim(), ''];
  return [rest.slice(0, at).trim(), rest.slice(rest.indexOf(';', at) + 1).trim()];
}

function splitExtras(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((extra) => extra.trim())
    .filter((extra) => extra !== '');
}
