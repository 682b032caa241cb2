import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { crc32 } from 'node:zlib';
import type { JournalContents, JournalWriter } from '../../core/ports/StudyStore.ts';
import type { JournalBody, JournalEvent } from '../../core/study/JournalEvent.ts';
import { translateFileError } from './translateFileError.ts';

/** Losing the end of these after a power cut costs nothing that matters. */
const PASSING: ReadonlySet<JournalBody['type']> = new Set(['epoch', 'metric', 'runner-started', 'runner-ready']);

/** Enough for the last events of a study. */
const RESERVE_BYTES = 64_000;

/** The event as a line of journal.jsonl, with the CRC-32 of the rest as its last field. */
export function renderJournalLine(event: JournalEvent): string {
  const body = JSON.stringify(event);
  return `${body.slice(0, -1)},"checksum":"${checksumOf(body)}"}\n`;
}

/** The event of a line, or null where the line is torn or damaged. Never throws. */
export function parseJournalLine(line: string): JournalEvent | null {
  const match = /^(.*),"checksum":"([0-9a-f]{8})"\}$/.exec(line);
  if (match === null) return null;
  const body = `${match[1]}}`;
  if (checksumOf(body) !== match[2]) return null;
  try {
    return JSON.parse(body) as JournalEvent;
  } catch {
    return null;
  }
}

/** Reads up to the first line that is torn, damaged or out of order. An absent file is an empty journal. */
export function readJournalFile(path: string): JournalContents & { readonly bytes: number } {
  const data = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const events: JournalEvent[] = [];
  let start = 0;
  for (let end = data.indexOf(10); end !== -1; end = data.indexOf(10, start)) {
    const event = parseJournalLine(data.toString('utf8', start, end));
    if (event === null || event.sequence !== events.length + 1) break;
    events.push(event);
    start = end + 1;
  }
  const damage =
    start === data.length ? null : `The journal is damaged after its line ${events.length}; what follows is left out.`;
  return { events, damage, bytes: start };
}

/** Opens a journal for its one writer; a torn end is cut off. `now` gives milliseconds since 1970, `steady` those of a clock that never jumps. */
export function openJournalFile(path: string, now: () => number, steady = (): number => performance.now()): JournalWriter {
  const found = readJournalFile(path);
  const events = [...found.events];
  const file = openSync(path, 'a', 0o600);
  if (found.damage !== null) ftruncateSync(file, found.bytes);
  const reserve = reserveSpace(`${path}.reserve`);
  return {
    events,
    append(body) {
      const event: JournalEvent = { sequence: events.length + 1, time: now(), steadyMs: Math.round(steady()), ...body };
      const passing = PASSING.has(body.type);
      const line = renderJournalLine(event);
      try {
        write(file, line);
      } catch (error) {
        // The end of a trial that a full disk has ended must still find its place.
        if (passing || !reserve.release()) throw translateFileError(error, path);
        write(file, line);
      }
      if (!passing) fsyncSync(file);
      events.push(event);
      return event;
    },
    close: () => {
      closeSync(file);
      reserve.release();
    },
  };
}

/** All of a line, or nothing of it. */
function write(file: number, line: string): void {
  const { size } = fstatSync(file);
  try {
    const bytes = Buffer.from(line);
    // What could be written of it is told as a number; the next write says why it was no more.
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
  } catch (error) {
    ftruncateSync(file, size);
    throw error;
  }
}

/** Room on the disk that is given back when it is needed; none where there was none. */
function reserveSpace(path: string): { readonly release: () => boolean } {
  try {
    writeFileSync(path, Buffer.alloc(RESERVE_BYTES), { mode: 0o600 });
  } catch (error) {
    rmSync(path, { force: true });
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
  return {
    release: () => {
      const held = existsSync(path);
      rmSync(path, { force: true });
      return held;
    },
  };
}

function checksumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
