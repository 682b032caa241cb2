import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StudyPlan } from '../core/study/StudyPlan.ts';

/** Where the data of a plan's links lies, in their order: in the work tree of a pushed commit as long as that is there, else in the folder. Absolute. */
export function linkSources({ folder, root, links, push }: StudyPlan): readonly string[] {
  const tree = push?.tree ?? folder;
  return links.map(({ path }) => {
    const pushed = join(tree, root, path);
    return existsSync(pushed) ? pushed : join(folder, root, path);
  });
}
