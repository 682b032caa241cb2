/**
 * Whether a version specifier (`>=1.2,<2`, PEP 440) admits a plain release like `2.4.6`. False wherever it is not sure: pre-releases,
 * `===`, URLs. An empty specifier admits every version.
 */
export function admitsVersion(specifier: string, version: string): boolean {
  const release = parseRelease(version);
  const clauses = specifier.replace(/^\((.*)\)$/, '$1').split(',');
  return release !== null && clauses.every((clause) => clause.trim() === '' || admitsClause(clause.trim(), release));
}

function admitsClause(clause: string, version: readonly number[]): boolean {
  const match = /^(==|!=|<=|>=|~=|<|>)\s*([0-9.]+?)(\.\*)?$/.exec(clause);
  const bound = parseRelease(match?.[2] ?? '');
  if (match === null || bound === null) return false;
  const order = compareReleases(version, bound);
  const prefix = compareReleases(version.slice(0, bound.length), bound) === 0;
  const equal = match[3] === undefined ? order === 0 : prefix;
  switch (match[1]) {
    case '==':
      return equal;
    case '!=':
      return !equal;
    case '<=':
      return order <= 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    default:
      return order >= 0 && bound.length > 1 && compareReleases(version.slice(0, bound.length - 1), bound.slice(0, -1)) === 0;
  }
}

function parseRelease(text: string): readonly number[] | null {
  return /^\d+(\.\d+)*$/.test(text) ? text.split('.').map(Number) : null;
}

function compareReleases(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
