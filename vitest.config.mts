import { defineConfig } from 'vitest/config';

/** What talks to engines, windows and clocks of a loaded machine fails now and then. What fails twice has failed; that it was tried again is told. */
const retry = 1;

/** Layers: `unit` needs nothing but Node; the others run real engines and interpreters: `integration` two files at a time, `jenkins` and `faults` one. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts', 'test/contracts/**/*.test.ts'],
          maxWorkers: 2,
          retry,
          testTimeout: 120_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'jenkins',
          include: ['test/jenkins/**/*.test.ts'],
          fileParallelism: false,
          retry,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          fileParallelism: false,
          retry,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      { test: { name: 'soak', include: ['test/soak/**/*.test.ts'], hookTimeout: 120_000 } },
    ],
  },
});
