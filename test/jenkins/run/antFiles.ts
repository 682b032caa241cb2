import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Files below a folder that any of Ant's patterns names, as Jenkins' steps read them; relative, with `/`, sorted. Hidden files count. */
export function antFiles(directory: string, patterns: string): readonly string[] {
  const expressions = patterns
    .split(/[,\s]+/u)
    .filter((one) => one !== '')
    .map(expressionOf);
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => relative(directory, join(item.parentPath, item.name)).split(sep).join('/'))
    .filter((path) => expressions.some((one) => one.test(path)))
    .sort();
}

function expressionOf(pattern: string): RegExp {
  const whole = pattern.endsWith('/') ? `${pattern}**` : pattern;
  const source = whole.replace(/\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/gu, (part) => MEANINGS[part] ?? `\\${part}`);
  return new RegExp(`^${source}$`, 'u');
}

const MEANINGS: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
