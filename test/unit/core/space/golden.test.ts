import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SearchSpace } from '../../../../src/core/space/SearchSpace.ts';
import { fixtureText, FIXTURES, spaceOf } from './readSpace.ts';

const names = readdirSync(join(FIXTURES, 'scripts'));

/** One line a value, so that a difference is read at a glance. */
function render({ hyperparameters, fixed, structure }: SearchSpace): string {
  const tunable = hyperparameters.map(({ id, value, variable, edits, range }) => {
    const places = edits.map(
      ({ line, column, cell, times }) =>
        `${cell === undefined ? '' : `[${cell}]`}${line}:${column}${times === undefined ? '' : ` x${times}`}`,
    );
    const width =
      range.kind === 'categorical' ? JSON.stringify(range.choices) : `${range.low}..${range.high}${range.log ? ' log' : ''}`;
    return `${id} = ${JSON.stringify(value)}${variable === undefined ? '' : ` (${variable})`} at ${places.join(', ')}; ${width}`;
  });
  const kept = fixed.map(({ name, value, line, reason }) => `fixed ${name} = ${JSON.stringify(value)} at ${line}: ${reason}`);
  const counted = structure.map(({ id, value, min, max, line }) => `${id} = ${value} at ${line}; ${min}..${max}`);
  return `${[...tunable, ...counted, ...kept].join('\n')}\n`;
}

// HONE_UPDATE=1 writes the golden files anew; look at the difference before committing it.
describe('the search spaces of whole scripts', () => {
  test.each(names)('%s', async (name) => {
    const golden = join(FIXTURES, 'golden', `${name}.txt`);
    const found = render(await spaceOf(fixtureText(name), name));
    if (process.env['HONE_UPDATE']) writeFileSync(golden, found);
    expect(found).toBe(readFileSync(golden, 'utf8'));
  });
});
