import type { HyperparameterValue } from './Assignment.ts';

/** Writes a value as Python, in the manner of the text that it replaces: its quotes, its brackets, a float as a float. */
export function renderValue(value: HyperparameterValue, replaced: string): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return renderNumber(value, replaced);
  if (typeof value === 'string') return renderString(value, replaced);
  const inner = value.map((item) => renderValue(item, itemStyle(replaced)));
  if (replaced.startsWith('[')) return `[${inner.join(', ')}]`;
  const bare = inner.length === 1 ? `${inner.join('')},` : inner.join(', ');
  return replaced.startsWith('(') ? `(${bare})` : bare;
}

/** A number as Python writes it; a float stays one. */
export function renderNumber(value: number, replaced: string): string {
  const text = String(value).replace(/^(-?\d+(?:\.\d+)?)e\+?(-?\d+)$/u, '$1e$2');
  const float = /^-?(?:\d[\d_]*\.|\.\d|\d[\d_]*[eE])/u.test(replaced);
  return float && /^-?\d+$/u.test(text) ? `${text}.0` : text;
}

function renderString(value: string, replaced: string): string {
  const quote = /^[a-zA-Z]*"/u.test(replaced) ? '"' : "'";
  const escaped = value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${quote}${escaped}${quote}`;
}

/** The first item of a list, whose manner the others take. */
function itemStyle(replaced: string): string {
  return replaced.replace(/^[[(]\s*/u, '');
}
