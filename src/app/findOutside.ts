import { dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import type { ProjectReader } from '../core/ports/ProjectReader.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';
import { isWithin } from './locateScript.ts';

/** A place outside the project that a script wants, and that a trial does not see. */
export interface OutsidePlace {
  /** As it is named. */
  readonly text: string;
  /** What would have to be shown: the folder of a file, or the file where its folder may not be shown. Absolute. */
  readonly path: string;
  /** Why it may not be shown; null where it may. */
  readonly refused: string | null;
}

type Place = Pick<StudyPlan, 'folder' | 'root' | 'runtime' | 'data'> & { readonly command: { readonly directory: string } };

/** Those of the named paths that are there, outside the project, and that no trial of the plan sees. Each place once. */
export async function findOutside(
  project: Pick<ProjectReader, 'kindOf' | 'resolveData'>,
  plan: Place,
  names: readonly string[],
): Promise<readonly OutsidePlace[]> {
  const found = new Map<string, OutsidePlace>();
  for (const text of new Set(names)) {
    const place = await outsidePlace(project, plan, text);
    if (place !== null && !found.has(place.path)) found.set(place.path, place);
  }
  return [...found.values()];
}

async function outsidePlace(
  project: Pick<ProjectReader, 'kindOf' | 'resolveData'>,
  { folder, root, runtime, data, command }: Place,
  text: string,
): Promise<OutsidePlace | null> {
  // The user's own interpreter sees all that is absolute.
  if (isAbsolute(text) ? runtime === 'local' : !/^\.\.[\\/]/u.test(text)) return null;
  const whole = join(folder, root);
  const path = resolve(whole, command.directory, text);
  if ([whole, ...data].some((place) => isWithin(place, path))) return null;
  const kind = await project.kindOf(path);
  if (kind === null) return null;
  const wanted = kind === 'file' && isDeep(dirname(path)) ? [dirname(path), path] : [path];
  let refused: string | null = null;
  for (const candidate of wanted) {
    if (isWithin(candidate, whole)) continue; // The folder above the project is more than was asked for.
    try {
      await project.resolveData(whole, [candidate]);
      return { text, path: candidate, refused: null };
    } catch (error) {
      refused = error instanceof Error ? error.message : String(error);
    }
  }
  return refused === null ? null : { text, path, refused };
}

/** Folders whose own folders are about one thing each. */
const SHARED = /^(?:|home|Users|root|tmp|mnt|media|Volumes|var|opt|usr|srv)$/u;

/** Whether a folder is about one thing, so that it may be shown as a whole: /data is, /mnt and a user's home are not. */
function isDeep(path: string): boolean {
  const [first = '', ...others] = relative(parse(path).root, path).split(sep);
  return others.length > (/^(?:home|Users)$/u.test(first) ? 1 : SHARED.test(first) ? 0 : -1);
}
