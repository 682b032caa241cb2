import { HoneError } from '../../base/HoneError.ts';
import type { BuildFailure } from './BuildLog.ts';
import { diskFull, isDiskFull } from './translateEngineError.ts';

/** Says why an image could not be built: pip's own sentence where pip failed, else the last line, and always the step that failed. */
export function describeBuildFailure(label: string, failure: BuildFailure): HoneError {
  const all = [failure.message, ...failure.output].join('\n');
  if (isDiskFull(all)) return diskFull(all);
  const step = failure.step === null ? '' : ` Failed step: ${commandOf(failure.step)}`;
  const message = `The image ${label} could not be built: ${reasonOf(failure)}.${step}`;
  return new HoneError('image-build', message, { next: nextStep(all), cause: all });
}

function reasonOf(failure: BuildFailure): string {
  const errors = failure.output.filter((line) => /^\s*(?:ERROR|error|E):\s*/.test(line));
  const pip = errors.findLast((line) => /No matching distribution|ResolutionImpossible|conflict/i.test(line));
  const line = pip ?? errors.at(-1) ?? failure.output.at(-1) ?? failure.message;
  const text = line.trim().replace(/^(?:ERROR|error|E):\s*/, '').replace(/\.$/, '');
  const conflict = failure.output.find((candidate) => /^\s*ERROR: Cannot install /.test(candidate));
  return conflict === undefined ? text : conflict.trim().replace(/^ERROR:\s*/, '').replace(/\.$/, '');
}

/** `[stage 4/9] RUN --mount=… pip install …` without its numbers and mounts. */
function commandOf(step: string): string {
  return step.replace(/^\[[^\]]*\]\s*/, '').replace(/--mount=\S+\s+/g, '').replace(/\s+/g, ' ').slice(0, 200);
}

function nextStep(text: string): string {
  if (/No matching distribution|Could not find a version/.test(text)) return 'Correct its name or version in the requirements; Python in the image may be too new for it.';
  if (/ResolutionImpossible|conflict/i.test(text)) return 'Loosen one of the two in the requirements.';
  if (/CERTIFICATE_VERIFY_FAILED|SSLError/.test(text)) return 'Name your certificates in the setting hone.images.caBundle.';
  if (/\b401\b|\b403\b|Unauthorized|denied/.test(text)) return 'Check the password in the index or registry setting.';
  if (/resolve|lookup|timed out|timeout|Connection|connection/.test(text)) return 'Check the network, or set a package index or registry mirror in the settings.';
  return 'Correct the step that failed and run again.';
}
