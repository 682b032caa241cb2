import type { HyperparameterValue } from '../../core/space/Assignment.ts';
import type { Hyperparameter, SearchRange } from '../../core/space/SearchSpace.ts';
import { describeValue } from './describeHyperparameter.ts';

type Scalar = number | string | boolean | null;

/** A range as hone.yaml has it; the scale only where it is not what the hyperparameter has anyway. */
export type OwnRange =
  | { readonly low: number; readonly high: number; readonly log?: boolean }
  | { readonly choices: readonly (Scalar | readonly Scalar[])[] };

const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;
const BOUNDS = new RegExp(
  String.raw`^(?<low>${NUMBER})\s*(?:–|—|-|\.\.\.?|to)\s*(?<high>${NUMBER})\s*,?\s*(?<scale>log(?:arithmic)?|linear)?$`,
  'iu',
);

/** A range as a person edits it: `16 – 256 log`, `relu, tanh`. */
export function renderRange(range: SearchRange): string {
  if (range.kind === 'categorical') return range.choices.map(describeValue).join(', ');
  return `${range.low} – ${range.high}${range.log ? ' log' : ''}`;
}

/** What a person typed, as hone.yaml has it; a sentence where it means nothing for this hyperparameter. */
export function parseRange(text: string, { value, range }: Pick<Hyperparameter, 'value' | 'range'>): OwnRange | string {
  const typed = text.trim();
  const bounds = BOUNDS.exec(typed)?.groups;
  if (bounds === undefined) return parseChoices(typed, range);
  const [low, high] = [Number(bounds['low']), Number(bounds['high'])];
  if (typeof value !== 'number') return `${describeValue(value)} is no number: list what to try, with commas between.`;
  if (low > high) return `${low} is more than ${high}.`;
  const isWhole = range.kind === 'int' || (range.kind === 'categorical' && Number.isInteger(value));
  if (isWhole && !(Number.isInteger(low) && Number.isInteger(high))) return 'It has to be whole numbers.';
  const log = bounds['scale']?.toLowerCase().startsWith('log') === true;
  if (log && low <= 0) return 'A logarithmic range begins above 0.';
  const usual = range.kind !== 'categorical' && range.log;
  return log === usual ? { low, high } : { low, high, log };
}

function parseChoices(typed: string, range: SearchRange): OwnRange | string {
  const choices = splitChoices(typed).map(parseChoice);
  if (choices.length === 0) return 'Give a range such as 16 – 256, or what to try with commas between.';
  const numeric = range.kind !== 'categorical';
  const strange = numeric ? choices.find((choice) => typeof choice !== 'number') : undefined;
  if (strange !== undefined) return `${describeValue(strange)} is no number.`;
  if (range.kind === 'int' && choices.some((choice) => !Number.isInteger(choice))) return 'It has to be whole numbers.';
  return { choices };
}

/** At commas that are in no brackets. */
function splitChoices(text: string): string[] {
  const parts = text.match(/(?:\([^)]*\)|\[[^\]]*\]|[^,()[\]])+/gu) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function parseChoice(text: string): Scalar | Scalar[] {
  const list = /^[([](?<inner>.*)[)\]]$/u.exec(text)?.groups?.['inner'];
  return list === undefined ? parseScalar(text) : splitChoices(list).map(parseScalar);
}

const WORDS = new Map<string, Scalar>([
  ['none', null],
  ['null', null],
  ['true', true],
  ['false', false],
]);

function parseScalar(text: string): Scalar {
  const word = WORDS.get(text.toLowerCase());
  if (word !== undefined) return word;
  const quoted = /^(?<quote>["'])(?<inner>.*)\k<quote>$/u.exec(text)?.groups?.['inner'];
  if (quoted !== undefined) return quoted;
  return new RegExp(`^${NUMBER}$`, 'u').test(text) ? Number(text) : text;
}

/** Whether a value is among those that a setting asks for. */
export function admits(setting: OwnRange, value: HyperparameterValue): boolean {
  if ('choices' in setting) return setting.choices.some((choice) => JSON.stringify(choice) === JSON.stringify(value));
  return typeof value === 'number' && value >= setting.low && value <= setting.high;
}
