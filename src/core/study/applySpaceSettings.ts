import { HoneError } from '../../base/HoneError.ts';
import type { HyperparameterValue } from '../space/Assignment.ts';
import type { FixedValue, Hyperparameter, SearchRange, SearchSpace } from '../space/SearchSpace.ts';
import type { SpaceSetting } from './Configuration.ts';
import { nearestName } from './nearestName.ts';

/** Of what a script has, so many are named. */
const MOST_NAMES = 5;

/**
 * A space with hone.yaml's own ranges: keys are ids, names, or either with `*` for any characters; an id counts before a name, and both
 * before a pattern. A range holds as it is, also where the script's own value lies outside.
 * @throws HoneError `configuration` for a key that means nothing here, with the nearest, and for a range that does not fit
 */
export function applySpaceSettings(space: SearchSpace, settings: Readonly<Record<string, SpaceSetting>>): SearchSpace {
  const keys = Object.keys(settings);
  for (const key of keys) check(space, key, settings[key]);
  const hyperparameters: Hyperparameter[] = [];
  const fixed: FixedValue[] = [...space.fixed];
  for (const hyperparameter of space.hyperparameters) {
    const key = keyFor(hyperparameter, keys);
    const setting = key === null ? undefined : settings[key];
    if (key === null || setting === undefined) hyperparameters.push(hyperparameter);
    else if (setting === 'fixed') fixed.push(fix(hyperparameter, key));
    else hyperparameters.push({ ...hyperparameter, range: ownRange(hyperparameter, setting, key), setting: key });
  }
  const structure = space.structure.flatMap((edit) => {
    const key = keyFor({ id: edit.id, name: edit.id }, keys);
    const setting = key === null ? undefined : settings[key];
    if (setting === undefined) return [edit];
    return typeof setting === 'string' || 'choices' in setting
      ? []
      : [{ ...edit, ...within(edit, setting), ...(key === null ? {} : { setting: key }) }];
  });
  return { ...space, hyperparameters, fixed: fixed.sort((a, b) => a.line - b.line), structure };
}

type Named = Pick<Hyperparameter, 'id' | 'name'>;

/** The key that says most about a hyperparameter: the last of those that are equally close. */
function keyFor(hyperparameter: Named, keys: readonly string[]): string | null {
  const { id, name } = hyperparameter;
  return (
    keys.find((key) => key === id) ??
    keys.find((key) => key === name) ??
    keys.findLast((key) => isPattern(key) && (matches(key, id) || matches(key, name))) ??
    null
  );
}

function isPattern(key: string): boolean {
  return key.includes('*');
}

function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const [index, piece] of rest.entries()) {
    const found = index === rest.length - 1 ? text.length - piece.length : text.indexOf(piece, at);
    if (found < at || !text.startsWith(piece, found)) return false;
    at = found + piece.length;
  }
  return true;
}

function check(space: SearchSpace, key: string, setting: SpaceSetting | undefined): void {
  const { script, hyperparameters, fixed, structure } = space;
  const named: Named[] = [...hyperparameters, ...structure.map(({ id }) => ({ id, name: id }))];
  if (named.some((one) => keyFor(one, [key]) !== null)) return;
  const kept = fixed.find(({ name }) => name === key);
  if (kept === undefined) throw unknownKey(space, key);
  if (setting === 'fixed') return;
  throw new HoneError(
    'configuration',
    `\`space\` in hone.yaml gives ${key} a range, but ${script} cannot change it. ${kept.reason}`,
    {
      next: `Take ${key} out of \`space\`.`,
    },
  );
}

/** `hone space` fails by the same error, so it names what there is itself. */
function unknownKey({ script, hyperparameters, structure }: SearchSpace, key: string): HoneError {
  const counted = structure.map(({ id }) => id);
  const near = nearestName(key, [...hyperparameters.flatMap(({ id, name }) => [id, name]), ...counted]);
  const names = [...new Set([...hyperparameters.map(({ name }) => name), ...counted])];
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const known = names.length === 0 ? 'nothing that can be tuned' : `${names.slice(0, MOST_NAMES).join(', ')}${more}`;
  return new HoneError('configuration', `\`space\` in hone.yaml names ${key}, which ${script} does not have.`, {
    next: near === null ? `It has ${known}.` : `Did you mean ${near}?`,
  });
}

function fix({ id, name, value, path, line, column, start, end, cell }: Hyperparameter, key: string): FixedValue {
  const reason = `hone.yaml fixes it (\`space: ${key}\`).`;
  const place = { path, line, column, start, end, ...(cell === undefined ? {} : { cell }) };
  return { name, value, ...place, reason, id, setting: key };
}

type Range = Exclude<SpaceSetting, string>;

function ownRange(hyperparameter: Hyperparameter, setting: Range, key: string): SearchRange {
  const { id, value, range, edits } = hyperparameter;
  const wrong = (why: string): HoneError =>
    new HoneError('configuration', `\`space: ${key}\` in hone.yaml does not fit ${id}: ${why}.`, {
      next: `Its value is ${JSON.stringify(value)}${range.kind === 'categorical' ? '' : `, its range without that ${range.low} to ${range.high}`}.`,
    });
  if ('choices' in setting) {
    const coded = edits.some(({ texts }) => texts !== undefined) && range.kind === 'categorical' ? range.choices : null;
    const strange = coded === null ? undefined : setting.choices.find((choice) => !includes(coded, choice));
    if (strange !== undefined) throw wrong(`it can be ${coded?.join(', ')}, not ${JSON.stringify(strange)}`);
    return { kind: 'categorical', choices: setting.choices };
  }
  const { low, high } = setting;
  if (typeof value !== 'number') throw wrong(`${JSON.stringify(value)} is no number, so it takes {choices: [...]}`);
  const whole = range.kind === 'int' || (range.kind === 'categorical' && Number.isInteger(value));
  if (low > high) throw wrong(`${low} is more than ${high}`);
  if (whole && !(Number.isInteger(low) && Number.isInteger(high))) throw wrong('it is a whole number');
  if (setting.log === true && low <= 0) throw wrong('a logarithmic range begins above 0');
  const log = setting.log ?? (range.kind !== 'categorical' && range.log);
  return { kind: whole ? 'int' : 'float', low, high, log: log && low > 0 };
}

function includes(choices: readonly HyperparameterValue[], value: HyperparameterValue): boolean {
  return choices.some((choice) => JSON.stringify(choice) === JSON.stringify(value));
}

/** What can be built limits what may be wanted. */
function within(
  { min, max }: { min: number; max: number },
  { low, high }: { low: number; high: number },
): { min: number; max: number } {
  return { min: Math.min(Math.max(min, low), max), max: Math.max(Math.min(max, high), min) };
}
