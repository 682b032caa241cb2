/** A string of JSON, or a comment as VS Code's own files may hold it. */
const STRING_OR_COMMENT = /"(?:\\[^]|[^"\\])*"|\/\/[^\n]*|\/\*[^]*?\*\//gu;
/** A string of JSON, or a comma that nothing follows. */
const STRING_OR_LAST_COMMA = /"(?:\\[^]|[^"\\])*"|,(?=\s*[}\]])/gu;

/** The value of JSON with comments and trailing commas; undefined where it is not that. Never throws. */
export function parseJsonc(text: string): unknown {
  const plain = text
    .replace(/^\uFEFF/u, '')
    .replaceAll(STRING_OR_COMMENT, (part) => (part.startsWith('"') ? part : ' '))
    .replaceAll(STRING_OR_LAST_COMMA, (part) => (part.startsWith('"') ? part : ''));
  try {
    return JSON.parse(plain) as unknown;
  } catch {
    return undefined; // Whoever reads it says what that means there.
  }
}
