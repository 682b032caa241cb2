import { window, type QuickPickItem } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';
import { formatSeconds } from '../../core/report/formatMetric.ts';
import type { Study } from '../../core/study/Study.ts';
import { parseHours } from './parseHours.ts';

/** Minutes from now on, or nothing more than what ran. */
export type SearchTime = { readonly minutes: number } | 'this-run';

/** Asks how long a search may take that waits to be told. @throws HoneError `cancelled` */
export async function askSearchTime(study: Study, now: number): Promise<SearchTime> {
  const seconds = study.trials[0]?.seconds ?? 0;
  const choices = [5, 10, 20].map((count) => timeOf(count, (count * seconds) / 60, now));
  const items: (QuickPickItem & { readonly answer: SearchTime | null })[] = [
    ...choices,
    { label: 'Another Time…', description: 'in hours', answer: null },
    { label: 'Only This Run', description: 'nothing more is tried', answer: 'this-run' },
  ];
  const picked = await window.showQuickPick(items, {
    title: `Hone: How long may ${study.id} search?`,
    placeHolder: `A training takes ${formatSeconds(seconds)}.`,
    ignoreFocusOut: true,
  });
  if (picked === undefined) throw new HoneError('cancelled', 'The study goes on waiting.');
  return picked.answer ?? { minutes: await askHours() };
}

function timeOf(count: number, minutes: number, now: number): QuickPickItem & { readonly answer: SearchTime } {
  const until = new Date(now + minutes * 60_000).toLocaleString(undefined, {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const label = `${formatSeconds(minutes * 60)}, until ${until}`;
  return { label, description: `about ${count} trainings`, answer: { minutes } };
}

async function askHours(): Promise<number> {
  const typed = await window.showInputBox({
    title: 'Hone: How many hours from now on?',
    validateInput: (text) => (parseHours(text) === null ? `${text} is no time: write hours, as 2 or 1.5.` : null),
    ignoreFocusOut: true,
  });
  const hours = typed === undefined ? null : parseHours(typed);
  if (hours === null) throw new HoneError('cancelled', 'The study goes on waiting.');
  return hours * 60;
}
