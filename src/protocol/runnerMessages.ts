import * as v from 'valibot';

/**
 * What supervisor and runner say to one another: one JSON object a line, on the runner's standard input and output. The Python
 * side is docker/runner/hone_runner/protocol.py; test/fixtures/protocol holds examples that both sides are tested on.
 */
export const RUNNER_PROTOCOL = 1;

/** The first message to a runner: where things are and what is allowed. */
export interface ConfigureMessage {
  readonly type: 'configure';
  readonly protocol: typeof RUNNER_PROTOCOL;
  /** Folder with the snapshot, read-only. */
  readonly source: string;
  /** Writable folder; trial n works in `<work>/<n>`. */
  readonly work: string;
  /** Data that a trial's copy of the snapshot links to: `path` within the copy, `target` where it is. */
  readonly links: readonly { readonly path: string; readonly target: string; readonly directory: boolean }[];
  readonly artifactBytes: number;
  /** Modules to import once, so that trials can be forks; empty where each trial shall be a fresh process. */
  readonly preload: readonly string[];
}

/** Runs one trial. `files` replaces whole texts of the snapshot in the trial's copy. Seconds of silence never end it. */
export interface TrialMessage {
  readonly type: 'trial';
  readonly trial: number;
  readonly repeat: number;
  /** Seeds random, NumPy and the framework; null leaves the script's own randomness alone. */
  readonly seed: number | null;
  readonly script: string;
  readonly module: boolean;
  readonly arguments: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number | null;
  /** What reading the code expects to be reported, as a hint. */
  readonly metric: string | null;
  /** Whether the user asked for that metric, and it shall be the result wherever it is reported. */
  readonly metricChosen?: boolean;
  /** Lines of the user's files, or of a notebook's cells, that are watched: those that never ran are told at the end. */
  readonly watch: readonly { readonly path: string; readonly cell?: number; readonly lines: readonly number[] }[];
  /**
   * Keeps the state of the training in at most so many bytes of disk, in `<work>/<trial>/checkpoint` (`checkpoint-<repeat>` for a repeat);
   * with `resume` the training goes on from what an earlier process of this trial kept there. Null keeps none. Of the epochs that earlier
   * processes told, those after the first `heard` are told again, as far as it goes on after them; none where that is null.
   */
  readonly checkpoint: { readonly bytes: number; readonly resume: boolean; readonly heard: number | null } | null;
}

export type ToRunner =
  | ConfigureMessage
  | TrialMessage
  /** All up to and including this sequence number arrived; the runner may forget them. */
  | { readonly type: 'acknowledge'; readonly sequence: number }
  /** Who listens anew asks for all that was not acknowledged; it comes again in order, with the numbers it had. */
  | { readonly type: 'resend' }
  /** Ends the trial, or one repeat of it where it is named. It ends as `pruned` where a reason is given, else as `cancelled`. */
  | { readonly type: 'cancel'; readonly trial: number; readonly repeat?: number; readonly pruned?: string }
  | { readonly type: 'shutdown' };

const name = v.pipe(v.string(), v.maxLength(200));
const path = v.pipe(v.string(), v.maxLength(4096));
const text = v.pipe(v.string(), v.maxLength(65_536));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));
const finite = v.nullable(v.pipe(v.number(), v.finite()));
const numbers = v.pipe(
  v.record(name, finite),
  v.check((value) => Object.keys(value).length <= 200, 'more than 200 metrics'),
);
const data = v.picklist(['train', 'validation', 'test', 'unknown']);
const measurement = {
  name,
  value: finite,
  data,
  source: v.picklist(['hook', 'file', 'print']),
  direction: v.picklist(['maximize', 'minimize']),
  rows: v.nullable(count),
};
const frame = v.object({ path, line: count, function: name, own: v.boolean() });

/** What a runner may say. It is untrusted: anything else is dropped and logged. */
const fromRunner = v.variant('type', [
  v.object({
    type: v.literal('ready'),
    sequence: count,
    protocol: v.literal(RUNNER_PROTOCOL),
    python: name,
    packages: v.record(name, name),
    pid: count,
  }),
  v.object({ type: v.literal('trial-started'), sequence: count, trial: count, repeat: count, pid: count }),
  v.object({
    type: v.literal('output'),
    sequence: count,
    trial: count,
    repeat: v.optional(count),
    stream: v.picklist(['stdout', 'stderr']),
    text,
  }),
  v.object({
    type: v.literal('epoch'),
    sequence: count,
    trial: count,
    repeat: count,
    epoch: count,
    epochs: v.nullable(count),
    metrics: numbers,
  }),
  v.object({ type: v.literal('metric'), sequence: count, trial: count, repeat: count, ...measurement }),
  v.object({
    type: v.literal('trial-ended'),
    sequence: count,
    trial: count,
    repeat: count,
    state: v.picklist(['complete', 'pruned', 'failed', 'cancelled']),
    /** The number that the script is judged by, chosen among its metrics; null where it reported none. */
    result: v.nullable(v.object(measurement)),
    seconds,
    exitCode: v.nullable(v.number()),
    signal: v.nullable(name),
    reason: v.nullable(text),
    error: v.nullable(v.object({ type: name, message: text, frames: v.pipe(v.array(frame), v.maxLength(100)) })),
    artifacts: v.pipe(v.array(v.object({ path, bytes: count })), v.maxLength(10_000)),
    /** Trainable numbers of the model, where a hook saw it. */
    parameters: v.nullable(count),
    /** Whether the kernel killed the script's process for memory. */
    outOfMemory: v.optional(v.boolean(), false),
    /** Of the watched lines, those that never ran. */
    unexecuted: v.pipe(v.array(v.object({ path, line: count, cell: v.optional(count) })), v.maxLength(10_000)),
  }),
  /** The state of the training is safe on the disk; `epoch` is how many are done, where they are counted, `seconds` the trial's own time. */
  v.object({
    type: v.literal('checkpoint'),
    sequence: count,
    trial: count,
    repeat: count,
    epoch: v.nullable(count),
    bytes: count,
    seconds,
  }),
  /** Told once in an order to resume: it goes on after `epoch`, or began anew where that is null, and `reason` says why. */
  v.object({
    type: v.literal('resumed'),
    sequence: count,
    trial: count,
    repeat: count,
    epoch: v.nullable(count),
    reason: v.nullable(text),
  }),
  /** Around what is said again, unnumbered: before it with what runs by then, after it with `done`. */
  v.object({
    type: v.literal('resending'),
    done: v.boolean(),
    trials: v.pipe(v.array(v.object({ trial: count, repeat: count })), v.maxLength(10_000)),
  }),
  /** Something a person should know: a folder that was copied because the script writes to it, artifacts left out. */
  v.object({ type: v.literal('notice'), sequence: count, trial: count, text }),
]);

export type FromRunner = v.InferOutput<typeof fromRunner>;

/** Parses one line of a runner's output; null where it is no message. Never throws. */
export function parseRunnerLine(line: string): FromRunner | null {
  try {
    const parsed = v.safeParse(fromRunner, JSON.parse(line));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

export function renderRunnerLine(message: ToRunner): string {
  return `${JSON.stringify(message)}\n`;
}
