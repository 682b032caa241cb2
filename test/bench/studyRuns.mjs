import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..');
const execute = promisify(execFile);
const QUIET = { maxBuffer: 1e8 };

/** Runs `action` with a folder of its own that holds the files, by name, or a copy of a folder; removes it. */
export async function withFolder(files, action) {
  const folder = join(mkdtempSync(join(tmpdir(), 'hone-bench-')), 'project');
  try {
    mkdirSync(folder);
    if (typeof files === 'string') cpSync(files, folder, { recursive: true });
    else for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await action(folder);
  } finally {
    rmSync(join(folder, '..'), { recursive: true, force: true });
  }
}

/**
 * `hone tune` in a folder, to its end, whatever that is.
 * @returns its document, the events of its journal and the seconds that the command took
 */
export async function tune(folder, ...words) {
  const env = { ...process.env, ...(process.env.HONE_TEST_PYTHON && { HONE_PYTHON: process.env.HONE_TEST_PYTHON }) };
  const start = performance.now();
  const program = [join(root, 'dist', 'cli.js'), 'tune', '--json', ...words];
  const { stdout, stderr } = await execute(process.execPath, program, { cwd: folder, env, ...QUIET }).catch((error) => error);
  const seconds = (performance.now() - start) / 1000;
  if (!stdout?.trim()) throw new Error(`hone tune ${words.join(' ')}: ${stderr}`);
  const document = JSON.parse(stdout);
  const journal = readFileSync(join(folder, '.hone', 'studies', document.study, 'journal.jsonl'), 'utf8');
  return { document, events: journal.trim().split('\n').map(JSON.parse), seconds };
}

/** Seconds that a program took. */
export async function secondsOf(program, args, options = {}) {
  const start = performance.now();
  await execute(program, args, { ...QUIET, ...options });
  return (performance.now() - start) / 1000;
}

/** What a program printed. */
export async function outputOf(program, args, options = {}) {
  return (await execute(program, args, { ...QUIET, ...options })).stdout;
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
