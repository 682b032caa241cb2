/** A place in a Python traceback: where in the text it stands and which line of which file it names. */
export interface TracebackPlace {
  readonly start: number;
  readonly length: number;
  /** As the traceback spells it. */
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
}

/** The places that a line of output names, as Python's tracebacks and warnings write them. Never throws. */
export function parseTraceback(text: string): readonly TracebackPlace[] {
  const places: TracebackPlace[] = [];
  for (const match of text.matchAll(/File "([^"\n]{1,1000})", line (\d{1,7})/g)) {
    places.push({ start: match.index, length: match[0].length, path: match[1] ?? '', line: Number(match[2]) });
  }
  const warning = /^([^\s:"][^:"\n]{0,1000}\.py):(\d{1,7}): \w*Warning/.exec(text);
  if (warning !== null) {
    const [, path = '', line = ''] = warning;
    places.push({ start: 0, length: path.length + line.length + 1, path, line: Number(line) });
  }
  return places;
}

/**
 * Where a path of a trial's copy may lie in the folder, the likeliest first; empty where it is not of the trial's copy. The copy's
 * root is the folder or one above the script, so a path of it is tried below each of these.
 */
export function sourceCandidates(path: string, script: string): readonly string[] {
  const inTree = /[\\/](?:tree|source)[\\/](.+)$/.exec(path)?.[1]?.replaceAll('\\', '/');
  if (inTree === undefined || inTree.split('/').includes('..')) return [];
  return candidatesBelow(inTree, script);
}

/** The same for a path that is relative to the copy's root already. */
export function candidatesBelow(path: string, script: string): readonly string[] {
  const parts = script.split('/').slice(0, -1);
  const roots = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  const candidates = [path, ...roots.map((root) => `${root}/${path}`)];
  return [...candidates].sort((a, b) => Number(b === script) - Number(a === script));
}
