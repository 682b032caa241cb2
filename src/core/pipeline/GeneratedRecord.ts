import * as v from 'valibot';
import type { GeneratedFile } from './PipelineRequest.ts';

/** Path of the record, relative to the folder. It is committed with the files. */
export const RECORD = 'jenkins/generated.json';

const answers = v.object({
  kind: v.picklist(['single', 'chain']),
  script: v.string(),
  hone: v.string(),
  label: v.string(),
  to: v.array(v.string()),
  indexCredentials: v.nullable(v.string()),
});

const record = v.object({
  version: v.literal(1),
  answers,
  files: v.record(v.string(), v.array(v.string())),
});

/** What was asked when the files were generated last; it holds for the next time, where nothing else is said. */
export type PipelineAnswers = v.InferOutput<typeof answers>;

export interface GeneratedRecord {
  readonly answers: PipelineAnswers;
  /** What was generated last, by path: the base of the next merge. */
  readonly files: Readonly<Record<string, string>>;
}

/** Reads a record; null where it is none. Never throws. */
export function parseRecord(text: string): GeneratedRecord | null {
  const parsed = v.safeParse(record, parseJson(text));
  if (!parsed.success) return null;
  const files = Object.entries(parsed.output.files).map(([path, lines]) => [path, lines.join('\n')] as const);
  return { answers: parsed.output.answers, files: Object.fromEntries(files) };
}

/** The record of files just generated. Those of another kind of pipeline stay in it. */
export function renderRecord(before: GeneratedRecord | null, chosen: PipelineAnswers, files: readonly GeneratedFile[]): string {
  const all = { ...before?.files, ...Object.fromEntries(files.map(({ path, text }) => [path, text])) };
  const lines = Object.entries(all).map(([path, text]) => [path, text.split('\n')] as const);
  return `${JSON.stringify({ version: 1, answers: chosen, files: Object.fromEntries(lines) }, null, 1)}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
