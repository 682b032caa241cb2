import { expect, it } from 'vitest';
import { runHostSuites } from './runHostSuites.ts';

it('runs the suites inside the extension host', { timeout: 240_000 }, async () => {
  const { passed, failures } = await runHostSuites();
  console.log(`${passed} suites' tests passed inside the extension host`);
  expect(failures).toEqual([]);
  expect(passed).toBeGreaterThan(3);
});
