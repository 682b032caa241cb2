import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Assignment, HyperparameterValue } from '../../../../src/core/space/Assignment.ts';
import { applyAssignment } from '../../../../src/core/space/applyAssignment.ts';
import { locateCells } from '../../../../src/core/space/locateCells.ts';
import type { SearchSpace } from '../../../../src/core/space/SearchSpace.ts';
import { structuralChanges } from '../../../../src/core/space/structure/structuralChanges.ts';
import { randomAssignment, randomFrom, randomStructure } from './randomAssignment.ts';
import { fixtureText, FIXTURES, spaceOf } from './readSpace.ts';

/** More than 2,000 over all fixtures, and as many again with other layers where there can be any. */
const ROUNDS = 125;
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

/** Whether what stands between the places that an assignment changes is all still there, in order. */
function keepsTheRest(text: string, edited: string, space: SearchSpace, assignment: Assignment): boolean {
  const cells = space.script.endsWith('.ipynb') ? locateCells(text) : null;
  const touched = [
    ...space.hyperparameters.filter(({ id }) => id in assignment).flatMap(({ edits }) => edits),
    ...structuralChanges(space.structure, assignment),
  ]
    .map(({ start, end, cell }) => {
      const code = cell === undefined ? undefined : cells?.get(cell);
      return code === undefined ? { start, end } : { start: code.offsetOf(start), end: code.offsetOf(end) };
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let [at, found] = [0, 0];
  for (const { start, end } of touched) {
    if (start > at) {
      const kept = text.slice(at, start);
      const place = edited.indexOf(kept, found);
      if (place === -1 || (at === 0 && place !== 0)) return false;
      found = place + kept.length;
    }
    at = Math.max(at, end);
  }
  return edited.slice(found).endsWith(text.slice(at));
}

/** Whether all of one list stand in another, in order. */
function isWithin(part: readonly unknown[], whole: readonly unknown[]): boolean {
  let at = 0;
  return part.every((item) => {
    while (at < whole.length && JSON.stringify(whole[at]) !== JSON.stringify(item)) at++;
    return at++ < whole.length;
  });
}

/** A loop over one item reads as the item alone. */
function plain(value: HyperparameterValue): HyperparameterValue {
  return Array.isArray(value) && value.length === 1 ? (value[0] ?? null) : value;
}

/** The Python of a script; of a notebook that of its cells, without magics. */
function codeOf(text: string, name: string): string {
  if (!name.endsWith('.ipynb')) return text;
  return [...locateCells(text).values()].map((cell) => cell.text.replace(/^[%!].*$/gmu, '')).join('\n');
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
        made.push(codeOf(edited, name));
      }
      expect(rejectedByPython(made) ?? []).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

describe.each(names)('random layers in %s', (name) => {
  test(
    'are as many as asked for, and leave the rest as it is',
    async () => {
      const text = fixtureText(name);
      const space = await spaceOf(text, name);
      const random = randomFrom(11);
      const made: string[] = [];
      for (let round = 0; round < (space.structure.length === 0 ? 0 : ROUNDS); round++) {
        const counts = randomStructure(space, random);
        const assignment = { ...randomAssignment(space, random), ...counts };
        const edited = applyAssignment(space, assignment, () => text).get(name) ?? text;
        const again = await spaceOf(edited, name);
        expect(keepsTheRest(text, edited, space, assignment)).toBe(true);
        const fewer = space.structure.filter(({ id, value }) => (counts[id] ?? value) < value);
        const more = space.structure.filter(({ id, value }) => (counts[id] ?? value) > value);
        const wanted = space.hyperparameters.map(({ id, name: kind, value }) => [kind, plain(assignment[id] ?? value)]);
        const found = again.hyperparameters.map(({ name: kind, value }) => [kind, plain(value)]);
        if (fewer.length === 0) expect(isWithin(wanted, found), edited).toBe(true);
        if (more.length === 0) expect(isWithin(found, wanted), edited).toBe(true);
        const removes = fewer.some(({ name: kind }) => kind === 'dense' || kind === 'blocks');
        for (const { id, name: kind, value, max } of space.structure) {
          const asked = counts[id] ?? value;
          // At the end of what shapes allow there may be nothing left to add or remove.
          const count = again.structure.find((one) => one.id === id)?.value ?? (asked === max ? max : 0);
          // What belongs to a layer that is removed goes with it, and is put nowhere else.
          if (kind === 'dense' || kind === 'blocks' || (kind !== 'scaler' && !removes)) expect(count, edited).toBe(asked);
          else expect(count).toBeLessThanOrEqual(asked);
        }
        made.push(codeOf(edited, name));
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
