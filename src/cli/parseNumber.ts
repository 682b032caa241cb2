import { HoneError } from '../base/HoneError.ts';

/** The number that an option was given: a whole one from `least` on, or any above it. @throws HoneError `usage` */
export function parseNumber(option: string, text: string, least: number, whole: boolean): number {
  const number = Number(text);
  const valid =
    text.trim() !== '' && Number.isFinite(number) && (whole ? Number.isSafeInteger(number) && number >= least : number > least);
  if (valid) return number;
  throw new HoneError('usage', `${option} ${text} is no ${whole ? `whole number from ${least}` : 'number above 0'}.`, {
    next: '`--help` behind the command lists its options.',
  });
}
