import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HyperparameterValue } from '../../../../src/core/space/Assignment.ts';
import { applyAssignment } from '../../../../src/core/space/applyAssignment.ts';
import { locateCells } from '../../../../src/core/space/locateCells.ts';
import type { SearchSpace } from '../../../../src/core/space/SearchSpace.ts';
import { randomAssignment, randomFrom } from './randomAssignment.ts';
import { fixtureText, FIXTURES, spaceOf } from './readSpace.ts';

const ROUNDS = 200;
const TIMEOUT_MS = 60_000;
const names = readdirSync(join(FIXTURES, 'scripts'));

/** The text without what stands in the edits' ranges, which is all that may differ. */
function withoutEdits(text: string, space: SearchSpace): string {
  const cells = space.script.endsWith('.ipynb') ? locateCells(text) : null;
  const ranges = space.hyperparameters
    .flatMap(({ edits }) => edits)
    .map(({ start, end, cell }) => {
      const code = cell === undefined ? undefined : cells?.get(cell);
      return code === undefined ? [start, end] : [code.offsetOf(start), code.offsetOf(end)];
    })
    .sort(([a = 0], [b = 0]) => a - b);
  let at = 0;
  const kept: string[] = [];
  for (const [start = 0, end = 0] of ranges) {
    kept.push(text.slice(at, start));
    at = end;
  }
  return [...kept, text.slice(at)].join('\u0000');
}

/** A loop over one item reads as the item alone. */
function plain(value: HyperparameterValue): HyperparameterValue {
  return Array.isArray(value) && value.length === 1 ? (value[0] ?? null) : value;
}

/** Asks CPython which texts it cannot parse; null where there is none. */
function rejectedByPython(texts: readonly string[]): string[] | null {
  const program =
    'import ast, json, sys\nfor text in json.load(sys.stdin):\n  try: ast.parse(text)\n  except SyntaxError as error: print(error, text)';
  const run = spawnSync('python3', ['-c', program], { input: JSON.stringify(texts), encoding: 'utf8' });
  return run.error === undefined ? run.stdout.split('\n').filter(Boolean) : null;
}

describe.each(names)('random assignments to %s', (name) => {
  test(
    'change only the edits, parse, and are found again',
    async () => {
      const text = fixtureText(name);
      const space = await spaceOf(text, name);
      const random = randomFrom(7);
      const made: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const assignment = randomAssignment(space, random);
        const edited = applyAssignment(space, assignment, () => text).get(name) ?? text;
        const again = await spaceOf(edited, name);
        expect(withoutEdits(edited, again)).toBe(withoutEdits(text, space));
        const wanted = space.hyperparameters.map(({ id, value }) => [id, plain(assignment[id] ?? value)]);
        expect(again.hyperparameters.map(({ id, value }) => [id, plain(value)])).toEqual(wanted);
        expect(again.fixed.map(({ name: kept, value }) => [kept, value])).toEqual(
          space.fixed.map(({ name: kept, value }) => [kept, value]),
        );
        made.push(
          name.endsWith('.ipynb')
            ? [...locateCells(edited).values()].map((cell) => cell.text.replace(/^[%!].*$/gmu, '')).join('\n')
            : edited,
        );
      }
      expect(rejectedByPython(made) ?? []).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

test('the values of the script itself change nothing', async () => {
  const text = fixtureText('torch_cnn.py');
  const space = await spaceOf(text, 'torch_cnn.py');
  const own = Object.fromEntries(space.hyperparameters.map(({ id, value }) => [id, value]));
  expect(applyAssignment(space, own, () => text).size).toBe(0);
});
