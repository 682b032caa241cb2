import type { Assignment, HyperparameterValue } from './Assignment.ts';
import { applyEdits, type Replacement } from './applyEdits.ts';
import { locateCells } from './locateCells.ts';
import { renderSetting } from './renderSetting.ts';
import { renderValue } from './renderValue.ts';
import type { Edit, SearchSpace, StructuralChange } from './SearchSpace.ts';
import { structuralChanges } from './structure/structuralChanges.ts';
import { withStructure } from './structure/withStructure.ts';

interface PlacedEdit {
  readonly edit: Edit;
  readonly value: HyperparameterValue;
}

/** What happens to one file, or to one cell of a notebook. */
interface Changes {
  readonly placed: PlacedEdit[];
  readonly structural: StructuralChange[];
}

/**
 * The texts of the files that an assignment changes, by path; only the edits' ranges differ. `textOf` gives a file's text without its
 * byte order mark, as the space was read from it. What the assignment leaves out keeps the user's value. All edits are resolved against
 * the user's text: values first, in what is copied too; a layer that goes takes the values written in it along. A seed stands wherever the
 * script seeds chance.
 */
export function applyAssignment(
  space: SearchSpace,
  assignment: Assignment,
  textOf: (path: string) => string,
  seed: number | null = null,
): Map<string, string> {
  const files = new Map<string, Map<number | null, Changes>>();
  const changesAt = (path: string, cell: number | undefined): Changes => {
    const cells = files.get(path) ?? new Map<number | null, Changes>();
    const changes = cells.get(cell ?? null) ?? { placed: [], structural: [] };
    files.set(path, cells.set(cell ?? null, changes));
    return changes;
  };
  for (const hyperparameter of space.hyperparameters) {
    const value = assignment[hyperparameter.id];
    if (value === undefined || JSON.stringify(value) === JSON.stringify(hyperparameter.value)) continue;
    for (const edit of hyperparameter.edits) changesAt(edit.path, edit.cell).placed.push({ edit, value });
  }
  for (const place of seed === null ? [] : space.seeds)
    changesAt(place.path, place.cell).placed.push({ edit: place, value: seed });
  for (const change of structuralChanges(space.structure, assignment))
    changesAt(change.path, change.cell).structural.push(change);
  return new Map([...files].map(([path, cells]) => [path, editFile(textOf(path), path, cells)]));
}

function editFile(text: string, path: string, changes: ReadonlyMap<number | null, Changes>): string {
  if (!path.endsWith('.ipynb'))
    return applyEdits(
      text,
      [...changes.values()].flatMap((one) => replacementsIn(text, one)),
    );
  const cells = locateCells(text);
  const replacements = [...changes].flatMap(([number, one]) => {
    const cell = cells.get(number ?? -1);
    if (cell === undefined) throw new RangeError(`There is no cell ${number}.`);
    return replacementsIn(cell.text, one).map(({ start, end, text: code }): Replacement => ({
      start: cell.offsetOf(start),
      end: cell.offsetOf(end),
      text: JSON.stringify(code).slice(1, -1),
    }));
  });
  return applyEdits(text, replacements);
}

function replacementsIn(text: string, { placed, structural }: Changes): readonly Replacement[] {
  const values = placed.map((one) => replacementFor(one, text));
  return structural.length === 0 ? values : withStructure(text, values, structural);
}

function replacementFor({ edit, value }: PlacedEdit, text: string): Replacement {
  const { start, end, texts, times = 1 } = edit;
  const code = texts === undefined ? undefined : texts[String(value)];
  const written = typeof value === 'number' ? value * times : value;
  const replaced = text.slice(start, end);
  const render = /\.(?:ya?ml|json|toml)$/u.test(edit.path) ? renderSetting : renderValue;
  return { start, end, text: code ?? render(written, replaced, edit.path) };
}
