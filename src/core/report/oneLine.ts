/** Characters that end a line or a header, hide, or turn the direction of what follows. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** A text as one line of at most so many characters: what a source says can neither end a mail's header nor fill a page. */
export function oneLine(text: string, most = 300): string {
  const line = text.replace(UNSEEN, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join('')}…`;
}
