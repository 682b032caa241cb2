/** The code of a notebook's cell, and where each of its characters stands in the notebook's file. */
export interface CellText {
  readonly text: string;
  /** The offset in the file's text of an offset in the cell's code. */
  readonly offsetOf: (offset: number) => number;
}

/** A string in a JSON text, quotes included, and the keys and indices that lead to it. */
interface StringPlace {
  readonly path: readonly (string | number)[];
  readonly start: number;
  readonly end: number;
}

const SOURCE = /^(?<cell>(?:worksheets,\d+,)?cells,\d+),(?:source|input)(?:,\d+)?$/u;
const CELL = /^(?<cell>(?:worksheets,\d+,)?cells,\d+),/u;

/** Finds the code of all cells in a notebook's JSON, formats 3 and 4, by their numbers over all cells. The text must be valid JSON. */
export function locateCells(json: string): Map<number, CellText> {
  const numbers = new Map<string, number>();
  const pieces = new Map<number, StringPlace[]>();
  for (const place of stringsOf(json)) {
    const path = place.path.join(',');
    const cell = CELL.exec(path)?.groups?.['cell'];
    if (cell === undefined) continue;
    const number = numbers.get(cell) ?? numbers.size;
    numbers.set(cell, number);
    if (SOURCE.test(path)) pieces.set(number, [...(pieces.get(number) ?? []), place]);
  }
  return new Map([...pieces].map(([number, places]) => [number, cellText(json, places)]));
}

function cellText(json: string, places: readonly StringPlace[]): CellText {
  const offsets: number[] = [];
  let text = '';
  for (const { start, end } of places) {
    for (const match of json.slice(start + 1, end - 1).matchAll(/\\u[0-9a-fA-F]{4}|\\.|[^\\]/gsu)) {
      const [unit] = match;
      const decoded = unit.startsWith('\\') ? (JSON.parse(`"${unit}"`) as string) : unit;
      for (let index = 0; index < decoded.length; index++) offsets.push(start + 1 + match.index + index);
      text += decoded;
    }
  }
  const last = places.at(-1);
  offsets.push(last === undefined ? 0 : last.end - 1);
  return { text, offsetOf: (offset) => offsets[offset] ?? offsets.at(-1) ?? 0 };
}

function* stringsOf(json: string): Generator<StringPlace> {
  const path: (string | number)[] = [];
  for (const match of json.matchAll(/"(?:[^"\\]|\\.)*"(?<colon>\s*:)?|[{}[\],]/gsu)) {
    const [token] = match;
    const last = path.length - 1;
    if (match.groups?.['colon'] !== undefined) {
      path[last] = JSON.parse(token.slice(0, token.lastIndexOf('"') + 1)) as string;
    } else if (token.startsWith('"')) yield { path: [...path], start: match.index, end: match.index + token.length };
    else if (token === '{') path.push('');
    else if (token === '[') path.push(0);
    else if (token === ',') {
      const at = path[last];
      if (typeof at === 'number') path[last] = at + 1;
    } else path.pop();
  }
}
