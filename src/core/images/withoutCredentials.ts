/** A text with the `user:password@` of every URL taken out. */
export function withoutCredentials(text: string): string {
  return text.replace(/([A-Za-z][A-Za-z0-9+.-]*:\/\/)[^\s/@]*(?:@[^\s/@]*)*@/g, '$1');
}
