/** Why something failed, as a stable word that programs may test; never derived from a class name. */
export type HoneErrorCode =
  | 'usage' // the caller asked for something impossible: exit code 2
  | 'no-script' // nothing in the folder trains
  | 'several-scripts' // several scripts train and none was named
  | 'not-found' // an unknown study, trial or file
  | 'configuration' // hone.yaml or a setting is wrong
  | 'unreadable-source' // a script cannot be read or parsed
  | 'engine-absent' // no container engine answers
  | 'engine-lost' // the engine went away while it was used
  | 'image-build' // an image could not be built
  | 'disk-full'
  | 'no-interpreter' // no usable Python on this machine
  | 'framework-absent' // the interpreter lacks what the script trains with
  | 'read-only' // the folder cannot be written to
  | 'already-running' // another supervisor owns the study
  | 'trial-failed' // the user's code failed
  | 'model-unreadable' // a trained model cannot be computed here
  | 'remote' // the git remote does not answer, or not as it should
  | 'protocol' // a runner or supervisor sent what it must not send
  | 'cancelled'
  | 'internal';

/**
 * A failure that a person can act on. `message` is one sentence with the cause and `next` the next step; neither holds a
 * stack trace. `cause` keeps the original for logs.
 */
export class HoneError extends Error {
  readonly code: HoneErrorCode;
  readonly next: string | null;

  constructor(code: HoneErrorCode, message: string, options: { next?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HoneError';
    this.code = code;
    this.next = options.next ?? null;
  }
}

/** The sentence to show for anything that was thrown: message and next step, never a stack. */
export function describeError(error: unknown): string {
  if (error instanceof HoneError) return error.next === null ? error.message : `${endSentence(error.message)} ${error.next}`;
  return error instanceof Error ? error.message : String(error);
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** True for a cancellation, ours or the platform's `AbortError`; it is never shown as a failure. */
export function isCancellation(error: unknown): boolean {
  if (error instanceof HoneError) return error.code === 'cancelled';
  return error instanceof Error && error.name === 'AbortError';
}
