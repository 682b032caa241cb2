import { connect, type Socket } from 'node:net';

interface DebugMessage {
  readonly type: string;
  readonly command?: string;
  readonly event?: string;
  readonly success?: boolean;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** A client of the Debug Adapter Protocol, as small as it gets. */
export class DebugClient {
  readonly #socket: Socket;
  readonly #received: DebugMessage[] = [];
  #rest = Buffer.alloc(0);
  #sequence = 0;
  #wake: () => void = () => {};

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.on('data', (chunk) => this.#take(chunk)).on('close', () => this.#wake());
  }

  send(command: string, args: Readonly<Record<string, unknown>> = {}): void {
    const text = JSON.stringify({ seq: ++this.#sequence, type: 'request', command, arguments: args });
    this.#socket.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  /** The next answer to a command, or event of a name; what came before it is passed over. */
  async next(name: string): Promise<DebugMessage> {
    for (;;) {
      for (let message = this.#received.shift(); message !== undefined; message = this.#received.shift()) {
        if (message.command === name || message.event === name) return message;
      }
      if (this.#socket.destroyed) throw new Error(`The connection ended before ${name}.`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n\r\n/.exec(this.#rest.toString('latin1', 0, 60));
      const [start, length] = [header?.[0].length ?? 0, Number(header?.[1])];
      if (header === null || this.#rest.length < start + length) break;
      this.#received.push(JSON.parse(this.#rest.toString('utf8', start, start + length)) as DebugMessage);
      this.#rest = this.#rest.subarray(start + length);
    }
    this.#wake();
  }
}
