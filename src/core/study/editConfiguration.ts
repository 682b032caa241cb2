import { parseDocument } from 'yaml';
import { HoneError } from '../../base/HoneError.ts';
import { addToYaml, removeFromYaml, setInYaml, valueAt, withValue, type YamlValue } from './editYaml.ts';
import { parseConfiguration } from './parseConfiguration.ts';

/** Where something stands in hone.yaml, for a script or in general: `['args']`, `['limits', 'memory']`. */
export type ConfigurationPath = readonly [string, ...string[]];

/** One thing to change. */
export type ConfigurationChange =
  | { readonly path: ConfigurationPath; readonly set: YamlValue }
  /** Adds one to a list, which a single value is, too; nothing where it is there already. */
  | { readonly path: ConfigurationPath; readonly add: string }
  | { readonly path: ConfigurationPath; readonly remove: true };

/** Whom changes are for. */
export interface ConfigurationTarget {
  /** Path of the script relative to hone.yaml, with `/`. */
  readonly script: string;
  /** Whether other scripts train here, too: then what is changed holds for this one alone. */
  readonly several: boolean;
}

/**
 * The text of hone.yaml with the changes made: for the script alone where it has an entry below `scripts`, or is one of several; else in
 * the general part. All else stays as it is written, byte by byte. An empty text is an empty file.
 * @throws HoneError `configuration` where the text is not valid, or would not be afterwards
 */
export function editConfiguration(text: string, changes: readonly ConfigurationChange[], target: ConfigurationTarget): string {
  requireValid(text, 'Correct it first: nothing was changed.');
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const edited = changes.reduce((before, change) => applyChange(before, change, target), text.slice(mark.length));
  requireValid(edited, 'Nothing was changed: write it by hand.');
  return mark + edited;
}

function requireValid(text: string, next: string): void {
  const [problem] = parseConfiguration(text).problems;
  if (problem !== undefined)
    throw new HoneError('configuration', `hone.yaml, line ${problem.line}: ${problem.message}`, { next });
}

function applyChange(text: string, change: ConfigurationChange, target: ConfigurationTarget): string {
  const values = parseDocument(text).toJS() as unknown;
  const entry = ['scripts', target.script];
  const place = target.several || valueAt(values, entry) !== undefined ? entry : [];
  const path = [...place, ...change.path];
  if ('remove' in change) return removeFromYaml(text, path);
  const [key, ...rest] = change.path;
  const inherited = valueAt(values, [...place, key]) === undefined ? valueAt(values, [key]) : undefined;
  if (inherited === undefined) return 'add' in change ? addToYaml(text, path, change.add) : setInYaml(text, path, change.set);
  // An entry's own value takes the place of the general one as a whole, so it begins as a copy of that.
  const value = 'set' in change ? change.set : withItem(valueAt(inherited, rest), change.add);
  return setInYaml(text, [...place, key], withValue(inherited, rest, value));
}

function withItem(list: unknown, item: string): YamlValue {
  const items = list === undefined || list === null ? [] : ([list].flat() as YamlValue[]);
  return items.includes(item) ? items : [...items, item];
}
