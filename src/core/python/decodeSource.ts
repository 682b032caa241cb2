/** A Python file's text and how it was written, so that an edited text can be written the same way. */
export interface DecodedSource {
  /** Without its byte order mark. */
  readonly text: string;
  readonly encoding: string;
  readonly byteOrderMark: boolean;
}

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/u;

/** Python's names for encodings that decoders know by another. */
const ALIASES: Readonly<Record<string, string>> = {
  'latin-1': 'latin1',
  'iso-latin-1': 'latin1',
  cp949: 'euc-kr',
  cp936: 'gbk',
  cp932: 'shift_jis',
  cp950: 'big5',
  mbcs: 'windows-1252',
};

/** Decodes as Python does: byte order mark, then the coding comment in the first two lines, then UTF-8; what is none of them as Windows-1252. */
export function decodeSource(bytes: Uint8Array): DecodedSource {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: decode(bytes, 'utf-16le') ?? '', encoding: 'utf-16le', byteOrderMark: true };
  const byteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const head = String.fromCharCode(...bytes.subarray(0, 400)).split(/\r?\n/u, 2);
  const named = head.map((line) => COOKIE.exec(line)?.[1]).find((name) => name !== undefined);
  const cookie = named === undefined ? undefined : (ALIASES[named.toLowerCase().replaceAll('_', '-')] ?? named);
  for (const encoding of [...(cookie === undefined || byteOrderMark ? [] : [cookie]), 'utf-8']) {
    const text = decode(bytes, encoding);
    if (text !== null) return { text, encoding, byteOrderMark };
  }
  return { text: decode(bytes, 'windows-1252') ?? '', encoding: 'windows-1252', byteOrderMark };
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
