import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRunnerLine, renderRunnerLine, type ToRunner } from '../../../src/protocol/runnerMessages.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'protocol');
const linesOf = (name: string) => readFileSync(join(fixtures, name), 'utf8').trimEnd().split('\n');
const fromRunner = linesOf('fromRunner.jsonl');

describe('parseRunnerLine', () => {
  it.each(fromRunner)('accepts what the runner says, and all of it: %s', (line) => {
    expect(parseRunnerLine(line)).toEqual(JSON.parse(line));
  });

  it.each(fromRunner)('rejects a message with any but an optional field missing or of another type: %s', (line) => {
    const message: Record<string, unknown> = JSON.parse(line);
    for (const field of Object.keys(message).filter((name) => name !== 'outOfMemory')) {
      const { [field]: _, ...without } = message;
      expect(parseRunnerLine(JSON.stringify(without)), `without ${field}`).toBeNull();
      expect(parseRunnerLine(JSON.stringify({ ...message, [field]: { unexpected: true } })), `other ${field}`).toBeNull();
    }
  });

  it('rejects a line that is cut anywhere', () => {
    const line = fromRunner[0] ?? '';
    for (let length = 0; length < line.length; length += 1) expect(parseRunnerLine(line.slice(0, length))).toBeNull();
  });

  it.each(['', 'null', '[]', '{"type":"unknown","sequence":1}', 'Traceback (most recent call last):'])('rejects %j', (line) => {
    expect(parseRunnerLine(line)).toBeNull();
  });
});

describe('renderRunnerLine', () => {
  it.each(linesOf('toRunner.jsonl'))('writes what the runner is tested to understand: %s', (line) => {
    expect(renderRunnerLine(JSON.parse(line) as ToRunner)).toBe(`${line}\n`);
  });
});
