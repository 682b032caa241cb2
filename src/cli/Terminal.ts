import type { WriteStream } from 'node:tty';

/** Where the command line speaks: results on standard output, everything else on standard error. */
export interface Terminal {
  /** A result: text, or one JSON document. */
  result(text: string): void;
  /** A line of progress, kept on the screen. */
  say(text: string): void;
  /** What is happening right now: replaces itself on a terminal; elsewhere a line each time that it says something new. */
  status(text: string): void;
  /** The script's own output, as it came. */
  output(text: string): void;
  /** Whether the status line is drawn, so that it may change as often as it likes. */
  readonly live: boolean;
  /** Takes the status line away. */
  clear(): void;
  readonly width: number;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;

type Stream = Pick<WriteStream, 'write'> & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;

/** A terminal over two streams. Control characters of a status are shown, not obeyed. */
export function createTerminal(stdout: Stream, stderr: Stream): Terminal {
  const live = stderr.isTTY === true && process.env['TERM'] !== 'dumb';
  let status = '';
  let frame = 0;
  let timer: ReturnType<typeof setInterval> | null = null;
  let midLine = false;

  const draw = (): void => {
    const text = `${FRAMES[(frame = (frame + 1) % FRAMES.length)]} ${status}`;
    stderr.write(`\r\u001b[2K${text.slice(0, (stderr.columns ?? 80) - 1)}`);
  };
  const clear = (): void => {
    if (timer === null) return;
    clearInterval(timer);
    timer = null;
    stderr.write('\r\u001b[2K');
  };
  const endLine = (): void => {
    if (midLine) stderr.write('\n');
    midLine = false;
  };
  return {
    width: stderr.columns ?? 80,
    live,
    clear() {
      clear();
      endLine();
    },
    result: (text) => void stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    say(text) {
      clear();
      endLine();
      stderr.write(`${printable(text)}\n`);
    },
    output(text) {
      clear();
      stderr.write(text);
      midLine = !/[\r\n]$/.test(text);
    },
    status(text) {
      const next = printable(text);
      if (!live && next !== status) {
        endLine();
        stderr.write(`${next}\n`);
      }
      status = next;
      if (!live || midLine) return; // A progress bar of the script's own is at work there.
      timer ??= setInterval(draw, FRAME_MS);
      draw();
    },
  };
}

/** A text whose control characters cannot steer a terminal: names of files and scripts are not ours. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\uFFFD');
}
