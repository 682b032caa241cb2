import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './places.mjs';
import { runCommand } from './runCommand.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * A program that either succeeds or does not: one test.
 * @returns {Promise<Counts>}
 */
export async function countCheck(program, programArguments, options = {}) {
  const { code, output } = await runCommand(program, programArguments, options);
  if (code === 0) return { passed: 1, failed: 0, skipped: 0 };
  console.log(output.trimEnd());
  return { passed: 0, failed: 1, skipped: 0 };
}

/**
 * A run of Vitest's. A file that cannot be loaded counts as a failed test; one that passes only when it is tried again is told.
 * @returns {Promise<Counts>}
 */
export async function countVitest(programArguments, env, reporter = 'default') {
  const report = join(tmpdir(), `hone-vitest-${randomUUID()}.json`);
  const flaky = join(root, 'scripts', 'reportFlaky.mjs');
  const reporters = [`--reporter=${reporter}`, `--reporter=${flaky}`, '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await runCommand('vitest', ['run', '--passWithNoTests', ...reporters, ...programArguments], {
    env,
    show: 'both',
  });
  if (!existsSync(report)) return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(report);
  const unloadable = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  const failed = numFailedTests + unloadable.length;
  return {
    passed: numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  };
}

/** The last line of a run: `3 passed, 0 failed`, and `, 1 skipped` where there are any. */
export function describeCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

/**
 * A program whose last words are counts: pytest's `3 passed, 1 skipped in 2s`, or our own `3 passed, 0 failed`.
 * @returns {Promise<Counts>}
 */
export async function countSummary(program, programArguments, options = {}) {
  const { code, output } = await runCommand(program, programArguments, { show: 'both', ...options });
  const summary = output.split('\n').findLast((line) => /\b\d+ (passed|failed|errors?|skipped)\b/.test(line)) ?? '';
  const count = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(summary)?.[1] ?? 0);
  const failed = count('failed') + count('errors?');
  return { passed: count('passed'), failed: failed === 0 && code !== 0 ? 1 : failed, skipped: count('skipped') };
}
