import { readdirSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';

/** A file that may hold Python, or a folder that could not be listed. */
export type WalkEntry =
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'unreadable'; readonly path: string; readonly code: string };

const SKIPPED = new Set(['node_modules', '__pycache__', 'site-packages', 'dist-packages', 'bower_components']);

/** What a virtual environment holds, Python's or conda's. */
const ENVIRONMENT_MARKS = new Set(['pyvenv.cfg', 'conda-meta']);

/**
 * Python files and notebooks below a folder. Hidden folders, installed packages and virtual environments are passed over; links to
 * folders are not followed, so there are no loops.
 */
export function* walkPythonFiles(folder: string): Generator<WalkEntry> {
  const open = [folder];
  for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
    const entries = list(directory);
    if (typeof entries === 'string') {
      yield { type: 'unreadable', path: directory, code: entries };
      continue;
    }
    if (directory !== folder && entries.some(({ name }) => ENVIRONMENT_MARKS.has(name))) continue;
    for (const entry of entries) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !SKIPPED.has(entry.name)) open.push(path);
      } else if (isPythonName(entry.name) && (entry.isFile() || isLinkToFile(entry, path))) yield { type: 'file', path };
    }
  }
}

/** True for the names of Python files and notebooks. */
export function isPythonName(name: string): boolean {
  return (name.endsWith('.py') || name.endsWith('.ipynb') || name.endsWith('.pyw')) && !name.startsWith('.');
}

function list(directory: string): Dirent[] | string {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    return codeOf(error);
  }
}

function isLinkToFile(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return false;
  try {
    return statSync(path).isFile();
  } catch (error) {
    // A dangling link is no file; anything else is found out when it is read.
    return codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ELOOP';
  }
}

/** The system's word for a failure: EACCES, ENOENT, … */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
}
