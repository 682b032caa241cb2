import { parse } from 'smol-toml';
import type { DictExpression, Expression, LiteralValue } from './Ast.ts';
import type { Source } from './Source.ts';

type Table = Map<string, Table | Expression>;

const HEADER = /^[ \t]*\[(?<name>[\w.-]+)\][ \t]*(?:#.*)?$/u;
const ENTRY = /^(?<before>[ \t]*(?<key>[\w-]+)[ \t]*=[ \t]*)(?<value>"(?:[^"\\]|\\.)*"|'[^']*'|[^\s#"'[{]+)[ \t]*(?:#.*)?\r?$/u;

/** The single values of a TOML file, below their tables; lists and all that takes several lines are left out. Null where it is broken. */
export function parseTomlEntries(source: Source): DictExpression | null {
  let document: unknown;
  try {
    document = parse(source.text);
  } catch {
    return null;
  }
  const root: Table = new Map();
  let path: readonly string[] | null = [];
  for (const [index, start] of source.lineStarts.entries()) {
    const line = source.text.slice(start, source.lineStarts[index + 1] ?? source.text.length).replace(/\n$/u, '');
    if (/^[ \t]*\[/u.test(line)) path = HEADER.exec(line)?.groups?.['name']?.split('.') ?? null;
    const { before = '', key = '', value = '' } = ENTRY.exec(line)?.groups ?? {};
    if (path === null || key === '') continue;
    const known = valueAt(document, [...path, key]);
    if (known === undefined) continue;
    const at = start + before.length;
    tableAt(root, path)?.set(key, { kind: 'literal', value: known, source, start: at, end: at + value.length });
  }
  return dictOf(root, source);
}

function valueAt(document: unknown, path: readonly string[]): LiteralValue | undefined {
  let value = document;
  for (const key of path)
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

function tableAt(root: Table, path: readonly string[]): Table | null {
  let table = root;
  for (const key of path) {
    const next = table.get(key) ?? new Map<string, Table | Expression>();
    if (!(next instanceof Map)) return null;
    table.set(key, next);
    table = next;
  }
  return table;
}

function dictOf(table: Table, source: Source): DictExpression {
  const place = { source, start: 0, end: 0 };
  const entries = [...table].map(([key, value]) => ({
    key: { kind: 'literal' as const, value: key, ...place },
    value: value instanceof Map ? dictOf(value, source) : value,
  }));
  return { kind: 'dict', entries, ...place };
}
