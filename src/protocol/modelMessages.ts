import * as v from 'valibot';

const MOST_NUMBERS = 800_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Data has gaps: a missing value is no number, and shown as that. */
const value = v.union([v.number(), v.nan()]);
const numbers = v.pipe(v.array(value), v.maxLength(MOST_NUMBERS), v.readonly());

/** An array that nobody changes. */
const list = <Schema extends v.GenericSchema>(schema: Schema) => v.pipe(v.array(schema), v.readonly());

/** What the model's page asks of the extension. */
const fromModelPage = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('check') }),
  /** One input, flat; the answer carries the same number. */
  v.object({ type: v.literal('try'), number: count, input: v.pipe(numbers, v.minLength(1)) }),
  v.object({ type: v.literal('compare'), trial: v.nullable(count) }),
]);

export type FromModelPage = v.InferOutput<typeof fromModelPage>;

const share = v.nullable(value);
const mistake = v.object({ row: count, truth: v.string(), answer: v.string(), sure: share, input: numbers });

const form = v.variant('kind', [
  v.object({
    kind: v.literal('image'),
    width: count,
    height: count,
    channels: count,
    low: v.number(),
    high: v.number(),
  }),
  v.object({ kind: v.literal('row'), names: list(v.string()) }),
  v.object({ kind: v.literal('other') }),
]);

const model = v.object({
  study: v.string(),
  trial: count,
  headline: v.string(),
  task: v.picklist(['classification', 'regression']),
  classes: list(v.string()),
  matrix: v.nullable(list(list(count))),
  confusions: list(v.object({ truth: v.string(), answer: v.string(), rows: count })),
  perClass: list(v.object({ name: v.string(), precision: share, recall: share, rows: count })),
  mistakes: list(mistake),
  wrong: v.nullable(count),
  residuals: list(v.pipe(v.tuple([value, value]), v.readonly())),
  form,
  example: numbers,
  untried: v.nullable(v.string()),
});

/** What the extension tells the model's page. */
const toModelPage = v.variant('type', [
  v.object({
    type: v.literal('model'),
    model,
    /** Other trials of the study that kept a sample. */
    others: list(count),
    /** What the page gives back when the window opens again. */
    memory: v.object({ folder: v.string(), id: v.string(), trial: count }),
  }),
  /** There is nothing to look at, and why. */
  v.object({ type: v.literal('absent'), reason: v.string() }),
  v.object({ type: v.literal('checked'), text: v.string(), same: v.nullable(v.boolean()) }),
  v.object({ type: v.literal('tried'), number: count, outputs: numbers, milliseconds: v.number() }),
  v.object({ type: v.literal('untried'), number: count, reason: v.string() }),
  v.object({
    type: v.literal('compared'),
    trial: count,
    /** One sentence. */
    text: v.string(),
    mended: list(mistake),
    broken: list(mistake),
  }),
]);

export type ToModelPage = v.InferOutput<typeof toModelPage>;
export type PageModel = v.InferOutput<typeof model>;
export type PageMistake = v.InferOutput<typeof mistake>;
export type PageForm = v.InferOutput<typeof form>;

/** A message of the page; null where it is none. Never throws. */
export function parseFromModelPage(message: unknown): FromModelPage | null {
  const parsed = v.safeParse(fromModelPage, message);
  return parsed.success ? parsed.output : null;
}

/** A message of the extension; null where it is none. Never throws. */
export function parseToModelPage(message: unknown): ToModelPage | null {
  const parsed = v.safeParse(toModelPage, message);
  return parsed.success ? parsed.output : null;
}
