import { mergeTexts, type MergeConflict } from '../study/mergeTexts.ts';
import { BEGIN_MARK } from './renderPipeline.ts';

/**
 * What becomes of a file that is generated again: `text` is to be written. `foreign` files have no mark, so they are not ours; of `baseless`
 * ones it is not known any more what was generated, so nothing can be told from what the user changed. Both stay as they are.
 */
export type MergedFile =
  | { readonly state: 'created' | 'changed' | 'unchanged'; readonly text: string; readonly conflicts: readonly MergeConflict[] }
  | { readonly state: 'foreign' | 'baseless'; readonly text: null };

/**
 * Brings what the generator changed since it last ran into a file as it is now. Where both changed the same lines, those of the file stay,
 * and the conflict is told. The line ends are those of the file.
 * @param base what was generated last; null where that is not known
 * @param now what the file holds; null where there is none
 */
export function mergeGenerated(base: string | null, now: string | null, wanted: string): MergedFile {
  if (now === null) return { state: 'created', text: wanted, conflicts: [] };
  if (markedLine(now) === null) return { state: 'foreign', text: null };
  const like = (text: string): string => (now.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text);
  if (now === like(wanted)) return { state: 'unchanged', text: now, conflicts: [] };
  if (base === null) return { state: 'baseless', text: null };
  const { text, conflicts } = mergeTexts(like(base), now, like(wanted));
  return { state: text === now ? 'unchanged' : 'changed', text, conflicts };
}

/** The line, counted from 0, that says that Hone generated a text; null where none does. */
export function markedLine(text: string): number | null {
  const line = text.split('\n').findIndex((each) => /^\uFEFF?(\/\/|#) /.test(each) && each.includes(` ${BEGIN_MARK} `));
  return line === -1 ? null : line;
}
