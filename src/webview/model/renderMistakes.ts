import type { PageMistake, PageModel } from '../../protocol/modelMessages.ts';
import { element } from '../element.ts';
import { imageOf } from './drawImage.ts';

/** Columns of a row of numbers that are shown beside the mistake. */
const MOST_COLUMNS = 12;

/** Rows that are wrong: pictures where the inputs are images, else the numbers. */
export function renderMistakes(mistakes: readonly PageMistake[], { form, task }: PageModel, none: string): HTMLElement {
  if (mistakes.length === 0) return element('p', {}, none);
  const says = ({ truth, answer, sure }: PageMistake): string =>
    task === 'regression'
      ? `is ${truth}, answered ${answer}`
      : `${truth}, taken for ${answer}${sure === null ? '' : ` (${(sure * 100).toFixed(0)} %)`}`;
  if (form.kind === 'image') {
    const figures = mistakes.map((one) =>
      element('li', {}, element('figure', {}, imageOf(form, one.input, `Row ${one.row}`), element('figcaption', {}, says(one)))),
    );
    return element('ul', { class: 'gallery' }, ...figures);
  }
  const names = form.kind === 'row' ? form.names.slice(0, MOST_COLUMNS) : [];
  const head = ['Row', '', ...names].map((text) => element('th', { scope: 'col' }, text));
  const lines = mistakes.map((one) => {
    const numbers = names.map((_, index) => element('td', {}, short(one.input[index])));
    return element('tr', {}, element('th', { scope: 'row' }, String(one.row)), element('td', {}, says(one)), ...numbers);
  });
  const table = element(
    'table',
    { 'aria-label': 'Wrong rows' },
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...lines),
  );
  return element('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Wrong rows' }, table);
}

function short(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toPrecision(4)));
}
