import * as v from 'valibot';

/** What a button of the panel asks for. */
export const PANEL_ACTIONS = ['pause', 'resume', 'accept', 'apply', 'export'] as const;

export type PanelAction = (typeof PANEL_ACTIONS)[number];

const number = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What the panel's page asks of the extension. */
const fromPanel = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('act'), action: v.picklist(PANEL_ACTIONS) }),
  // Whose curves are to be shown beside those of the trials that run.
  v.object({ type: v.literal('choose'), trials: v.pipe(v.array(number), v.maxLength(2)) }),
]);

export type FromPanel = v.InferOutput<typeof fromPanel>;

/** An array that nobody changes. */
const list = <Schema extends v.GenericSchema>(schema: Schema) => v.pipe(v.array(schema), v.readonly());

const value = v.nullable(v.number());

const trial = v.object({
  number,
  state: v.string(),
  value,
  text: v.string(),
  seconds: value,
  time: v.string(),
  repeats: v.number(),
  settings: list(v.union([v.number(), v.string()])),
  why: v.string(),
});

/** How a metric of one trial went, epoch by epoch. */
const curve = v.object({ trial: number, metric: v.string(), epochs: list(v.number()), values: list(value) });

const study = v.object({
  study: v.string(),
  name: v.nullable(v.string()),
  script: v.string(),
  state: v.string(),
  status: v.string(),
  metric: v.string(),
  percent: v.boolean(),
  minimize: v.boolean(),
  target: value,
  baseline: value,
  best: value,
  headline: v.string(),
  facts: list(v.object({ label: v.string(), text: v.string() })),
  notes: list(v.string()),
  columns: list(v.string()),
  trials: list(trial),
  importance: v.nullable(
    v.object({ shares: list(v.object({ label: v.string(), share: v.number(), text: v.string() })), note: v.string() }),
  ),
});

/** What the extension tells the panel's page: all of the study each time, so that a page that missed one has missed nothing. */
const toPanel = v.variant('type', [
  v.object({
    type: v.literal('study'),
    study,
    curves: list(curve),
    actions: list(v.picklist(PANEL_ACTIONS)),
    // What the page gives back when the window opens again.
    memory: v.object({ folder: v.string(), id: v.string() }),
  }),
  v.object({ type: v.literal('gone') }),
]);

export type ToPanel = v.InferOutput<typeof toPanel>;
export type PanelStudy = v.InferOutput<typeof study>;
export type PanelTrial = v.InferOutput<typeof trial>;
export type PanelCurve = v.InferOutput<typeof curve>;

/** A message of the page; null where it is none. Never throws. */
export function parseFromPanel(message: unknown): FromPanel | null {
  const parsed = v.safeParse(fromPanel, message);
  return parsed.success ? parsed.output : null;
}

/** A message of the extension; null where it is none. Never throws. */
export function parseToPanel(message: unknown): ToPanel | null {
  const parsed = v.safeParse(toPanel, message);
  return parsed.success ? parsed.output : null;
}
