import * as v from 'valibot';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { configurationSchema, type Configuration } from './Configuration.ts';
import { nearestName } from './nearestName.ts';

const NAMES: Readonly<Record<string, string>> = {
  Object: 'keys with values',
  Array: 'a list',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
};

/** Something wrong in hone.yaml, as one sentence, with its line counted from 1. */
export interface ConfigurationProblem {
  readonly line: number;
  readonly message: string;
}

export type ParsedConfiguration =
  | { readonly configuration: Configuration; readonly problems: readonly [] }
  | { readonly configuration: null; readonly problems: readonly [ConfigurationProblem, ...ConfigurationProblem[]] };

/** Parses the text of hone.yaml. Never throws. An empty file is an empty configuration. */
export function parseConfiguration(text: string): ParsedConfiguration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors[0];
  if (syntax !== undefined) {
    return failed([{ line: lines.linePos(syntax.pos[0]).line, message: `This is not valid YAML: ${syntax.message}.` }]);
  }
  const values = valuesOf(document);
  if (values instanceof Error) return failed([{ line: 1, message: `This is not valid YAML: ${values.message}.` }]);
  const parsed = v.safeParse(configurationSchema, values ?? {});
  if (parsed.success) return { configuration: parsed.output, problems: [] };
  return failed(parsed.issues.map((issue) => describe(issue, document, lines)));
}

/** What a document holds; an error where an alias in it leads nowhere, or to too much. */
function valuesOf(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function failed(problems: readonly ConfigurationProblem[]): ParsedConfiguration {
  return { configuration: null, problems: problems as [ConfigurationProblem, ...ConfigurationProblem[]] };
}

function describe(issue: v.BaseIssue<unknown>, document: Document, lines: LineCounter): ConfigurationProblem {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  const key = String(path.at(-1) ?? 'hone.yaml');
  const line = lineOf(path, document, lines);
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const near = nearestName(key, knownKeys(path));
    return { line, message: `Unknown key "${key}"${near === null ? '.' : `; did you mean "${near}"?`}` };
  }
  const expected = issue.message.startsWith('must')
    ? issue.message
    : `must be ${inYaml(issue.expected ?? 'something else')}, not ${inYaml(issue.received)}`;
  return { line, message: `${path.length === 0 ? 'hone.yaml' : `"${path.join('.')}"`} ${expected}.` };
}

/** A type as people call it in YAML; a value, which is quoted, stays. */
function inYaml(type: string): string {
  if (type.startsWith('"')) return type;
  const named = type.replaceAll(/\b(Object|Array|string|number|boolean)\b/g, (word) => NAMES[word] ?? word);
  return named.replaceAll(/[()]/g, '').replaceAll(' | ', ' or ');
}

/** The keys that are known where the last one of the path stands. */
function knownKeys(path: readonly (string | number)[]): readonly string[] {
  const entries = configurationSchema.entries;
  const parent = path.at(-2);
  if (parent === 'limits') return ['memory', 'cpus', 'shm', 'trial_minutes', 'artifacts'];
  if (parent === 'budget') return ['trials', 'minutes', 'patience'];
  if (parent === 'confirm') return ['seeds'];
  if (parent === 'notify') return ['to', 'on'];
  return Object.keys(entries);
}

function lineOf(path: readonly (string | number)[], document: Document, lines: LineCounter): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const items = (parent as { items?: readonly { key?: { value?: unknown; range?: readonly number[] } }[] } | null)?.items ?? [];
    const item = items.find((candidate) => candidate.key?.value === path[depth - 1]);
    const offset = item?.key?.range?.[0];
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return 1;
}
