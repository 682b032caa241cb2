import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openJournalFile, readJournalFile } from '../../../../src/adapters/files/JournalFile.ts';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hone-journal-'));
  path = join(directory, 'journal.jsonl');
});
afterEach(() => rmSync(directory, { recursive: true }));

function writeThree(): void {
  const journal = openJournalFile(path, () => 7);
  journal.append({ type: 'supervisor-started', pid: 1, version: 'ä"\\' });
  journal.append({ type: 'runner-lost', reason: 'x' });
  journal.append({ type: 'study-ended', state: 'failed', reason: null });
  journal.close();
}

describe('a journal', () => {
  test('gives back what was written, numbered from 1', () => {
    writeThree();
    const { events, damage } = readJournalFile(path);
    expect(events.map((event) => [event.sequence, event.type])).toEqual([
      [1, 'supervisor-started'],
      [2, 'runner-lost'],
      [3, 'study-ended'],
    ]);
    expect(events[0]).toMatchObject({ sequence: 1, time: 7, type: 'supervisor-started', pid: 1, version: 'ä"\\' });
    expect(damage).toBeNull();
  });

  test('cut at any byte loses only the torn line, and goes on from there', () => {
    writeThree();
    const whole = readFileSync(path);
    const ends = [...whole].flatMap((byte, index) => (byte === 10 ? [index + 1] : []));
    for (let length = 0; length <= whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length));
      const complete = ends.filter((end) => end <= length).length;
      const journal = openJournalFile(path, () => 8);
      expect(journal.events).toHaveLength(complete);
      journal.append({ type: 'runner-lost', reason: 'again' });
      journal.close();
      expect(readJournalFile(path)).toMatchObject({ damage: null, events: { length: complete + 1 } });
    }
  });

  test('with one flipped bit ends before that line, and says so', () => {
    writeThree();
    const bytes = readFileSync(path);
    const middle = bytes.indexOf('runner-lost');
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const { events, damage } = readJournalFile(path);
    expect(events).toHaveLength(1);
    expect(damage).toMatch(/damaged after its line 1/);
  });

  test('does not take lines out of order', () => {
    writeThree();
    const [first = ''] = readFileSync(path, 'utf8').split('\n');
    appendFileSync(path, `${first}\n`);
    expect(readJournalFile(path).events).toHaveLength(3);
  });
});
