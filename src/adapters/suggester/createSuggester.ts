import { HoneError } from '../../base/HoneError.ts';
import type { Suggester } from '../../core/ports/Suggester.ts';
import type { Assignment, HyperparameterValue } from '../../core/space/Assignment.ts';
import type { Dimension } from '../../core/study/SearchPlan.ts';
import { QuestionLine, type SuggesterProcess } from './QuestionLine.ts';

/**
 * A suggester that asks a process, opened with the first question and kept until it is disposed. One that went away is opened anew, once a
 * question: it keeps nothing that could be lost.
 */
export function createSuggester(open: (signal: AbortSignal) => Promise<SuggesterProcess>): Suggester {
  let line: Promise<QuestionLine> | null = null;
  const close = async (): Promise<void> => {
    const opened = line;
    line = null;
    const known = await opened?.catch(() => null); // What was never opened is not closed.
    await known?.dispose();
  };
  const askOnce: QuestionLine['ask'] = async (request, signal) => {
    try {
      line ??= open(signal).then((process) => new QuestionLine(process));
      return await (await line).ask(request, signal);
    } catch (error) {
      await close();
      throw error;
    }
  };
  const ask: QuestionLine['ask'] = async (request, signal) => {
    try {
      return await askOnce(request, signal);
    } catch (error) {
      // Only what was opened can have gone away; what cannot be opened will not be the next time.
      if (signal.aborted || !(error instanceof HoneError && error.code === 'protocol')) throw error;
      return askOnce(request, signal);
    }
  };
  return {
    suggest: async (request, signal) => {
      const { assignment = {} } = await ask(request, signal);
      return { assignment: Object.fromEntries(request.dimensions.map((one) => [one.id, checked(one, assignment)])), note: null };
    },
    dispose: close,
  };
}

/** A value that the dimension can have. */
function checked({ id, range }: Dimension, assignment: Readonly<Record<string, unknown>>): Assignment[string] {
  const value = assignment[id];
  if (range.kind === 'categorical') {
    const choice = range.choices.find((one: HyperparameterValue) => JSON.stringify(one) === JSON.stringify(value));
    if (choice !== undefined) return choice;
  } else if (typeof value === 'number' && value >= range.low && value <= range.high) return value;
  throw new HoneError('protocol', `The suggester gave no usable value for ${id}.`);
}
