import type { HyperparameterValue } from '../../core/space/Assignment.ts';
import type { FixedValue, Hyperparameter, SearchRange, StructuralEdit } from '../../core/space/SearchSpace.ts';

/** What of a script a value belongs to: the part of an id before the name, `layers.Dense[1]` of `layers.Dense[1].units`. */
export function ownerOf({ id, name }: Pick<Hyperparameter, 'id' | 'name'>): string {
  const plain = id.replace(/#\d+$/, '');
  return plain.endsWith(`.${name}`) ? plain.slice(0, -name.length - 1) : plain;
}

const OWNERS = new Map([
  ['compile', 'Optimizer'],
  ['optimizer', 'Optimizer'],
  ['scheduler', 'Learning Rate Schedule'],
  ['fit', 'Training'],
  ['loader', 'Training'],
  ['loop', 'Training'],
  ['train', 'Training'],
  ['script', 'Training'],
  ['grid', 'Grid'],
  ['params', 'Parameters'],
]);

/** An owner for a person: `Dense 2`, `Optimizer`, `SVC`. Counts from 1, and only where there may be several. */
export function describeOwner(owner: string): string {
  const { kind = owner, index } = /^(?<kind>.*?)(?:\[(?<index>\d+)\])?$/.exec(owner)?.groups ?? {};
  const known = OWNERS.get(kind);
  if (known !== undefined) return known;
  const number = Number(index ?? 0) + 1;
  if (kind.startsWith('layers.')) return `${kind.slice('layers.'.length)} ${number}`;
  return number === 1 ? kind : `${kind} ${number}`;
}

/** A value as Python writes it, strings without quotes: `64`, `(3, 3)`, `relu`, `None`. */
export function describeValue(value: HyperparameterValue): string {
  if (Array.isArray(value)) return `(${value.map(describeValue).join(', ')})`;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

/** Where to search: `16–256`, `relu, elu or tanh`. */
export function describeRange(range: SearchRange): string {
  if (range.kind !== 'categorical') return `${range.low}–${range.high}`;
  const choices = range.choices.map(describeValue);
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1) ?? ''}`;
}

/** A place for a person: `line 12`, `cell 3, line 12`, and the file where it is another than `script`. */
export function describePlace(
  { path, line, cell }: { readonly path: string; readonly line: number; readonly cell?: number },
  script: string,
): string {
  const where = cell === undefined ? `line ${line}` : `cell ${cell + 1}, line ${line}`;
  return path === script ? where : `${path}, ${where}`;
}

/** What there is to know about a hyperparameter, one sentence a paragraph. */
export function explainHyperparameter(hyperparameter: Hyperparameter, script: string): string[] {
  const { name, value, range, edits, setting, variable } = hyperparameter;
  const owner = describeOwner(ownerOf(hyperparameter));
  const [, ...others] = edits;
  const scale = range.kind !== 'categorical' && range.log ? ', on a logarithmic scale' : '';
  const search =
    range.kind === 'categorical' && range.choices.length < 2
      ? 'Hone knows no other value to try.'
      : range.kind === 'categorical'
        ? `Hone tries ${describeRange(range)}.`
        : `Hone tries ${range.kind === 'int' ? 'whole numbers' : 'numbers'} from ${range.low} to ${range.high}${scale}.`;
  return [
    `${owner} · ${name} ${describeValue(value)}${variable === undefined ? '' : ` (${variable})`}`,
    search,
    ...(setting === undefined ? [] : [`The range is yours: ${setting} in hone.yaml.`]),
    ...(others.length === 0 ? [] : [`Changes together with ${listPlaces(others, script)}.`]),
    'A trial writes its value here, in a copy: this file stays as it is.',
  ];
}

/** What there is to know about a fixed value. */
export function explainFixed({ name, value, reason }: FixedValue): string[] {
  return [`${name} ${describeValue(value)} · fixed`, reason];
}

/** What there is to know about layers that can be added or removed. */
export function explainStructure({ label, value, min, max }: StructuralEdit): string[] {
  return [
    `${label} ${value}`,
    min === max ? 'Hone leaves their number as it is.' : `Hone tries from ${min} to ${max} of them.`,
    'A trial adds or removes them in a copy: this file stays as it is.',
  ];
}

function listPlaces(
  places: readonly { readonly path: string; readonly line: number; readonly cell?: number }[],
  script: string,
): string {
  const shown = [...new Set(places.map((place) => describePlace(place, script)))];
  return shown.length > 4 ? `${shown.slice(0, 3).join('; ')} and ${shown.length - 3} more places` : shown.join('; ');
}
