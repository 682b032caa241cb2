import type { HyperparameterValue } from './Assignment.ts';
import { renderNumber } from './renderValue.ts';

/** Words that YAML 1.1 or 1.2 take for something else than text. */
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n|~)$/iu;

/** Writes a value into a YAML, JSON or TOML file, in the manner of the text that it replaces. */
export function renderSetting(value: HyperparameterValue, replaced: string, path: string): string {
  const yaml = /\.ya?ml$/u.test(path);
  if (value === null) return path.endsWith('.toml') ? '""' : 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return yaml ? yamlNumber(renderNumber(value, replaced)) : renderNumber(value, replaced);
  if (typeof value !== 'string') return `[${value.map((item) => renderSetting(item, firstOf(replaced), path)).join(', ')}]`;
  if (yaml && !/^["']/u.test(replaced) && /^[A-Za-z_][\w.-]*$/u.test(value) && !WORDS.test(value)) return value;
  if (yaml && replaced.startsWith("'")) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value);
}

/** PyYAML takes `1e-5` for text: it wants a point and a sign. */
function yamlNumber(text: string): string {
  const match = /^(?<digits>-?\d+)(?<fraction>\.\d+)?e(?<sign>-?)(?<exponent>\d+)$/u.exec(text)?.groups;
  if (match === undefined) return text;
  return `${match['digits']}${match['fraction'] ?? '.0'}e${match['sign'] === '-' ? '-' : '+'}${match['exponent']}`;
}

/** The first item of a list, whose manner the others take. */
function firstOf(replaced: string): string {
  return replaced.replace(/^\[\s*/u, '');
}
