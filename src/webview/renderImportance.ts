import type { PanelStudy } from '../protocol/panelMessages.ts';
import { element, svgElement, type Content } from './element.ts';

/** Which hyperparameters made a difference, as a table with bars. Nothing where that is not known. */
export function renderImportance({ importance }: PanelStudy): readonly Content[] {
  if (importance === null) return [];
  const heads = [element('th', { scope: 'col' }, 'Hyperparameter'), element('th', { scope: 'col', colspan: '2' }, 'Explains')];
  const rows = importance.shares.map(({ label, share, text }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, label),
      element('td', {}, text),
      element('td', { class: 'bar' }, bar(share)),
    ),
  );
  const head = element('thead', {}, element('tr', {}, ...heads));
  const table = element('table', { 'aria-label': 'What made a difference' }, head, element('tbody', {}, ...rows));
  return [
    element('h2', {}, 'What made a difference'),
    element('p', { class: 'hint' }, importance.note),
    ...(rows.length === 0 ? [] : [table]),
  ];
}

/** Beside its number, so nobody needs to be told of it. */
function bar(share: number): SVGElement {
  const rectangle = svgElement('rect', { width: 100 * share, height: 8 });
  return svgElement('svg', { viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, rectangle);
}
