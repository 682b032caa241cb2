import { join } from 'node:path';
import { Uri, workspace } from 'vscode';
import type { StudyRef } from '../studies/WatchedStudies.ts';

/** The user's file at a path relative to a study's folder; null where there is no path, or no such file any more. */
export async function findSource(ref: StudyRef, path: string | null): Promise<Uri | null> {
  if (path === null) return null;
  const uri = Uri.file(join(ref.folder, path));
  try {
    await workspace.fs.stat(uri);
    return uri;
  } catch {
    return null; // Moved or deleted since: nothing to lead to.
  }
}
