/** The value of a Python number literal; NaN where it is complex or no number. Integers beyond 2^53 lose digits. */
export function parseNumber(text: string): number {
  const plain = text.replaceAll('_', '').replace(/[lL]$/u, '');
  if (/^0[0-7]+$/u.test(plain)) return Number.parseInt(plain, 8);
  return Number(plain.endsWith('.') ? `${plain}0` : plain.replace(/\.(?=[eE])/u, '.0'));
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
  '0': '\0',
};

/** The value of a Python string literal, prefix and quotes included; rare escapes stay as they are written. */
export function parseString(text: string): string {
  const match = /^([a-zA-Z]*)('''|"""|'|")([\s\S]*?)(?:\2)?$/u.exec(text);
  if (match === null) return text;
  const [, prefix = '', , body = ''] = match;
  if (/r/iu.test(prefix)) return body;
  return body.replace(/\\(\n|.)/gu, (whole, escaped: string) => ESCAPES[escaped] ?? whole);
}
