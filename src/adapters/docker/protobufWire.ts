/** A field of a protobuf message: its number, and its bytes or, for a number, its value. */
export interface WireField {
  readonly field: number;
  readonly bytes: Buffer;
  readonly value: number;
}

/**
 * The fields of a protobuf message, in order (https://protobuf.dev/programming-guides/encoding). Only what BuildKit's status and secrets
 * need: length-delimited fields and numbers. Throws RangeError where the message is cut off.
 */
export function* readWireFields(message: Buffer): Generator<WireField> {
  let offset = 0;
  const varint = (): number => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = message.readUInt8(offset++);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (offset < message.length) {
    const key = varint();
    const kind = key % 8;
    const field = (key - kind) / 8;
    const value = kind === 0 ? varint() : 0;
    const length = kind === 2 ? varint() : kind === 1 ? 8 : kind === 5 ? 4 : 0;
    if (offset + length > message.length) throw new RangeError('A protobuf message is cut off.');
    yield { field, bytes: message.subarray(offset, offset + length), value };
    offset += length;
  }
}

/** One length-delimited field. */
export function writeWireField(field: number, bytes: Buffer): Buffer {
  const head = [field * 8 + 2];
  let length = bytes.length;
  for (; length >= 0x80; length = Math.floor(length / 128)) head.push((length % 128) | 0x80);
  return Buffer.concat([Buffer.from([...head, length]), bytes]);
}
