/**
 * A reporter of Vitest's that tells, at the end, which tests passed only when they were tried again, and what they said at first: each of these is a defect,
 * of the test or of what it tests.
 */
export default class FlakyReporter {
  onTestRunEnd(modules) {
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        if (test.diagnostic()?.flaky !== true) continue;
        console.log(`\nPassed only when it was tried again: ${module.relativeModuleId} > ${test.fullName}`);
        for (const { message } of test.result().errors ?? []) console.log(message.trimEnd());
      }
    }
  }
}
