import { HoneError } from '../../base/HoneError.ts';
import { parseConflict } from '../../core/images/parseConflict.ts';
import type { BuildFailure } from './BuildLog.ts';
import { diskFull, isDiskFull } from './translateEngineError.ts';

interface Cause {
  readonly sign: RegExp;
  /** What to say; pip's own sentence where null. */
  readonly reason: string | null;
  readonly next: string;
}

/** What is behind a failure, the surest signs first: where pip reaches no index it also says that there is no such package. */
const causes: readonly Cause[] = [
  {
    sign: /CERTIFICATE_VERIFY_FAILED|SSLError/,
    reason: 'the certificate of the package index is not trusted',
    next: 'Name your certificates in the setting hone.images.caBundle.',
  },
  {
    sign: /\b401\b|\b403\b|Unauthorized|Credentials not correct|User for .*:/,
    reason: 'the package index or registry wants another password',
    next: 'Check the password in the index setting.',
  },
  {
    sign: /NewConnectionError|Name or service not known|name resolution|no such host|Connection refused|timed out|i\/o timeout/,
    reason: 'the package index or registry cannot be reached',
    next: 'Check the network, or set a package index or registry mirror in the settings.',
  },
  {
    sign: /ResolutionImpossible|conflicting dependencies/,
    reason: null,
    next: 'Loosen one of the requirements that exclude each other.',
  },
  {
    sign: /\(from versions: none\)/,
    reason: 'the index has no package of that name for the Python of the image',
    next: 'Correct its name in the requirements.',
  },
  {
    sign: /No matching distribution|Could not find a version/,
    reason: null,
    next: 'Correct its name or version in the requirements; it may also have no build for the Python of the image.',
  },
];

/** Says why an image could not be built: the cause where it is known, else pip's own sentence or the last line, and the step that failed. */
export function describeBuildFailure(label: string, failure: BuildFailure): HoneError {
  const all = [failure.message, ...failure.output].join('\n');
  if (isDiskFull(all)) return diskFull(all);
  const cause = causes.find(({ sign }) => sign.test(all));
  const said = sentenceOf(failure);
  const reason = cause?.reason == null ? said : `${cause.reason} (${said})`;
  const step = failure.step === null ? '' : ` Failed step: ${commandOf(failure.step)}`;
  return new HoneError('image-build', `The image ${label} could not be built: ${reason}.${step}`, {
    next: cause?.next ?? 'Correct the step that failed and run again.',
    cause: all,
  });
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
