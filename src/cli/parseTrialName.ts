import type { TrialName } from '../app/requests.ts';
import { HoneError } from '../base/HoneError.ts';

/** `digits-cnn-3` is a study, `digits-cnn-3:2` its trial 2. Throws HoneError `usage`. */
export function parseTrialName(text: string): TrialName {
  const at = text.lastIndexOf(':');
  return at === -1 ? { study: text } : { study: text.slice(0, at), trial: parseTrialNumber(text.slice(at + 1)) };
}

/** The number of a trial, as typed. Throws HoneError `usage`. */
export function parseTrialNumber(text: string): number {
  const number = Number(text);
  if (text !== '' && Number.isSafeInteger(number) && number >= 0) return number;
  throw new HoneError('usage', `"${text}" is no trial number.`, { next: 'Trials count from 0.' });
}
