import * as v from 'valibot';

/** What a face asks of a supervisor: one JSON object a line over its local socket. */
export type ToSupervisor =
  | { readonly type: 'cancel' }
  /** With a resume may come how many minutes the search may take from then on. */
  | { readonly type: 'request'; readonly request: 'pause' | 'resume' | 'accept'; readonly minutes?: number | undefined };

const toSupervisor = v.variant('type', [
  v.object({ type: v.literal('cancel') }),
  v.object({
    type: v.literal('request'),
    request: v.picklist(['pause', 'resume', 'accept']),
    minutes: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
  }),
]);

const stream = v.picklist(['stdout', 'stderr']);

/**
 * What a supervisor tells each face that connects: all events so far, `caught-up`, then everything as it happens. Events come from
 * the supervisor's own journal, so only their frame is checked.
 */
const fromSupervisor = v.variant('type', [
  v.object({ type: v.literal('event'), event: v.looseObject({ type: v.string(), sequence: v.number(), time: v.number() }) }),
  v.object({ type: v.literal('caught-up') }),
  v.object({ type: v.literal('output'), trial: v.number(), stream, text: v.string() }),
  v.object({ type: v.literal('progress'), text: v.string(), fraction: v.nullable(v.number()) }),
]);

export type FromSupervisor = v.InferOutput<typeof fromSupervisor>;

/** Parses a line of a face; null where it is no message. Never throws. */
export function parseToSupervisor(line: string): ToSupervisor | null {
  return parse(toSupervisor, line);
}

/** Parses a line of a supervisor; null where it is no message. Never throws. */
export function parseFromSupervisor(line: string): FromSupervisor | null {
  return parse(fromSupervisor, line);
}

export function renderSupervisorLine(message: ToSupervisor | FromSupervisor): string {
  return `${JSON.stringify(message)}\n`;
}

function parse<T>(schema: v.GenericSchema<unknown, T>, line: string): T | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(line));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
