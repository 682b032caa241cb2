import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document } from 'yaml';
import type { Expression, LiteralValue, Module } from './Ast.ts';
import { parseTomlEntries } from './parseTomlEntries.ts';
import { createSource, type Source } from './Source.ts';

const MAX_TEXT_LENGTH = 300_000;
const MAX_DEPTH = 40;

/**
 * A YAML, JSON or TOML file, by the ending of its path, as a module whose one expression is what reading it gives in Python; its literals
 * stand where they are written in the file. Null where it is none of these, too long, or broken. Never throws.
 */
export function parseData(path: string, text: string): Module | null {
  if (text.length > MAX_TEXT_LENGTH) return null;
  const source = createSource(path, text);
  const value = path.endsWith('.toml') ? parseTomlEntries(source) : /\.(?:ya?ml|json)$/u.test(path) ? parseYaml(source) : null;
  if (value === null) return null;
  return {
    path,
    sources: [source],
    body: [{ kind: 'expression', value, source, start: value.start, end: value.end }],
    problems: [],
  };
}

/** One YAML value of a text as Python's expression for it; null where it is broken. JSON is YAML. */
function parseYaml(source: Source): Expression | null {
  try {
    const document = parseDocument(source.text, { merge: true, prettyErrors: false });
    return document.errors.length > 0 ? null : toExpression(document.contents, document, source, 0);
  } catch (error) {
    // What nests too deep for the stack is no configuration.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function toExpression(node: unknown, document: Document, source: Source, depth: number): Expression {
  const range = (node as { range?: readonly number[] } | null)?.range;
  const place = { source, start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
  const inner = (part: unknown): Expression => toExpression(part, document, source, depth + 1);
  if (depth > MAX_DEPTH) return { kind: 'opaque', parts: [], ...place };
  if (isAlias(node)) return inner(node.resolve(document));
  if (isSeq(node)) return { kind: 'sequence', type: 'list', items: node.items.map(inner), ...place };
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }) => ({
      key: isScalar(key) && key.value === '<<' ? null : inner(key),
      value: inner(value),
    }));
    return { kind: 'dict', entries, ...place };
  }
  const block = isScalar(node) && node.type?.startsWith('BLOCK') === true;
  if (!isScalar(node) || block || !isLiteral(node.value)) return { kind: 'opaque', parts: [], ...place };
  return { kind: 'literal', value: node.value, ...place };
}

function isLiteral(value: unknown): value is LiteralValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
