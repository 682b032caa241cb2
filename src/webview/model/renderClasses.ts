import type { PageModel } from '../../protocol/modelMessages.ts';
import { element } from '../element.ts';

/** Classes that are shown: the worst ones first, where there are more. */
const MOST = 100;

/** Precision and recall of each class. */
export function renderClasses({ perClass }: PageModel): HTMLElement {
  const shown =
    perClass.length <= MOST
      ? perClass
      : perClass.toSorted((one, other) => (one.recall ?? 2) - (other.recall ?? 2)).slice(0, MOST);
  const head = ['Class', 'Precision', 'Recall', 'Rows'].map((text) => element('th', { scope: 'col' }, text));
  const lines = shown.map(({ name, precision, recall, rows }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, name),
      ...[percent(precision), percent(recall), String(rows)].map((text) => element('td', {}, text)),
    ),
  );
  const table = element(
    'table',
    { 'aria-label': 'Classes' },
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...lines),
  );
  const more =
    perClass.length > MOST ? [element('p', { class: 'hint' }, `The ${MOST} of ${perClass.length} with the lowest recall.`)] : [];
  return element('section', {}, element('h2', {}, 'Classes'), ...more, table);
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1)} %`;
}
