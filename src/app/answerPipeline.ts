import { join } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import { parseRecord, RECORD, type GeneratedRecord, type PipelineAnswers } from '../core/pipeline/GeneratedRecord.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { locateScript, type LocatedScript } from './locateScript.ts';

/** What a person says about Jenkins files. What is not said is as it was the last time, else a default. */
export interface PipelineChoice extends Partial<Omit<PipelineAnswers, 'to'>> {
  /** Absolute. */
  readonly folder: string;
  readonly to?: readonly string[];
}

/** What is to be generated, with what that rests on. */
export interface AnsweredPipeline {
  readonly answers: PipelineAnswers;
  readonly located: LocatedScript;
  /** Of the last time; null where nothing was generated yet. */
  readonly record: GeneratedRecord | null;
}

/**
 * Completes what a person said, from the last time, from hone.yaml, and by defaults.
 * @throws HoneError as `locateScript`; `usage` where the record of the last time cannot be read
 */
export async function answerPipeline(ports: HonePorts, choice: PipelineChoice, signal: AbortSignal): Promise<AnsweredPipeline> {
  const { folder } = choice;
  const record = await readRecord(ports, folder);
  const script = choice.script ?? (await scriptOf(ports, folder, record));
  const located = await locateScript(ports, { folder, ...(script === undefined ? {} : { script }) }, signal);
  const before = record?.answers;
  const answers: PipelineAnswers = {
    kind: choice.kind ?? before?.kind ?? 'single',
    script: located.script.path,
    hone: choice.hone ?? before?.hone ?? 'hone',
    label: choice.label ?? before?.label ?? '',
    to: [...(choice.to ?? before?.to ?? addressesOf(located))],
    indexCredentials: choice.indexCredentials === undefined ? (before?.indexCredentials ?? null) : choice.indexCredentials,
  };
  return { answers, located, record };
}

async function readRecord({ sources }: HonePorts, folder: string): Promise<GeneratedRecord | null> {
  const text = await sources.read(join(folder, RECORD));
  if (text === null) return null;
  const record = parseRecord(text);
  if (record !== null) return record;
  throw new HoneError('usage', `${RECORD} cannot be read, so what was changed in the files since cannot be told.`, {
    next: 'Bring back its last version from git.',
  });
}

/** The script of the last time, where it is still there. */
async function scriptOf({ project }: HonePorts, folder: string, record: GeneratedRecord | null): Promise<string | undefined> {
  if (record === null) return undefined;
  const { script } = record.answers;
  return (await project.kindOf(join(folder, script))) === 'file' ? script : undefined;
}

function addressesOf({ configuration }: LocatedScript): readonly string[] {
  const to = configuration.notify?.to ?? [];
  return typeof to === 'string' ? [to] : to;
}
