import * as v from 'valibot';

const MOST_WIDTH = 1000;

const answers = v.union([
  v.object({ reason: v.pipe(v.string(), v.maxLength(2000)) }),
  v.object({
    width: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_WIDTH)),
    values: v.pipe(v.string(), v.base64()),
  }),
]);

/** What a model answered anew, flat, or why it did not, in a sentence. */
export type Answers = { readonly values: Float32Array } | { readonly reason: string };

/**
 * Parses what `hone_runner recheck` printed, whatever libraries printed before it: its last line that is an answer. Never throws.
 * @param decode the bytes of a base64 text
 */
export function parseAnswers(printed: string, decode: (text: string) => Uint8Array): Answers | null {
  for (const line of printed.trimEnd().split('\n').toReversed()) {
    const parsed = v.safeParse(answers, parseJson(line));
    if (!parsed.success) continue;
    if ('reason' in parsed.output) return parsed.output;
    const bytes = Uint8Array.from(decode(parsed.output.values));
    return bytes.length % (4 * parsed.output.width) === 0 ? { values: new Float32Array(bytes.buffer) } : null;
  }
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
