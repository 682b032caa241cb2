import { HoneError } from '../../base/HoneError.ts';
import type { Assignment, HyperparameterValue } from '../space/Assignment.ts';
import { nearestName } from './nearestName.ts';
import type { Hyperparameter, SearchSpace, StructuralEdit } from '../space/SearchSpace.ts';

/**
 * What a person set, by the ids of the space: an id, or a name that only one hyperparameter has, gets a value of its kind; the id of a
 * structural edit gets a number of layers.
 * @throws HoneError `usage` for an unknown or ambiguous name, with the nearest id, and for a value of another kind
 */
export function resolveAssignment(space: SearchSpace, given: Assignment): Assignment {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const structural = space.structure.find(({ id }) => id === name);
      if (structural !== undefined) return [name, acceptCount(structural, value)];
      const hyperparameter = find(space, name);
      return [hyperparameter.id, accept(hyperparameter, value)];
    }),
  );
}

function find({ script, hyperparameters, structure, fixed }: SearchSpace, name: string): Hyperparameter {
  const exact = hyperparameters.find(({ id }) => id === name);
  const named = hyperparameters.filter((hyperparameter) => hyperparameter.name === name);
  const [only] = named;
  if (exact !== undefined) return exact;
  if (only !== undefined && named.length === 1) return only;
  if (named.length > 1) {
    throw new HoneError('usage', `${script} has ${named.length} hyperparameters named ${name}.`, {
      next: `Say which: ${named
        .map(({ id }) => id)
        .slice(0, 5)
        .join(', ')}.`,
    });
  }
  const last = lastPart(name);
  const kept = fixed.find((value) => value.name === last);
  if (kept !== undefined && !hyperparameters.some((hyperparameter) => hyperparameter.name === last)) {
    throw new HoneError('usage', `${last} stays as it is in ${script}. ${kept.reason}`, {
      next: '`hone space` lists what can be set.',
    });
  }
  const near =
    structure.find((edit) => edit.name === name)?.id ??
    nearestName(
      name,
      [...hyperparameters, ...structure].map(({ id }) => id),
    ) ??
    nearestName(
      SHORT_NAMES[last] ?? last,
      hyperparameters.map((hyperparameter) => hyperparameter.name),
    );
  throw new HoneError('usage', `${script} has no hyperparameter ${name}.`, {
    next: near === null ? '`hone space` lists them.' : `Did you mean ${near}? \`hone space\` lists them.`,
  });
}

/** How people shorten names. */
const SHORT_NAMES: Readonly<Record<string, string>> = { lr: 'learning_rate', bs: 'batch_size', wd: 'weight_decay' };

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function acceptCount({ id, label, min, max }: StructuralEdit, given: HyperparameterValue): number {
  if (typeof given === 'number' && Number.isInteger(given) && given >= min && given <= max) return given;
  throw new HoneError('usage', `${id} is a number of ${label} from ${min} to ${max}, not ${JSON.stringify(given)}.`, {
    next: '`hone space` lists what can be set.',
  });
}

function accept({ id, value, range, edits }: Hyperparameter, given: HyperparameterValue): HyperparameterValue {
  const wrong = (kind: string): HoneError =>
    new HoneError('usage', `${id} is ${kind}, not ${JSON.stringify(given)}.`, { next: '`hone space` shows its range.' });
  if (range.kind !== 'categorical') {
    if (typeof given !== 'number' || !Number.isFinite(given)) throw wrong('a number');
    if (range.kind === 'int' && !Number.isInteger(given)) throw wrong('a whole number');
    return given;
  }
  const coded = edits.some((edit) => edit.texts !== undefined);
  const known = range.choices.some((choice) => JSON.stringify(choice) === JSON.stringify(given));
  if (known) return given;
  if (coded) throw wrong(`one of ${range.choices.join(', ')}`);
  if (kindOf(given) !== kindOf(value)) throw wrong(`a ${kindOf(value)}`);
  return given;
}

function kindOf(value: HyperparameterValue): string {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' ? 'text' : typeof value;
}
