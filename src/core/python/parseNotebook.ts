import * as v from 'valibot';
import { createSource, type Source } from './Source.ts';

const lines = v.union([v.string(), v.array(v.string())]);
const cell = v.looseObject({ cell_type: v.optional(v.string()), source: v.optional(lines), input: v.optional(lines) });
const cells = v.array(cell);
const notebook = v.looseObject({
  cells: v.optional(cells),
  worksheets: v.optional(v.array(v.looseObject({ cells: v.optional(cells) }))),
  metadata: v.optional(v.looseObject({ language_info: v.optional(v.looseObject({ name: v.optional(v.string()) })) })),
});

/**
 * The code cells of a notebook, format 3 or 4, each with its number over all cells; magics are blanked so that offsets stay.
 * A sentence where it is no notebook that can be read. Never throws.
 */
export function parseNotebook(path: string, text: string): Source[] | string {
  let json: unknown;
  try {
    json = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return 'It is not a notebook: its JSON does not parse.';
  }
  const parsed = v.safeParse(notebook, json);
  if (!parsed.success) return 'It is not a notebook of format 3 or 4.';
  const language = parsed.output.metadata?.language_info?.name ?? 'python';
  if (!/python/iu.test(language)) return `It is a notebook for ${language}, not for Python.`;
  const all = parsed.output.cells ?? parsed.output.worksheets?.flatMap((sheet) => sheet.cells ?? []) ?? [];
  return all.flatMap((entry, index) => {
    if (entry.cell_type !== 'code') return [];
    const content = entry.source ?? entry.input ?? '';
    return [createSource(path, blankMagics(typeof content === 'string' ? content : content.join('')), index)];
  });
}

/** `%matplotlib inline`, `!pip install x`, `?model`, `model.fit?` */
const LINE_MAGIC = /^[ \t]*(?:[%!?].*|[A-Za-z_][\w.]*\?{1,2}[ \t]*)$/u;
/** `%time model.fit(X, y)`: the rest of the line is Python, which `0;` keeps in its place. */
const TIMED_LINE = /^([ \t]*)(%(?:time|timeit)[ \t]+(?=[^-\s]))/u;
/** `files = !ls`, `t = %timeit -o f()` */
const ASSIGNED_MAGIC = /^([ \t]*[A-Za-z_][\w, ]*=[ \t]*)[!%].*$/u;
const TIMING = /^%%(?:time|timeit|capture|prun)\b.*$/u;

/** Replaces notebook magics by blanks (an indented one by `pass`, where it fits), character for character. */
export function blankMagics(text: string): string {
  if (/^\s*%%/u.test(text) && !TIMING.test(text.trimStart().split(/\r?\n/u, 1)[0] ?? '')) return text.replace(/[^\r\n]/gu, ' ');
  let quote: string | null = null;
  return text
    .split('\n')
    .map((line) => {
      const inString = quote !== null;
      for (const match of line.matchAll(/'''|"""/gu)) quote = quote === null ? match[0] : quote === match[0] ? null : quote;
      const bare = line.replace(/\r$/u, '');
      if (inString) return line;
      const timed = TIMED_LINE.exec(bare);
      if (timed !== null) return `${timed[1]}0;${' '.repeat((timed[2] ?? '').length - 2)}${line.slice(timed[0].length)}`;
      const assigned = ASSIGNED_MAGIC.exec(bare)?.[1];
      if (assigned !== undefined) return `${assigned}0${line.slice(assigned.length + 1).replace(/[^\r]/gu, ' ')}`;
      return LINE_MAGIC.test(bare) ? blankLine(line) : line;
    })
    .join('\n');
}

function blankLine(line: string): string {
  const indent = /^[ \t]*/u.exec(line)?.[0] ?? '';
  const rest = line.slice(indent.length);
  const blank = rest.replace(/[^\r]/gu, ' ');
  return indent === '' || rest.trimEnd().length < 4 ? indent + blank : `${indent}pass${blank.slice(4)}`;
}
