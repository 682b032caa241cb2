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
 * Where a file of a trial's copy lies in the folder, with `/`; null where the path is not of the copy, or leads out of it.
 * @param root the study's root, relative to the folder
 */
export function sourcePath(path: string, root: string): string | null {
  const inTree = /[\\/](?:tree(?:-\d+)?|source)[\\/](.+)$/.exec(path)?.[1]?.replaceAll('\\', '/');
  return inTree === undefined ? null : belowRoot(inTree, root);
}

/** The same for a path that is relative to the copy's root already. */
export function belowRoot(path: string, root: string): string | null {
  if (path.split('/').includes('..')) return null;
  return root === '' ? path : `${root}/${path}`;
}
