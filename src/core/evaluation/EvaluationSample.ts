import * as v from 'valibot';

/**
 * What a runner keeps of the data that a trial's model was measured on, `sample.json`; the Python side is
 * docker/runner/hone_runner/child/evaluation_sample.py. It comes out of a container, so nothing of it is trusted.
 */
const MOST_ROWS = 1000;
const MOST_CLASSES = 1000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const array = v.object({
  /** Where it begins in `arrays.bin`, bytes. */
  offset: count,
  kind: v.picklist(['float32', 'float64', 'int32']),
  shape: v.pipe(v.array(count), v.minLength(1), v.maxLength(8)),
});

const sample = v.object({
  version: v.literal(1),
  reason: v.null(),
  /** What the data was to the script. */
  data: v.picklist(['test', 'validation', 'unknown']),
  rows: v.pipe(count, v.minValue(1), v.maxValue(MOST_ROWS)),
  /** Rows that the script measured on; the sample's were taken at even distances. */
  total: count,
  task: v.picklist(['classification', 'regression']),
  /** Names of the classes, in the order of their numbers; null for a regression. */
  classes: v.nullable(v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.minLength(1), v.maxLength(MOST_CLASSES))),
  /** Names of the columns, where the data had some. */
  names: v.nullable(v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(10_000))),
  inputs: array,
  /** One row each: probabilities of the classes, or one number. */
  outputs: array,
  /** Numbers of the classes, or values. */
  truth: array,
  /** Of arrays.bin, hexadecimal. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u)),
  model: v.object({
    /** `layers` is plain; the others are only read in a container. */
    form: v.nullable(v.picklist(['layers', 'keras', 'torchscript', 'pickle'])),
    reason: v.nullable(v.pipe(v.string(), v.maxLength(2000))),
  }),
});

const absent = v.object({ version: v.literal(1), reason: v.pipe(v.string(), v.maxLength(2000)) });

export type SampleArray = v.InferOutput<typeof array>;
export type EvaluationSample = v.InferOutput<typeof sample>;
/** Why a trial left no sample, in a sentence. */
export type AbsentSample = v.InferOutput<typeof absent>;

/** Parses `sample.json`; null where it is none, or its parts do not fit together. Never throws. */
export function parseEvaluationSample(text: string): EvaluationSample | AbsentSample | null {
  try {
    const parsed = v.safeParse(v.union([sample, absent]), JSON.parse(text));
    if (!parsed.success) return null;
    const found = parsed.output;
    return found.reason !== null || fits(found) ? found : null;
  } catch {
    return null;
  }
}

function fits({ rows, task, classes, inputs, outputs, truth }: EvaluationSample): boolean {
  const width = outputs.shape[1] ?? 0;
  return (
    [inputs, outputs, truth].every(({ shape }) => shape[0] === rows) &&
    truth.shape.length === 1 &&
    outputs.shape.length === 2 &&
    outputs.kind === 'float32' &&
    inputs.kind !== 'int32' &&
    (task === 'classification') === (classes !== null) &&
    (classes === null ? width === 1 : width === classes.length || (width === 1 && classes.length === 2)) &&
    truth.kind === (classes === null ? 'float32' : 'int32')
  );
}
