import { element } from '../element.ts';

/** A field for each column of a row. */
export class RowInput {
  readonly host: HTMLElement;

  constructor(names: readonly string[], example: readonly number[], change: (input: readonly number[]) => void) {
    const values = [...example];
    const fields = names.map((name, index) => {
      const id = `column-${index}`;
      const field = element('input', { id, type: 'number', step: 'any', value: String(example[index] ?? 0), 'data-key': id });
      field.addEventListener('input', () => {
        const value = field.valueAsNumber;
        if (!Number.isFinite(value)) return;
        values[index] = value;
        change(values.slice());
      });
      return element('div', {}, element('label', { for: id }, name), field);
    });
    this.host = element('div', { class: 'fields' }, ...fields);
    change(values.slice());
  }
}
