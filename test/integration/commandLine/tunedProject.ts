import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { JournalEvent } from '../../../src/core/study/JournalEvent.ts';

/** A script of which a trial takes milliseconds beyond the imports. On its own values it gets 58 %, at best 97 %. */
export const TREE = `
from sklearn.datasets import load_iris
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

X, y = load_iris(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = DecisionTreeClassifier(max_depth=1, min_samples_leaf=1, min_samples_split=2, random_state=0)
model.fit(X_train, y_train)
print("accuracy", accuracy_score(y_test, model.predict(X_test)))
`;
/** No tree gets there. */
export const OUT_OF_REACH = ['--target', '0.999'] as const;
export const LOCAL = ['--runtime', 'local'] as const;

/** The script with more lines before it tells its accuracy. */
export function treeWith(...lines: readonly string[]): string {
  return TREE.replace('print(', `${lines.join('\n')}\nprint(`);
}

type EventOf<T extends JournalEvent['type']> = Extract<JournalEvent, { type: T }>;

/** The whole lines of a study's journal; none while there is no journal. */
export function journalOf(folder: string, study: string): readonly JournalEvent[] {
  let text = '';
  try {
    text = readFileSync(join(folder, '.hone/studies', study, 'journal.jsonl'), 'utf8');
  } catch {
    return [];
  }
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as JournalEvent);
}

export function eventsOf<T extends JournalEvent['type']>(folder: string, study: string, type: T): readonly EventOf<T>[] {
  return journalOf(folder, study).filter((event): event is EventOf<T> => event.type === type);
}

/** What was suggested, in order: numbers and assignments. */
export function suggestionsOf(folder: string, study: string): readonly (readonly [number, unknown])[] {
  return eventsOf(folder, study, 'trial-suggested').map(({ trial, assignment }) => [trial, assignment] as const);
}

/** Fails unless each trial, and each repeat, ended once, and no number stands for two assignments. */
export function expectSoundJournal(folder: string, study: string): void {
  const started = new Map<string, string>();
  for (const { trial, repeat, assignment, seed } of eventsOf(folder, study, 'trial-started')) {
    const run = JSON.stringify([assignment, seed]);
    expect(started.get(`${trial}.${repeat}`) ?? run, `trial ${trial}, repeat ${repeat}`).toBe(run);
    started.set(`${trial}.${repeat}`, run);
  }
  const ended = eventsOf(folder, study, 'trial-ended').map(({ trial, repeat }) => `${trial}.${repeat}`);
  expect(ended.toSorted()).toEqual([...started.keys()].toSorted());
  const suggested = suggestionsOf(folder, study).map(([trial]) => trial);
  expect(suggested).toEqual([...new Set(suggested)]);
}
