/** File names that say nothing; the folder's name is the better one. */
const ANONYMOUS = new Set(['train', 'main', 'model', 'run', 'script', 'training', 'app', 'index', 'untitled', 'notebook']);

const ANONYMOUS_FOLDERS = new Set(['src', 'source', 'code', 'scripts', 'lib', 'app', 'notebooks', 'training', 'python']);

/**
 * A readable id that no study of the folder has: `digits-cnn-3`. Made of lower-case ASCII letters, digits and hyphens, at most
 * 48 characters, so that it serves as a file name, a container name and a branch name.
 * @param script path of the script relative to the folder, with `/`
 * @param folderName name of the folder itself
 */
export function nextStudyId(script: string, folderName: string, existing: Iterable<string>): string {
  const base = studyStem(script, folderName);
  let highest = 0;
  for (const id of existing) {
    if (!id.startsWith(`${base}-`)) continue;
    const number = Number(id.slice(base.length + 1));
    if (Number.isSafeInteger(number)) highest = Math.max(highest, number);
  }
  return `${base}-${highest + 1}`;
}

/** The readable part of the ids of a script's studies, as `nextStudyId` has it. */
export function studyStem(script: string, folderName: string): string {
  const parts = script.split('/');
  const stem = (parts.pop() ?? '').replace(/\.(py|ipynb)$/i, '');
  const place = parts.findLast((part) => !ANONYMOUS_FOLDERS.has(part.toLowerCase())) ?? folderName;
  return (ANONYMOUS.has(stem.toLowerCase()) ? slug(place) : '') || slug(stem) || slug(place) || 'study';
}

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
}

/** Whether a text may be an id: what `nextStudyId` makes, and what a user may give with `--study`. */
export function isStudyId(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,62}$/.test(text);
}
