/** Beyond so many pairs of lines the middle is told as replaced whole, rather than keep a person waiting. */
const MOST_PAIRS = 4_000_000;
const CONTEXT = 3;

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** The unified diff of two texts without its header, as `diff -u` prints it; '' where they are equal. Null stands for a file that is absent. */
export function diffLines(before: string | null, after: string | null): string {
  const lines = alignLines(splitLines(before), splitLines(after));
  const changed = lines.flatMap(({ sign }, index) => (sign === ' ' ? [] : [index]));
  const hunks: { start: number; end: number }[] = [];
  for (const index of changed) {
    const last = hunks.at(-1);
    if (last !== undefined && index - CONTEXT <= last.end) last.end = Math.min(lines.length, index + 1 + CONTEXT);
    else hunks.push({ start: Math.max(0, index - CONTEXT), end: Math.min(lines.length, index + 1 + CONTEXT) });
  }
  return hunks.map(({ start, end }) => renderHunk(lines, start, end)).join('');
}

function splitLines(text: string | null): readonly string[] {
  if (text === null || text === '') return [];
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function alignLines(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const as = (sign: Line['sign'], lines: readonly string[]): readonly Line[] => lines.map((text) => ({ sign, text }));
  const [a, b] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const middle = a.length * b.length > MOST_PAIRS ? [...as('-', a), ...as('+', b)] : alignByTable(a, b);
  return [...as(' ', before.slice(0, start)), ...middle, ...as(' ', before.slice(before.length - end))];
}

/** By the longest common subsequence; `lengths` has that of each pair of tails. */
function alignByTable(a: readonly string[], b: readonly string[]): readonly Line[] {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [own, other] = [a[i], b[j]];
    if (own !== undefined && own === other) {
      lines.push({ sign: ' ', text: own });
      i++;
      j++;
    } else if (own !== undefined && (other === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: '-', text: own });
      i++;
    } else {
      lines.push({ sign: '+', text: other ?? '' });
      j++;
    }
  }
  return lines;
}

function renderHunk(lines: readonly Line[], start: number, end: number): string {
  const count = (from: number, to: number, sign: Line['sign']): number =>
    lines.slice(from, to).filter((line) => line.sign === ' ' || line.sign === sign).length;
  const range = (sign: Line['sign']): string => {
    const length = count(start, end, sign);
    return `${count(0, start, sign) + (length === 0 ? 0 : 1)},${length}`;
  };
  const body = lines.slice(start, end).map(({ sign, text }) => `${sign}${text}\n`);
  return `@@ -${range('-')} +${range('+')} @@\n${body.join('')}`;
}
