import { createInterface } from 'node:readline/promises';
import { describeQuestion } from '../core/report/describeQuestion.ts';
import type { Study } from '../core/study/Study.ts';
import type { CommandContext } from './CommandContext.ts';
import { canAsk } from './confirm.ts';

/** Asks a person how long the search of a study may take, and tells the study; false where nobody can be asked. Ctrl-C cancels the study. */
export async function answerTime({ hone, terminal }: CommandContext, folder: string, study: Study): Promise<boolean> {
  const { id, asksMinutes } = study;
  if (asksMinutes === null || !canAsk()) return false;
  terminal.say(describeQuestion(study) ?? '');
  const question = `How many minutes may it take from now on? [${asksMinutes}; 0 leaves it at this run] `;
  for (;;) {
    const answer = await ask(question);
    if (answer === null) await hone.cancel(folder, id);
    else if (answer === '0') await hone.request(folder, id, 'accept');
    else if (answer === '') await hone.resume(folder, id, new AbortController().signal);
    else if (Number(answer) > 0 && Number.isFinite(Number(answer)))
      await hone.resume(folder, id, new AbortController().signal, Number(answer));
    else continue;
    return true;
  }
}

/** Null where it was answered by Ctrl-C. */
async function ask(question: string): Promise<string | null> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const stopped = new AbortController();
  reader.on('SIGINT', () => stopped.abort());
  try {
    return (await reader.question(question, { signal: stopped.signal })).trim();
  } catch (error) {
    if (stopped.signal.aborted) return null;
    throw error;
  } finally {
    reader.close();
  }
}
