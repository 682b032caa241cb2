import { relative, resolve, sep } from 'node:path';
import type { ProjectReader } from '../core/ports/ProjectReader.ts';
import type { UpwardLink } from '../core/study/StudyPlan.ts';

/** At most two folders up from a trial's copy of the project is still the trial's own; these names in it are taken. */
const UPWARD = /^(?:\.\.\/){1,2}(?!(?:tree(?:-\d+)?|artifacts|trials|\d+)(?:\/|$))[^./].*$/u;

/**
 * The data of hone.yaml that lies above the project or beside it, so that a script may name it as `../sets`: a trial runs in a copy of the
 * project elsewhere, and finds it there by a link.
 */
export async function linkUpwards(
  project: Pick<ProjectReader, 'kindOf' | 'resolveData'>,
  root: string,
  paths: readonly string[],
): Promise<readonly UpwardLink[]> {
  const links: UpwardLink[] = [];
  for (const given of paths) {
    const path = relative(root, resolve(root, given)).split(sep).join('/');
    if (!UPWARD.test(path)) continue;
    const [target = ''] = await project.resolveData(root, [given]);
    links.push({ path, target, directory: (await project.kindOf(target)) === 'directory' });
  }
  return links;
}
