import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyzeFixture, FIXTURES } from './readFixture.ts';

const names = readdirSync(join(FIXTURES, 'scripts')).filter((name) => /\.(?:py|ipynb)$/u.test(name));

// HONE_UPDATE=1 writes the golden files anew; look at the difference before committing it.
describe('what scanning says of whole scripts', () => {
  test.each(names)('%s', async (name) => {
    const golden = join(FIXTURES, 'golden', `${name}.json`);
    const found = `${JSON.stringify(await analyzeFixture(name), null, 2)}\n`;
    if (process.env['HONE_UPDATE']) writeFileSync(golden, found);
    expect(found).toBe(readFileSync(golden, 'utf8'));
  });
});
