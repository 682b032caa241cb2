import type { PageModel } from '../../protocol/modelMessages.ts';
import { element } from '../element.ts';
import { ImageInput } from './ImageInput.ts';
import { RowInput } from './RowInput.ts';

/** What a person changes: it tells all of its numbers each time. */
export interface TriedInput {
  readonly host: HTMLElement;
}

/** Classes whose probabilities are shown. */
const MOST_CLASSES = 10;

/** A place to make an input up and see what the model answers, each time that something changes. */
export class TryIt {
  readonly host: HTMLElement;
  readonly #model: PageModel;
  readonly #answer = element('div', { role: 'status', class: 'answer' }, 'Change the input, and the answer stands here.');
  readonly #ask: (number: number, input: readonly number[]) => void;
  #number = 0;
  #waiting: readonly number[] | null = null;
  #isBusy = false;

  constructor(model: PageModel, ask: (number: number, input: readonly number[]) => void) {
    this.#model = model;
    this.#ask = ask;
    const input = this.#input();
    const parts =
      input === null
        ? [element('p', { class: 'hint' }, 'An input of this shape cannot be made up by hand.')]
        : [input.host, this.#answer];
    this.host = element(
      'section',
      { class: 'try' },
      element('h2', {}, 'Try it'),
      element('div', { class: 'try-parts' }, ...parts),
    );
  }

  /** Shows an answer; one that came late, to an input that has changed since, is dropped. */
  answer(number: number, outputs: readonly number[], milliseconds: number): void {
    this.#isBusy = false;
    if (number === this.#number) this.#answer.replaceChildren(...this.#render(outputs), this.#time(milliseconds));
    this.#next();
  }

  fail(number: number, reason: string): void {
    this.#isBusy = false;
    if (number === this.#number) this.#answer.replaceChildren(reason);
    this.#next();
  }

  #input(): TriedInput | null {
    const { form, example } = this.#model;
    const change = (input: readonly number[]): void => {
      this.#waiting = input;
      this.#next();
    };
    if (form.kind === 'image') return new ImageInput(form, example, change);
    return form.kind === 'row' ? new RowInput(form.names, example, change) : null;
  }

  /** One question at a time: while the model computes, only the newest input waits. */
  #next(): void {
    if (this.#isBusy || this.#waiting === null) return;
    const input = this.#waiting;
    this.#waiting = null;
    this.#isBusy = true;
    this.#number += 1;
    this.#ask(this.#number, input);
  }

  #render(outputs: readonly number[]): readonly HTMLElement[] {
    const { classes, task } = this.#model;
    if (task === 'regression') return [element('p', { class: 'headline' }, String(Number((outputs[0] ?? NaN).toPrecision(5))))];
    const [one = 0] = outputs;
    const shares = outputs.length === 1 ? [1 - one, one] : outputs;
    const best = shares
      .map((share, index) => ({ share, name: classes[index] ?? String(index) }))
      .toSorted((a, b) => b.share - a.share);
    const bars = best
      .slice(0, MOST_CLASSES)
      .map(({ share, name }) =>
        element(
          'li',
          {},
          element('span', {}, name),
          element('meter', { min: '0', max: '1', value: String(share), 'aria-label': name }),
          element('span', {}, `${(share * 100).toFixed(1)} %`),
        ),
      );
    return [element('p', { class: 'headline' }, best[0]?.name ?? ''), element('ul', { class: 'bars' }, ...bars)];
  }

  #time(milliseconds: number): HTMLElement {
    return element('p', { class: 'hint', 'aria-hidden': 'true' }, `${milliseconds.toFixed(0)} ms`);
  }
}
