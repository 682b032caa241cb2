import type { PanelStudy, PanelTrial } from '../protocol/panelMessages.ts';
import { button, element, type Content } from './element.ts';
import { Region } from './Region.ts';
import { sortTrials, type TrialOrder } from './sortTrials.ts';

const PAGE = 50;

/** All trials, to be sorted by any column and looked through page by page; two of them can be chosen. */
export class TrialTable {
  readonly host = element('section', {});
  readonly #region = new Region(this.host);
  readonly #onChoose: (trials: readonly number[]) => void;
  #study: PanelStudy | null = null;
  #order: TrialOrder = { column: 'value', reversed: false };
  #page = 0;
  #chosen: readonly number[] = [];

  constructor(onChoose: (trials: readonly number[]) => void) {
    this.#onChoose = onChoose;
  }

  /** The chosen trials, at most two, in the order in which they were chosen. */
  get chosen(): readonly number[] {
    return this.#chosen;
  }

  draw(study: PanelStudy): void {
    this.#study = study;
    const { trials, columns, best } = study;
    this.#page = Math.min(this.#page, Math.max(0, Math.ceil(trials.length / PAGE) - 1));
    this.#region.draw([trials, columns, best, this.#order, this.#page, this.#chosen], () => this.#render(study));
  }

  #render(study: PanelStudy): readonly Content[] {
    const sorted = sortTrials(study, this.#order);
    const shown = sorted.slice(this.#page * PAGE, (this.#page + 1) * PAGE);
    const heads: readonly (readonly [TrialOrder['column'], string])[] = [
      ['number', 'Trial'],
      ['value', 'Value'],
      ['seconds', 'Time'],
      ['repeats', 'Repeats'],
      ...study.columns.map((id, index) => [index, id] as const),
    ];
    const head = element(
      'tr',
      {},
      element('th', { scope: 'col' }, 'Compare'),
      ...heads.map((each) => this.#head(...each, study.minimize)),
    );
    head.append(element('th', { scope: 'col' }, 'Why'));
    const table = element(
      'table',
      { 'aria-label': 'Trials' },
      element('thead', {}, head),
      element('tbody', {}, ...shown.map((trial) => this.#row(trial, study.best))),
    );
    // A part that scrolls must be reachable by keyboard.
    const scroll = element(
      'div',
      { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Trials', 'data-key': 'scroll' },
      table,
    );
    return [element('h2', {}, 'Trials'), scroll, ...(sorted.length > PAGE ? [this.#pager(sorted.length)] : [])];
  }

  #head(column: TrialOrder['column'], label: string, minimize: boolean): HTMLElement {
    const isSorted = this.#order.column === column;
    // Values come the best first, all else the smallest first.
    const falls = (column === 'value' && !minimize) !== this.#order.reversed;
    const sort = isSorted ? (falls ? 'descending' : 'ascending') : 'none';
    const arrow = isSorted ? (falls ? ' ▼' : ' ▲') : '';
    const press = (): void => {
      this.#order = { column, reversed: isSorted && !this.#order.reversed };
      this.#page = 0;
      this.#again();
    };
    return element(
      'th',
      { scope: 'col', 'aria-sort': sort },
      button(`sort ${column}`, `${label}${arrow}`, press, { class: 'sort' }),
    );
  }

  #row(trial: PanelTrial, best: number | null): HTMLElement {
    const isChosen = this.#chosen.includes(trial.number);
    const box = element('input', {
      type: 'checkbox',
      'data-key': `trial ${trial.number}`,
      'aria-label': `Compare trial ${trial.number}`,
      checked: isChosen ? '' : null,
    });
    box.addEventListener('change', () => this.#choose(trial.number));
    const marks = [...(trial.number === 0 ? ['baseline'] : []), ...(trial.number === best ? ['best'] : [])];
    const title = marks.length === 0 ? String(trial.number) : `${trial.number} (${marks.join(', ')})`;
    return element(
      'tr',
      { class: trial.number === best ? 'best' : null },
      element('td', {}, box),
      element('th', { scope: 'row' }, title),
      element('td', { class: trial.state }, trial.text),
      element('td', {}, trial.time),
      element('td', {}, trial.repeats === 0 ? '' : String(trial.repeats)),
      ...trial.settings.map((setting) => element('td', {}, String(setting))),
      element('td', { class: 'why' }, trial.why),
    );
  }

  #pager(count: number): HTMLElement {
    const last = Math.ceil(count / PAGE) - 1;
    const go = (page: number) => (): void => {
      this.#page = Math.min(last, Math.max(0, page));
      this.#again();
    };
    return element(
      'nav',
      { 'aria-label': 'Pages of trials' },
      button('page before', 'Previous', go(this.#page - 1), { 'aria-disabled': this.#page === 0 ? 'true' : null }),
      element('span', {}, ` Page ${this.#page + 1} of ${last + 1} `),
      button('page after', 'Next', go(this.#page + 1), { 'aria-disabled': this.#page === last ? 'true' : null }),
    );
  }

  /** A third choice takes the place of the first. */
  #choose(number: number): void {
    this.#chosen = this.#chosen.includes(number)
      ? this.#chosen.filter((each) => each !== number)
      : [...this.#chosen, number].slice(-2);
    this.#again();
    this.#onChoose(this.#chosen);
  }

  #again(): void {
    if (this.#study !== null) this.draw(this.#study);
  }
}
