/** A word of a command line: parts in single quotes, in double quotes, escaped, or plain. */
const WORD = /(?:'[^']*'|"(?:\\[^]|[^"\\])*"|\\[^]|[^\s'"\\])+/gu;
const PART = /'([^']*)'|"((?:\\[^]|[^"\\])*)"|\\([^])|([^\s'"\\]+)/gu;

/** The arguments of a command line as a POSIX shell splits it, without its expansions; null where a quote is left open. */
export function splitArguments(line: string): readonly string[] | null {
  if (line.replace(WORD, '').trim() !== '') return null;
  return [...line.matchAll(WORD)].map(([word]) =>
    [...word.matchAll(PART)]
      .map(([, single, double, escaped, plain]) => single ?? double?.replace(/\\(["\\$`])/gu, '$1') ?? escaped ?? plain ?? '')
      .join(''),
  );
}
