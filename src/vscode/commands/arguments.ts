import { Uri } from 'vscode';
import type { LookRequest } from '../../app/requests.ts';
import { HoneError } from '../../base/HoneError.ts';
import type { StudyRef } from '../studies/WatchedStudies.ts';
import type { FileInFolder, Workspace } from '../Workspace.ts';

/** A trial of a study, as nodes of the Results tree name one. */
export interface TrialRef {
  readonly ref: StudyRef;
  readonly trial: number;
}

/** The study that a command was given: itself, or a tree node of it; null where it is neither. */
export function studyArgument(value: unknown): StudyRef | null {
  if (!isRecord(value)) return null;
  const ref = isRecord(value['ref']) ? value['ref'] : value;
  const { folder, id } = ref;
  return typeof folder === 'string' && typeof id === 'string' ? { folder, id } : null;
}

/** The trial that a command was given; the first one of a study where only that is known. Null where it is neither. */
export function trialArgument(value: unknown): TrialRef | null {
  const ref = studyArgument(value);
  if (ref === null) return null;
  const trial = isRecord(value) && typeof value['trial'] === 'number' ? value['trial'] : 0;
  return { ref, trial };
}

/** The run or trial that a command was given, to be looked into: of a study the trial that stands for it. Null where it is neither. */
export function lookArgument(value: unknown): LookRequest | null {
  const ref = studyArgument(value);
  if (ref === null) return null;
  return isRecord(value) && typeof value['trial'] === 'number' ? { ...asLook(ref), trial: value['trial'] } : asLook(ref);
}

export function asLook({ folder, id }: StudyRef): LookRequest {
  return { folder, study: id };
}

/** The script that a command was given: a file, or a node of the Scripts tree; null where it is neither. Throws usage outside the folders. */
export function scriptArgument(value: unknown, folders: Workspace): FileInFolder | null {
  if (value instanceof Uri) {
    const file = folders.locate(value);
    if (file === null)
      throw new HoneError('usage', 'That file is in no open folder.', { next: 'Open the folder that it is in.' });
    return file;
  }
  if (!isRecord(value) || !isRecord(value['script'])) return null;
  const { folder, script } = value;
  return typeof folder === 'string' && typeof script['path'] === 'string' ? { folder, path: script['path'] } : null;
}

/** The command-line arguments that a command was given; none where it was given something else, as menus do. */
export function wordsArgument(value: unknown): readonly string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : [];
}

/** A string property of a tree node; null where there is none. */
export function textArgument(value: unknown, name: string): string | null {
  const text = isRecord(value) ? value[name] : undefined;
  return typeof text === 'string' ? text : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
