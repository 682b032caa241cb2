import type { Assignment, HyperparameterValue } from './Assignment.ts';
import { applyEdits, type Replacement } from './applyEdits.ts';
import { locateCells } from './locateCells.ts';
import { renderValue } from './renderValue.ts';
import type { Edit, SearchSpace } from './SearchSpace.ts';

interface PlacedEdit {
  readonly edit: Edit;
  readonly value: HyperparameterValue;
}

/**
 * The texts of the files that an assignment changes, by path; only the edits' ranges differ. `textOf` gives a file's text without its
 * byte order mark, as the space was read from it. Hyperparameters that the assignment leaves out keep the user's value.
 */
export function applyAssignment(
  space: SearchSpace,
  assignment: Assignment,
  textOf: (path: string) => string,
): Map<string, string> {
  const edits = new Map<string, PlacedEdit[]>();
  for (const hyperparameter of space.hyperparameters) {
    const value = assignment[hyperparameter.id];
    if (value === undefined || JSON.stringify(value) === JSON.stringify(hyperparameter.value)) continue;
    for (const edit of hyperparameter.edits) edits.set(edit.path, [...(edits.get(edit.path) ?? []), { edit, value }]);
  }
  return new Map([...edits].map(([path, placed]) => [path, editFile(textOf(path), path, placed)]));
}

function editFile(text: string, path: string, placed: readonly PlacedEdit[]): string {
  const cells = path.endsWith('.ipynb') ? locateCells(text) : null;
  if (cells === null)
    return applyEdits(
      text,
      placed.map((one) => replacementFor(one, text)),
    );
  const replacements = placed.map((one): Replacement => {
    const cell = cells.get(one.edit.cell ?? -1);
    if (cell === undefined) throw new RangeError(`There is no cell ${one.edit.cell}.`);
    const { start, end, text: code } = replacementFor(one, cell.text);
    return { start: cell.offsetOf(start), end: cell.offsetOf(end), text: JSON.stringify(code).slice(1, -1) };
  });
  return applyEdits(text, replacements);
}

function replacementFor({ edit, value }: PlacedEdit, text: string): Replacement {
  const { start, end, texts, times = 1 } = edit;
  const code = texts === undefined ? undefined : texts[String(value)];
  const written = typeof value === 'number' ? value * times : value;
  return { start, end, text: code ?? renderValue(written, text.slice(start, end)) };
}
