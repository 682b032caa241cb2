import type { PageModel } from '../../protocol/modelMessages.ts';
import { element, type Content } from '../element.ts';

/** The confusion matrix as a table, darker where more rows fall; of many classes the pairs that are confused most. */
export function renderMatrix(model: PageModel): readonly HTMLElement[] {
  const { matrix } = model;
  if (matrix === null) return [titled('What is taken for what', renderPairs(model))];
  const most = Math.max(1, ...matrix.flatMap((line, truth) => line.filter((_, answer) => answer !== truth)));
  const head = model.classes.map((name) => element('th', { scope: 'col' }, name));
  const lines = matrix.map((line, truth) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, model.classes[truth] ?? ''),
      ...line.map((rows, answer) => renderCell(rows, truth === answer ? null : rows / most)),
    ),
  );
  const corner = element('td', { class: 'corner' }, 'truth ↓ answer →');
  const table = element(
    'table',
    { class: 'matrix', 'aria-label': 'Confusion matrix: a row for each true class, a column for each answer' },
    element('thead', {}, element('tr', {}, corner, ...head)),
    element('tbody', {}, ...lines),
  );
  const scroll = element('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Confusion matrix' }, table);
  return [titled('What is taken for what', scroll)];
}

/** `share` is of the most frequent confusion; null for what is right. */
function renderCell(rows: number, share: number | null): HTMLElement {
  if (rows === 0) return element('td', { class: 'none' }, '0');
  const level = share === null ? 'right' : `wrong level-${Math.max(1, Math.ceil(share * 4))}`;
  return element('td', { class: level }, String(rows));
}

function renderPairs({ confusions }: PageModel): HTMLElement {
  const lines = confusions.map(({ truth, answer, rows }) =>
    element('li', {}, `${truth} was taken for ${answer} in ${rows} ${rows === 1 ? 'row' : 'rows'}`),
  );
  return lines.length === 0 ? element('p', {}, 'No class is taken for another.') : element('ol', {}, ...lines);
}

function titled(title: string, content: Content): HTMLElement {
  return element('section', {}, element('h2', {}, title), content);
}
