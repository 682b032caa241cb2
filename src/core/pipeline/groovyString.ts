/**
 * Any text as a Groovy string literal in single quotes, on one line: what it holds is never code, interpolated or an escape of its own. All
 * that is not a harmless character is written by its number, a backslash as `\134`, since Groovy reads `\u…` before it looks for quotes.
 */
export function groovyString(text: string): string {
  return `'${text.replace(/(?! )[\p{C}\p{Z}'"\\]/gu, escaped)}'`;
}

function escaped(character: string): string {
  if (character === '\n') return String.raw`\n`;
  if (character === "'" || character === '"') return `\\${character}`;
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map(numbered).join('');
}

function numbered(unit: number): string {
  return unit < 0x80 ? `\\${unit.toString(8).padStart(3, '0')}` : `\\u${unit.toString(16).padStart(4, '0')}`;
}
