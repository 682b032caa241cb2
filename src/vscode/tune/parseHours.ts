/** Hours as people type them, above 0 and at most a year; null where it is none. */
export function parseHours(text: string): number | null {
  const hours = Number(text.trim().replace(',', '.').replace(/\s*h$/u, ''));
  return text.trim() !== '' && hours > 0 && hours <= 8760 ? hours : null;
}
