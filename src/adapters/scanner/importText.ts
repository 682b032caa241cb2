const NEWLINE = 0x0a;
const WORD = Buffer.from('import', 'latin1');
const MAX_BEFORE = 400;
const MAX_AFTER = 2000;

/**
 * The lines of a file that hold the word `import`, each with the line before it, in which its statement may begin. Found among the raw
 * bytes, so that a file which imports nothing of interest is neither decoded nor copied. Very long lines are cut.
 */
export function importText(bytes: Buffer): string {
  let text = '';
  let end = 0;
  for (let at = bytes.indexOf(WORD); at !== -1; at = bytes.indexOf(WORD, end)) {
    const start = Math.max(end, lineBefore(bytes, at));
    end = lineEnd(bytes, at);
    text += `${bytes.toString('latin1', start, end)}\n`;
  }
  return text;
}

/** Where the line before that of an offset starts. */
function lineBefore(bytes: Buffer, at: number): number {
  const least = Math.max(0, at - MAX_BEFORE);
  let newlines = 0;
  for (let index = at; index > least; index--) if (bytes[index - 1] === NEWLINE && ++newlines === 2) return index;
  return least;
}

function lineEnd(bytes: Buffer, at: number): number {
  const most = Math.min(bytes.length, at + MAX_AFTER);
  for (let index = at; index < most; index++) if (bytes[index] === NEWLINE) return index;
  return most;
}
