import { writeFile } from 'node:fs/promises';
import Mocha from 'mocha';

/** Runs the suites inside the extension host, where VS Code calls this, and leaves the counts in the file HONE_TEST_RESULTS. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000 });
  // Suites are bundled with this file, so they find their globals here instead of through Mocha's loader.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./contributions.test.ts');
  await import('./training.test.ts');
  const failures: string[] = [];
  let passed = 0;
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on('pass', () => (passed += 1))
      .on('fail', (test, error: Error) => failures.push(`${test.fullTitle()}\n${error.stack ?? error.message}`));
  });
  const file = process.env['HONE_TEST_RESULTS'];
  if (file !== undefined) await writeFile(file, JSON.stringify({ passed, failures }));
  if (failures.length > 0) throw new Error(`${failures.length} tests failed`);
}
