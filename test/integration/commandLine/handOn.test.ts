import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentOf, hone, makeProject, testPython } from './honeProcess.ts';
import { LOCAL, OUT_OF_REACH, TREE } from './tunedProject.ts';

describe.skipIf(testPython === undefined)('a result that is handed on to a build server', () => {
  test('is written as JUnit, and held against an earlier one', async () => {
    const folder = makeProject({ 'train.py': TREE });
    const first = await hone(folder, 'train', '--against', 'before.json', '--junit', 'reports/hone.xml', '--json', ...LOCAL);
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr).toContain('before.json: there is no such file yet, so nothing was compared.');
    expect(documentOf(first)).toMatchObject({ against: null, judged: { value: documentOf(first).baseline } });
    expect(readFileSync(join(folder, 'reports', 'hone.xml'), 'utf8')).toContain('tests="1" failures="0" errors="0"');

    const before = documentOf(first);
    writeFileSync(join(folder, 'before.json'), first.stdout);
    const same = await hone(folder, 'show', before.study, '--against', 'before.json', '--json');
    expect(same.code, same.stderr).toBe(0);
    expect(documentOf(same).against).toMatchObject({ study: before.study, difference: 0, worse: false });

    writeFileSync(join(folder, 'before.json'), JSON.stringify({ ...before, judged: { value: 1, error: 0 } }));
    const worse = await hone(folder, 'train', '--against', 'before.json', '--junit', 'hone.xml', ...LOCAL);
    expect(worse.code, worse.stderr).toBe(3);
    expect(worse.stderr).toMatch(/Worse than .* with 100.0 %, by 0\.\d+/u);
    expect(readFileSync(join(folder, 'hone.xml'), 'utf8')).toContain('name="is no worse than before" time="0.000"><failure');

    writeFileSync(join(folder, 'before.json'), '{}');
    const damaged = await hone(folder, 'show', before.study, '--against', 'before.json', '--json');
    expect(damaged.code).toBe(2);
    expect(damaged.stderr).toContain('before.json holds no result of a study.');
  });

  test('tells a missed target, from a folder that was moved', async () => {
    const folder = makeProject({ 'train.py': TREE });
    await hone(folder, 'tune', ...OUT_OF_REACH, '--trials', '2', '--study', 'mine', ...LOCAL);
    const moved = join(dirname(folder), 'elsewhere');
    renameSync(folder, moved);
    const shown = await hone(moved, 'show', 'mine', '--junit', 'hone.xml');
    expect(shown.code, shown.stderr).toBe(0);
    expect(readFileSync(join(moved, 'hone.xml'), 'utf8')).toMatch(
      /name="reaches the target" time="[\d.]+"><failure message="[^"]*2 trials are spent/u,
    );
    const diff = await hone(moved, 'apply', 'mine', '--dry-run');
    expect(diff.code, diff.stderr).toBe(0);
    expect(diff.stdout).toContain('+++ b/train.py');
  });
});
