import { describe, expect, it } from 'vitest';
import { groovyString } from '../../../../src/core/pipeline/groovyString.ts';

/** Reads a literal as Groovy 2.4 does: `\u` escapes first, then those of the string. */
function read(literal: string): string {
  expect(literal).toMatch(/^'.*'$/u);
  const raw = literal
    .slice(1, -1)
    .replace(/\\u([0-9a-f]{4})/gu, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
  return raw.replace(/\\(?:([0-3][0-7]{2})|(.))/gsu, (_, octal: string | undefined, letter: string) =>
    octal === undefined ? (letter === 'n' ? '\n' : letter) : String.fromCharCode(parseInt(octal, 8)),
  );
}

describe('groovyString', () => {
  it('writes harmless text as it is', () => {
    expect(groovyString('models/Ziffern größe.py')).toBe("'models/Ziffern größe.py'");
  });

  it.each([
    "'",
    '"',
    '\\',
    "\\'",
    String.raw`\u0027 + sh('x') + \u0027`,
    "'''",
    '\n',
    '\r\n',
    '\0',
    '\u2028',
    '\u202e',
    '\u00a0',
    '\ud800',
  ])('keeps %j on one line and in the literal', (text) => {
    const literal = groovyString(text);
    expect(read(literal)).toBe(text);
    // A reader that replaces \u escapes before anything else sees no quote in it that is not escaped.
    expect(literal.slice(1, -1)).not.toMatch(/\\u00(?:27|5c|0a|0d)|(?<!\\)'|\\\\|[\n\r\u2028]/u);
  });
});
