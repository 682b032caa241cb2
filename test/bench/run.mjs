// Runs the benches of this folder one after the other (or those named) and prints one table. Each default-exports
// { name, run }; run is told { full }, true with --full, where it may take many minutes, and returns { name, value, unit, goal, ok,
// detail }[], empty where it cannot run here.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const SUFFIX = '.bench.mjs';
const COLUMNS = ['bench', 'value', 'goal', '', 'detail'];

const here = import.meta.dirname;
const words = process.argv.slice(2);
const full = words.includes('--full');
const named = words.filter((word) => word !== '--full');
const files = readdirSync(here).filter(
  (file) => file.endsWith(SUFFIX) && (named.length === 0 || named.includes(file.slice(0, -SUFFIX.length))),
);

const rows = [];
for (const file of files) {
  const { default: bench } = await import(pathToFileURL(join(here, file)).href);
  console.log(`Measuring ${bench.name}.`);
  try {
    const results = await bench.run({ full });
    if (results.length === 0) console.log(`${bench.name} cannot be measured here.`);
    rows.push(...results.map(rowOf));
  } catch (error) {
    console.error(`${bench.name} failed: ${error.stack}`);
    rows.push([bench.name, '-', '-', 'failed', '']);
  }
}

const widths = COLUMNS.map((column, index) => Math.max(column.length, ...rows.map((row) => row[index].length)));
console.log();
for (const row of [COLUMNS, ...rows])
  console.log(
    row
      .map((cell, index) => cell.padEnd(widths[index]))
      .join('  ')
      .trimEnd(),
  );
process.exitCode = rows.every((row) => row[3] === 'met') ? 0 : 1;

function rowOf({ name, value, unit, goal, ok, detail }) {
  return [name, `${Number(value.toPrecision(3))} ${unit}`.trim(), goal, ok ? 'met' : 'missed', detail];
}
