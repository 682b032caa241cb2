import { describe, expect, test } from 'vitest';
import { classifyEnd, interruptionOf, type EndFacts } from '../../../../src/core/study/classifyEnd.ts';

type Script = Extract<EndFacts, { of: 'script' }>;
type Runner = Extract<EndFacts, { of: 'runner' }>;
const script = (facts: Partial<Script>): Script => ({
  of: 'script',
  state: 'failed',
  cancelled: false,
  signal: null,
  outOfMemory: false,
  overTime: false,
  ...facts,
});
const runner = (facts: Partial<Runner>): Runner => ({
  of: 'runner',
  cancelled: false,
  exitCode: null,
  signal: null,
  outOfMemory: false,
  engineRestarted: false,
  unwatched: false,
  hostRestarted: false,
  ...facts,
});

describe('the class of an end', () => {
  test.each([
    ['finished', script({ state: 'complete' })],
    ['pruned', script({ state: 'pruned' })],
    ['cancelled', script({ state: 'cancelled', cancelled: true })],
    ['script-error', script({})],
    ['script-error', script({ signal: 'SIGSEGV' })],
    ['over-time', script({ signal: 'SIGKILL', overTime: true })],
    ['out-of-memory', script({ signal: 'SIGKILL', outOfMemory: true })],
    ['cancelled', runner({ cancelled: true, signal: 'SIGKILL', engineRestarted: true })],
    ['out-of-memory', runner({ exitCode: 137, signal: 'SIGKILL', outOfMemory: true })],
    ['out-of-memory', runner({ exitCode: 137, signal: 'SIGKILL', outOfMemory: true, unwatched: true })],
  ])('that stands: %s', (kind, facts) => {
    expect(classifyEnd(facts)).toBe(kind);
    expect(interruptionOf(classifyEnd(facts))).toBeNull();
  });

  test.each([
    ['killed', script({ signal: 'SIGKILL' })],
    ['killed', script({ state: 'cancelled' })],
    ['killed', runner({ exitCode: 137, signal: 'SIGKILL' })],
    ['killed', runner({ exitCode: 0 })],
    ['killed', runner({})],
    ['ended-unwatched', runner({ exitCode: 137, signal: 'SIGKILL', unwatched: true })],
    ['ended-unwatched', runner({ exitCode: 0, unwatched: true })],
    ['runner-failed', runner({ exitCode: 3, unwatched: true })],
    ['engine-restarted', runner({ exitCode: 137, signal: 'SIGKILL', engineRestarted: true })],
    ['host-restarted', runner({ exitCode: 255, hostRestarted: true, engineRestarted: true })],
    ['runner-failed', runner({ exitCode: 3 })],
  ])('that is an interruption: %s', (kind, facts) => {
    expect(classifyEnd(facts)).toBe(kind);
    expect(interruptionOf(classifyEnd(facts))).toBe(kind);
  });
});
