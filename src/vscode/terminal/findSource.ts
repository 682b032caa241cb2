import { join } from 'node:path';
import { Uri, workspace } from 'vscode';
import type { StudyRef } from '../studies/WatchedStudies.ts';

/** The first of some paths relative to a study's folder that is there; null where none is. */
export async function findSource(ref: StudyRef, candidates: readonly string[]): Promise<Uri | null> {
  for (const candidate of candidates) {
    const uri = Uri.file(join(ref.folder, candidate));
    try {
      await workspace.fs.stat(uri);
      return uri;
    } catch {
      continue; // not there: the next one may be
    }
  }
  return null;
}
