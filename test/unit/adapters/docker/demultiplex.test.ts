import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { demultiplex } from '../../../../src/adapters/docker/demultiplex.ts';

function frame(kind: number, payload: string): Buffer {
  const data = Buffer.from(payload);
  const head = Buffer.alloc(8);
  head[0] = kind;
  head.writeUInt32BE(data.length, 4);
  return Buffer.concat([head, data]);
}

test('frames arrive whole and apart, however the connection cuts them', async () => {
  const bytes = Buffer.concat([frame(1, 'größe '), frame(2, 'warnung'), frame(1, 'zwei\n'), frame(2, ''), frame(1, '€')]);
  for (const size of [1, 3, 7, 8, 9, bytes.length]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    const { stdout, stderr } = demultiplex(Readable.from(pieces));
    expect(await Promise.all([text(stdout), text(stderr)])).toEqual(['größe zwei\n€', 'warnung']);
  }
});

test('a connection that breaks ends both streams', async () => {
  const stream = Readable.from(
    (function* () {
      yield frame(1, 'before');
      throw new Error('ECONNRESET');
    })(),
  );
  const { stdout, stderr } = demultiplex(stream);
  expect(await Promise.all([text(stdout), text(stderr)])).toEqual(['before', '']);
});
