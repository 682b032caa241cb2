import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { diffLines } from '../../../../src/core/study/diffLines.ts';

const folder = mkdtempSync(join(tmpdir(), 'hone-diff-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The text after git applied the diff. */
function patched(before: string, diff: string): string {
  writeFileSync(join(folder, 'a'), before);
  execFileSync('git', ['apply', '-'], { cwd: folder, input: `--- a/a\n+++ b/a\n${diff}` });
  return readFileSync(join(folder, 'a'), 'utf8');
}

describe('a diff of two texts', () => {
  const lines = (...numbers: readonly (number | string)[]): string => numbers.map((number) => `line ${number}\n`).join('');

  test('shows what changed with three lines around it', () => {
    expect(diffLines(lines(1, 2, 3, 4, 5, 6, 7, 8, 9), lines(1, 2, 3, 4, 'five', 6, 7, 8, 9))).toBe(
      '@@ -2,7 +2,7 @@\n line 2\n line 3\n line 4\n-line 5\n+line five\n line 6\n line 7\n line 8\n',
    );
  });

  test('is empty for equal texts, and whole for a file that is new or gone', () => {
    expect(diffLines('a\n', 'a\n')).toBe('');
    expect(diffLines(null, 'a\nb\n')).toBe('@@ -0,0 +1,2 @@\n+a\n+b\n');
    expect(diffLines('a\nb\n', null)).toBe('@@ -1,2 +0,0 @@\n-a\n-b\n');
  });

  test.each([
    [lines(1, 2, 3), lines(2, 3)],
    [lines(1, 2, 3), lines(1, 2, 3, 4)],
    [lines(...Array(40).keys()), lines(0, 'x', ...[...Array(40).keys()].slice(1, 30), ...[...Array(40).keys()].slice(34), 'y')],
    [lines('a', 'b', 'a', 'b', 'c'), lines('b', 'a', 'c', 'c')],
  ])('is what git applies: %#', (before, after) => {
    expect(patched(before, diffLines(before, after))).toBe(after);
  });
});
