import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/**
 * The lines of a stream, without their ends, split safely within UTF-8 sequences. A line longer than `mostBytes` is dropped; the rest goes
 * on. Ends when the stream ends, also by an error.
 */
export async function* readLines(stream: Readable, mostBytes = 1_000_000): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let dropping = false;
  try {
    for await (const chunk of stream) {
      const parts = (rest + decoder.write(chunk as Buffer)).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        if (!dropping) yield part;
        dropping = false;
      }
      if (rest.length > mostBytes) dropping = true;
      if (dropping) rest = '';
    }
  } catch (error) {
    // A reset connection is an end like any other: whoever owns the process learns its fate elsewhere.
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
