import { isMailAddress } from '../study/NoticePlan.ts';

/** Whether a text is one plain mail address that Jenkins sends to as it is: a dollar sign could begin a token of its own. */
export function isPlainAddress(text: string): boolean {
  return isMailAddress(text) && !text.includes('$');
}
