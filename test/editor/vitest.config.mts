import { defineConfig } from 'vitest/config';

/** Windows of a real VS Code, driven from outside; one after the other, since they share two cores and the eye of who looks. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['host.test.ts', 'window/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // A window under load loses a key press now and then. What fails twice has failed; that it was tried again is printed.
    retry: 1,
  },
});
