/** Whether a text is one plain address, which is neither two nor a token of Jenkins' mails (`$`), nor a part of a header. */
export function isPlainAddress(text: string): boolean {
  return text.length <= 254 && /^[\w.!#%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/.test(text);
}
