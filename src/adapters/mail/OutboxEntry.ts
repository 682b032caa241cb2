import { readFile } from 'node:fs/promises';
import * as v from 'valibot';

const attachment = v.object({
  name: v.string(),
  type: v.picklist(['text/x-patch', 'image/png']),
  content: v.string(),
  shownAs: v.nullable(v.string()),
});

const entrySchema = v.object({
  version: v.literal(1),
  channel: v.picklist(['mail', 'webhook']),
  to: v.array(v.string()),
  /** Milliseconds since 1970, as all times here. */
  writtenAt: v.number(),
  attempts: v.number(),
  /** Not tried before this. */
  nextAt: v.number(),
  problem: v.nullable(v.object({ reason: v.string(), next: v.string() })),
  mail: v.object({
    subject: v.string(),
    text: v.string(),
    html: v.string(),
    attachments: v.array(attachment),
    facts: v.record(v.string(), v.union([v.string(), v.number(), v.null()])),
  }),
});

/** A mail on its way, as its file has it. No secret is in it: servers and passwords are asked for when it is sent. */
export type OutboxEntry = v.InferOutput<typeof entrySchema>;

/** The entry that a file holds; null where it is gone or damaged. */
export async function readEntry(path: string): Promise<OutboxEntry | null> {
  try {
    const parsed = v.safeParse(entrySchema, JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.output : null;
  } catch {
    return null; // Another process took it, or nobody can read it: the same to whoever wanted to send it.
  }
}
