import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';

/** A container's two streams, taken apart; both end when the connection does. */
export interface ContainerOutput {
  readonly stdout: Readable;
  readonly stderr: Readable;
}

/**
 * Takes an attached container's stream apart: frames of one byte kind (1 stdout, 2 stderr), three zeros, a big-endian length, and the
 * payload (Docker Engine API, ContainerAttach). Reads no faster than its readers.
 */
export function demultiplex(stream: Readable): ContainerOutput {
  const output = { stdout: new PassThrough(), stderr: new PassThrough() };
  void distribute(stream, output).finally(() => {
    output.stdout.end();
    output.stderr.end();
  });
  return output;
}

async function distribute(stream: Readable, { stdout, stderr }: { stdout: PassThrough; stderr: PassThrough }): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let target = stdout;
  let missing = 0;
  try {
    for await (const chunk of stream) {
      rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
      while (rest.length > 0) {
        if (missing === 0) {
          if (rest.length < 8) break;
          target = rest[0] === 2 ? stderr : stdout;
          missing = rest.readUInt32BE(4);
          rest = rest.subarray(8);
          continue;
        }
        const payload = rest.subarray(0, missing);
        rest = rest.subarray(payload.length);
        missing -= payload.length;
        if (!target.write(payload)) await once(target, 'drain');
      }
    }
  } catch (error) {
    // The connection broke, which is an end; why the container is gone is asked elsewhere.
    if (!(error instanceof Error)) throw error;
  }
}
