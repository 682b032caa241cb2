import { HoneError } from '../../base/HoneError.ts';
import type { Study } from './Study.ts';

const MOST_NAME = 80;
const MOST_NOTE = 2000;

/** What the user calls a study and notes about it, at any time: beside the journal, which has one writer. An absent one was never given. */
export interface Labels {
  /** Null where the name was taken away, also the one that it was started with. */
  readonly name?: string | null;
  readonly note?: string | null;
}

/** A study as the user calls it. */
export function withLabels(study: Study, labels: Labels | undefined): Study {
  return labels === undefined ? study : { ...study, ...labels };
}

/**
 * What a person typed as labels: trimmed, an empty one as none.
 * @throws HoneError `usage` for a name of several lines or more than 80 characters, or a note of more than 2000
 */
export function checkLabels(labels: Labels): Labels {
  const { name, note } = labels;
  return {
    ...(name === undefined ? {} : { name: clean('name', name, MOST_NAME) }),
    ...(note === undefined ? {} : { note: clean('note', note, MOST_NOTE) }),
  };
}

function clean(kind: 'name' | 'note', given: string | null, most: number): string | null {
  const text = given?.trim() ?? '';
  if (text.length > most) throw new HoneError('usage', `A ${kind} has at most ${most} characters, this one has ${text.length}.`);
  if (kind === 'name' && /[\r\n]/.test(text))
    throw new HoneError('usage', 'A name has one line.', { next: 'Write the rest as a note.' });
  return text === '' ? null : text;
}
