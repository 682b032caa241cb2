import { parseNotebook } from '../python/parseNotebook.ts';

/** Whether two texts of a file are the same but for line ends, a byte order mark, and what a notebook holds beside its code. */
export function isSameCode(path: string, a: string, b: string): boolean {
  return codeOf(path, a) === codeOf(path, b);
}

function codeOf(path: string, text: string): string {
  const cells = path.endsWith('.ipynb') ? parseNotebook(path, text) : text;
  const code = typeof cells === 'string' ? text.replace(/^\uFEFF/u, '') : JSON.stringify(cells.map((cell) => cell.text));
  return code.replaceAll('\r\n', '\n');
}
