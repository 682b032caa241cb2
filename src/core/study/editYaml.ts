import {
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  stringify,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';

/** A value that YAML holds. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

type Path = readonly string[];

/**
 * The text of a YAML document with one value set. Only the lines of that value change: comments, order, spacing and line ends of all
 * else stay. What lies on the path and is absent is made.
 */
export function setInYaml(text: string, path: Path, value: YamlValue): string {
  const { contents } = parseDocument(text);
  if (!isMap(contents)) return insertLines(text, text.length, renderBlock(withValue({}, path, value), 0));
  if (contents.flow === true) return replaceFlow(text, contents, withValue(contents.toJSON(), path, value));
  const { host, pair, rest } = follow(contents, path);
  const column = columnOf(text, startOf(host));
  const [key = '', ...deeper] = rest;
  if (pair === null) return insertLines(text, endOf(text, host), renderBlock(withValue({}, rest, value), column));
  const changed = withValue(plain(pair.value), deeper, value);
  const isLine = !isRecord(changed) || (isMap(pair.value) && pair.value.flow === true);
  const entry = isLine ? `${renderFlow(key)}: ${renderFlow(changed)}` : renderBlock({ [key]: changed }, column).trim();
  return text.slice(0, startOf(pair.key)) + withLineEnds(entry, text) + text.slice(endOfPair(text, pair));
}

/** The text with one item more in the list at the path; the same where it is in it. A single value becomes a list of it. */
export function addToYaml(text: string, path: Path, item: string): string {
  const { contents } = parseDocument(text);
  const list = isMap(contents) ? contents.getIn(path, true) : undefined;
  const items = list === undefined || plain(list) === null ? [] : ([plain(list)].flat() as YamlValue[]);
  if (items.includes(item)) return text;
  if (!isSeq(list) || list.flow === true || list.items.length === 0) return setInYaml(text, path, [...items, item]);
  return insertLines(text, endOf(text, list), `${' '.repeat(columnOf(text, startOf(list)))}- ${renderFlow(item)}\n`);
}

/** The text without the value at the path, and without what is empty then; the same where there is none. */
export function removeFromYaml(text: string, path: Path): string {
  const { contents } = parseDocument(text);
  if (!isMap(contents) || !contents.hasIn(path)) return text;
  let depth = path.length - 1;
  while (depth > 0 && sizeOf(contents.getIn(path.slice(0, depth), true)) === 1) depth--;
  const host = (depth === 0 ? contents : contents.getIn(path.slice(0, depth), true)) as YAMLMap;
  const key = path[depth] ?? '';
  if (host.flow === true) {
    const { [key]: _, ...others } = host.toJSON() as Readonly<Record<string, YamlValue>>;
    return replaceFlow(text, host, others);
  }
  const pair = find(host, key);
  if (pair === null) return text;
  const start = text.lastIndexOf('\n', startOf(pair.key)) + 1;
  return text.slice(0, start) + text.slice(nextLine(text, endOfPair(text, pair)));
}

/** The value at a path of plain values; undefined where there is none. */
export function valueAt(values: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined), values);
}

/** Plain values with one more at a path; what is no map on the way gives way to one. */
export function withValue(values: unknown, [key, ...rest]: Path, value: YamlValue): YamlValue {
  if (key === undefined) return value;
  const before = isRecord(values) ? (values as Readonly<Record<string, YamlValue>>) : {};
  return { ...before, [key]: withValue(valueAt(before, [key]), rest, value) };
}

/** The block map nearest to the end of the path, the pair in it that the path goes on with, and what of the path is left there. */
function follow(contents: YAMLMap, path: Path): { readonly host: YAMLMap; readonly pair: Pair | null; readonly rest: Path } {
  let host = contents;
  for (let depth = 0; ; depth++) {
    const pair = find(host, path[depth] ?? '');
    const value = pair?.value;
    const isLast = depth === path.length - 1 || !isMap(value) || value.flow === true || value.items.length === 0;
    if (isLast) return { host, pair, rest: path.slice(depth) };
    host = value;
  }
}

function find(map: YAMLMap, key: string): Pair | null {
  return map.items.find((pair) => (isScalar(pair.key) ? String(pair.key.value) : null) === key) ?? null;
}

function replaceFlow(text: string, node: YAMLMap, value: YamlValue): string {
  return text.slice(0, startOf(node)) + renderFlow(value) + text.slice(endOf(text, node));
}

/** A map as lines, each ended, with its keys in a column: maps below it in blocks, all else on the line of its key. */
function renderBlock(value: YamlValue, column: number): string {
  const lines = Object.entries(value ?? {}).map(([key, child]: [string, YamlValue]) =>
    isRecord(child) && Object.keys(child).length > 0
      ? `${renderFlow(key)}:\n${renderBlock(child, column + 2)}`
      : `${renderFlow(key)}: ${renderFlow(child)}\n`,
  );
  return lines.map((line) => ' '.repeat(column) + line).join('');
}

/** A value on one line, quoted where it needs to be wherever it stands. */
function renderFlow(value: YamlValue): string {
  if (Array.isArray(value)) return `[${value.map(renderFlow).join(', ')}]`;
  if (isRecord(value))
    return `{${Object.entries(value)
      .map(([key, child]) => `${renderFlow(key)}: ${renderFlow(child)}`)
      .join(', ')}}`;
  if (typeof value === 'string' && value.includes('\n')) return JSON.stringify(value);
  return stringify([value], { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trim().slice(1, -1);
}

/** Puts lines before the line after a place. */
function insertLines(text: string, after: number, lines: string): string {
  const at = nextLine(text, after);
  const isOpen = at > 0 && text[at - 1] !== '\n';
  return text.slice(0, at) + withLineEnds(isOpen ? `\n${lines}` : lines, text) + text.slice(at);
}

function withLineEnds(lines: string, text: string): string {
  return text.includes('\r\n') ? lines.replaceAll('\n', '\r\n') : lines;
}

/** Where the line after the one with a place begins; a place at the beginning of a line is the end of the one before. */
function nextLine(text: string, place: number): number {
  if (place === 0 || text[place - 1] === '\n') return place;
  const end = text.indexOf('\n', place);
  return end === -1 ? text.length : end + 1;
}

function columnOf(text: string, place: number): number {
  return place - (text.lastIndexOf('\n', place - 1) + 1);
}

function startOf(node: unknown): number {
  return (isNode(node) ? node.range?.[0] : undefined) ?? 0;
}

/** Where a node's last character ends; its comments, and the blank lines after it, are not of it. */
function endOf(text: string, node: Node): number {
  const last = isCollection(node) && node.flow !== true ? node.items.at(-1) : undefined;
  if (isPair(last)) return endOfPair(text, last);
  return isNode(last) ? endOf(text, last) : (node.range?.[1] ?? 0);
}

/** A key without a value ends with its colon. */
function endOfPair(text: string, { key, value }: Pair): number {
  const ofKey = text.indexOf(':', isNode(key) ? (key.range?.[1] ?? 0) : 0) + 1;
  return Math.max(ofKey, isNode(value) && text.slice(startOf(value), value.range?.[1]) !== '' ? endOf(text, value) : 0);
}

function sizeOf(node: unknown): number {
  return isCollection(node) ? node.items.length : 0;
}

function plain(node: unknown): unknown {
  return isNode(node) ? node.toJSON() : null;
}

function isRecord<T = unknown>(value: unknown): value is Readonly<Record<string, T>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
