import { expect, test } from 'vitest';
import { showStudy } from '../../../src/cli/showStudy.ts';
import type { Terminal } from '../../../src/cli/Terminal.ts';
import type { Loss, Study } from '../../../src/core/study/Study.ts';
import { buildStudy, buildTrial } from '../../fakes/buildStudy.ts';

/** What a person sees of a study: results, and what is said beside them. */
function shown(parts: Partial<Study>): { readonly results: string; readonly said: readonly string[] } {
  const results: string[] = [];
  const said: string[] = [];
  const result = (text: string): void => void results.push(text);
  const terminal = { clear: () => {}, result, say: (text: string) => void said.push(text) } as unknown as Terminal;
  showStudy(terminal, buildStudy(parts), false, 0);
  return { results: results.join('\n'), said };
}

function loss(resumed: Loss['resumed'], trial = 0): Loss {
  return { trial, repeat: 0, cause: 'killed', reason: 'It was killed.', delayMs: 0, resumed };
}

test('a study that has just begun is its id and how to look after it, without an empty table', () => {
  const { results, said } = shown({ kind: 'study' });
  expect(results).toBe('digits-1: Preparing');
  expect(said).toEqual([
    '`hone logs digits-1 --follow` shows it, `hone pause digits-1` pauses it, `hone cancel digits-1` ends it.',
  ]);
  expect(shown({ kind: 'run' }).said.join()).not.toContain('hone pause');
});

test('a paused study names what goes on with it', () => {
  const { said } = shown({ kind: 'study', state: 'paused', phase: 'training', trials: [buildTrial()] });
  expect(said.join()).toContain('`hone resume digits-1` goes on');
});

test('a training that was killed tells how it went on', () => {
  const run = { kind: 'run', trials: [buildTrial()], state: 'complete', endedAt: 9, phase: 'ended' } as const;
  const told = (...losses: readonly Loss[]): readonly string[] => shown({ ...run, losses }).said;
  expect(told(loss({ epoch: 21, reason: null }))).toEqual(['Went on after epoch 21: It was killed.']);
  expect(told(loss({ epoch: null, reason: null }))).toEqual(['Went on where it was saved: It was killed.']);
  expect(told(loss({ epoch: null, reason: 'A fit of SVC cannot be resumed inside.' }))).toEqual([
    'Began anew: It was killed. A fit of SVC cannot be resumed inside.',
  ]);
  expect(told(loss(null))).toEqual(['Interrupted: It was killed.']);
});

test('of many interruptions only the last are told, with their trials', () => {
  const losses = [1, 2, 3, 4].map((trial) => loss({ epoch: trial, reason: null }, trial));
  const { said } = shown({ kind: 'study', trials: [buildTrial()], state: 'complete', endedAt: 9, phase: 'ended', losses });
  expect(said[0]).toBe('4 interruptions, the last 3:');
  expect(said[1]).toBe('Trial 2: Went on after epoch 2: It was killed.');
  expect(said).toHaveLength(4);
});
