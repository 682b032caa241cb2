import { HoneError } from '../base/HoneError.ts';
import { packagesOfModules } from '../core/images/packagesOfModules.ts';
import { parseConflict } from '../core/images/parseConflict.ts';
import { normalizePackageName } from '../core/images/Requirement.ts';
import { nearestName } from '../core/study/nearestName.ts';
import type { BuildFailure } from './docker/BuildLog.ts';
import { diskFull, isDiskFull } from './docker/translateEngineError.ts';

interface Cause {
  readonly sign: RegExp;
  /** What to say of a build's output; pip's own sentence where there is nothing to add. */
  readonly reason?: (output: string) => string;
  readonly next: string | ((output: string) => string);
}

/** What is behind a failure, the surest signs first: where pip reaches no index it also says that there is no such package. */
const causes: readonly Cause[] = [
  {
    sign: /CERTIFICATE_VERIFY_FAILED|SSLError/,
    reason: (output) => `the certificate of ${serverIn(output)} is not trusted`,
    next: 'Name your certificates in the setting hone.images.caBundle.',
  },
  {
    sign: /\b401\b|\b403\b|Unauthorized|Credentials not correct|User for .*:/,
    reason: (output) => `${serverIn(output)} wants another password`,
    next: 'Check its password: in the index setting, in the requirements, or in what docker login left.',
  },
  {
    sign: /NewConnectionError|Name or service not known|name resolution|no such host|Connection refused|timed out|i\/o timeout/,
    reason: (output) => `${serverIn(output)} cannot be reached`,
    next: 'Check the network, or set a package index or registry mirror in the settings.',
  },
  {
    sign: /ResolutionImpossible|conflicting dependencies/,
    next: 'Loosen one of the requirements that exclude each other.',
  },
  {
    sign: /\(from versions: none\)/,
    reason: (output) => `no index has ${missingIn(output) ?? 'such a package'} for this Python`,
    next: (output) => correction(missingIn(output)),
  },
  {
    sign: /No matching distribution|Could not find a version/,
    next: 'Correct its name or version in the requirements; it may also have no build for this Python.',
  },
];

/** Says why an image or an environment could not be built: the cause where it is known, else pip's own sentence or the last line, and the step that failed. */
export function describeBuildFailure(what: string, failure: BuildFailure): HoneError {
  const all = [failure.message, ...failure.output].join('\n');
  if (isDiskFull(all)) return diskFull(all);
  const cause = causes.find(({ sign }) => sign.test(all));
  const reason = cause?.reason?.(all) ?? sentenceOf(failure);
  const step = failure.step === null || cause !== undefined ? '' : ` Failed step: ${commandOf(failure.step)}`;
  const next = typeof cause?.next === 'function' ? cause.next(all) : cause?.next;
  return new HoneError('image-build', `${what} could not be built: ${reason}.${step}`, {
    next: next ?? 'Correct the step that failed and run again.',
    cause: all,
  });
}

/** The index or registry that a failure is about, as far as the output tells. */
function serverIn(output: string): string {
  const registry = /https?:\/\/([^/\s"]+)\/v2\//.exec(output)?.[1];
  if (registry !== undefined) return `the registry at ${registry}`;
  const address =
    /(?:Credentials not correct for|Could not fetch URL|Error.* for url:) (https?:\/\/\S+)/.exec(output)?.[1] ??
    /Max retries exceeded with url: (https?:\/\/\S+)/.exec(output)?.[1];
  const pool = /host='([^']+)'/.exec(output)?.[1];
  const listed = /Looking in indexes: (.*)/.exec(output)?.[1]?.split(/,\s*/) ?? [];
  const hosts = address !== undefined ? [hostOf(address)] : pool !== undefined ? [pool] : listed.map(hostOf);
  if (hosts.length === 0) return /pip\b/.test(output) ? 'the package index' : 'the package index or registry';
  return hosts.length === 1 ? `the package index at ${hosts[0]}` : `one of the package indexes at ${hosts.join(' and ')}`;
}

function hostOf(url: string): string {
  return /^https?:\/\/(?:[^/\s]*@)?([^/\s]+)/.exec(url)?.[1] ?? url;
}

function missingIn(output: string): string | null {
  return /No matching distribution found for ([A-Za-z0-9][\w.-]*)/.exec(output)?.[1] ?? null;
}

/** Only a name that is known for certain is suggested: on an index anyone may own a name that is near. */
function correction(name: string | null): string {
  const known = Object.values(packagesOfModules).filter((candidate) => candidate !== undefined);
  const near = name === null ? null : nearestName(normalizePackageName(name), known);
  return near === null || near === name
    ? 'Correct its name in the requirements.'
    : `Did you mean ${near}? Correct its name in the requirements.`;
}

/** What pip says: packages that exclude each other, or its last error, of which the one that names a package tells more. */
function sentenceOf({ output, message }: BuildFailure): string {
  const conflict = parseConflict(output.join('\n'));
  if (conflict.length > 1) return `${conflict.join(' and ')} exclude each other`;
  const errors = output.filter((line) => /^\s*(?:ERROR|error|E):\s/.test(line));
  const line =
    errors.findLast((candidate) => candidate.includes('No matching distribution')) ?? errors.at(-1) ?? output.at(-1) ?? message;
  return line
    .trim()
    .replace(/^(?:ERROR|error|E):\s*/, '')
    .replace(/\.$/, '');
}

/** `[stage 4/9] RUN --mount=… pip install …` without its numbers and mounts. */
function commandOf(step: string): string {
  return step
    .replace(/^\[[^\]]*\]\s*/, '')
    .replace(/--mount=\S+\s+/g, '')
    .replace(/\s+/g, ' ')
    .slice(0, 200);
}
