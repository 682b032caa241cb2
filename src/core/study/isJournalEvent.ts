import * as v from 'valibot';
import type { JournalBody } from './JournalEvent.ts';

const TEXT = v.string();
const WHOLE = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const NUMBER = v.pipe(v.number(), v.finite());
const VALUE = v.nullable(NUMBER);
const RUN = { trial: WHOLE, repeat: WHOLE };
const ASSIGNMENT = v.record(TEXT, v.unknown());
const METRIC = {
  name: TEXT,
  data: v.picklist(['train', 'validation', 'test', 'unknown']),
  source: v.picklist(['hook', 'file', 'print']),
  direction: v.picklist(['maximize', 'minimize']),
};
const MEASUREMENT = v.object({ ...METRIC, value: VALUE, rows: v.nullable(WHOLE) });
const PURPOSE = v.picklist(['baseline', 'search', 'retest', 'reduction', 'confirmation']);
const REASON = v.nullable(TEXT);
const PLACES = v.array(v.object({ path: TEXT, line: WHOLE }));
const FRAME = v.object({ path: TEXT, line: WHOLE, function: TEXT, own: v.boolean() });
const COST = v.object({ seconds: VALUE, parameters: VALUE });

/** What each kind of event must hold for a study to be made of it. */
const EVENTS: Readonly<Record<JournalBody['type'], v.ObjectEntries>> = {
  'study-created': {
    study: TEXT,
    kind: v.picklist(['run', 'study']),
    name: REASON,
    root: TEXT,
    script: TEXT,
    runtime: v.picklist(['docker', 'local']),
    metric: v.nullable(v.object(METRIC)),
    target: VALUE,
    notes: v.array(TEXT),
    arguments: v.optional(v.array(TEXT)),
    maxCost: v.optional(COST),
    confirmationSeeds: v.optional(v.nullable(WHOLE)),
  },
  'supervisor-started': { pid: WHOLE, version: TEXT },
  'environment-ready': { image: TEXT, digest: REASON, built: v.boolean(), seconds: NUMBER, notes: v.optional(v.array(TEXT)) },
  'runner-started': { container: REASON },
  'runner-attached': { container: REASON },
  'runner-ready': { python: TEXT, packages: v.record(TEXT, TEXT) },
  'runner-lost': { reason: TEXT },
  'trial-suggested': {
    trial: WHOLE,
    purpose: PURPOSE,
    assignment: ASSIGNMENT,
    origin: TEXT,
    files: v.optional(v.record(TEXT, TEXT)),
  },
  'trial-started': { ...RUN, assignment: ASSIGNMENT, seed: v.nullable(WHOLE), purpose: v.optional(PURPOSE) },
  'checkpoint-saved': { ...RUN, epoch: v.nullable(WHOLE), bytes: WHOLE, seconds: NUMBER },
  'trial-resumed': { ...RUN, epoch: v.nullable(WHOLE), reason: REASON },
  'trial-interrupted': { ...RUN, cause: TEXT, reason: TEXT, delayMs: NUMBER },
  'search-ended': { reason: TEXT },
  request: { request: v.picklist(['pause', 'resume', 'accept']), minutes: v.optional(NUMBER), asksMinutes: v.optional(NUMBER) },
  epoch: { ...RUN, epoch: WHOLE, epochs: v.nullable(WHOLE), metrics: v.record(TEXT, VALUE) },
  metric: { ...RUN, ...METRIC, value: VALUE, rows: v.nullable(WHOLE) },
  'trial-ended': {
    ...RUN,
    state: v.picklist(['complete', 'pruned', 'failed', 'cancelled']),
    result: v.nullable(MEASUREMENT),
    seconds: NUMBER,
    exitCode: v.nullable(v.number()),
    signal: REASON,
    reason: REASON,
    hint: v.optional(v.nullable(v.looseObject({}))),
    error: v.nullable(v.object({ type: TEXT, message: TEXT, frames: v.array(FRAME) })),
    artifacts: v.array(v.object({ path: TEXT, bytes: WHOLE })),
    parameters: v.optional(VALUE),
    unexecuted: v.optional(PLACES),
  },
  'artifacts-removed': { trial: WHOLE },
  'study-ended': { state: v.picklist(['complete', 'target-reached', 'target-missed', 'failed', 'cancelled']), reason: REASON },
};

/** Whether what came from elsewhere is an event of a journal, of a kind that is known here. */
export function isJournalEvent(value: unknown): boolean {
  const head = v.safeParse(v.object({ type: TEXT, sequence: WHOLE, time: WHOLE }), value);
  if (!head.success || !Object.hasOwn(EVENTS, head.output.type)) return false;
  return v.is(v.looseObject(EVENTS[head.output.type as JournalBody['type']]), value);
}
