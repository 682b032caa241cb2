import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { HoneError } from '../base/HoneError.ts';
import { isSameCode } from '../core/study/isSameCode.ts';
import { mergeTexts } from '../core/study/mergeTexts.ts';
import type { Study, Trial } from '../core/study/Study.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';
import { editedFiles, trialNamed } from './compareStudies.ts';
import { readStudy } from './followStudy.ts';
import type { TrialName } from './requests.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';

/** What applying a trial changes in one file of the user's. Texts hold their byte order mark. */
export interface FileChange {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** A trial as a change of the user's source, to be looked at. Nothing is written yet. */
export interface Proposal {
  readonly study: Study;
  readonly trial: Trial;
  /** Empty where the source says already what the trial says. */
  readonly changes: readonly FileChange[];
  /** All changes as one unified diff. */
  readonly patch: string;
  /** Files whose code will not be what the trial ran, since it was changed meanwhile: its value is of other code. */
  readonly outdated: readonly string[];
}

interface MergedFile extends FileChange {
  /** What the trial ran. */
  readonly wanted: string;
}

export interface ProposalRequest extends TrialName {
  readonly folder: string;
  /** Texts that stand for files, by path relative to the folder: unsaved ones of an editor, or those of another commit. Null where there is no such file. */
  readonly textOf?: (path: string) => Promise<string | null>;
}

/**
 * The change that makes the user's source what a trial ran: the best trial where none is named, merged onto the texts of now.
 * @throws HoneError `not-found`; `usage` where there is nothing to apply, or where both sides changed the same lines: it names them
 */
export async function proposeBest(ports: HonePorts, request: ProposalRequest): Promise<Proposal> {
  const { folder } = request;
  const [study, plan] = await Promise.all([readStudy(ports, folder, request.study), ports.store.readPlan(folder, request.study)]);
  const trial = trialNamed(study, request.trial);
  if (trial === null)
    throw new HoneError('usage', `${study.id} has no trial to apply.`, { next: `\`hone show ${study.id}\` tells why.` });
  const edited = await editedFiles(ports, plan, trial);
  const textOf = request.textOf ?? ((path) => ports.sources.read(join(folder, path)));
  const merged: MergedFile[] = [];
  for (const [path, wanted] of Object.entries(edited)) merged.push(await mergeFile(ports, plan, path, wanted, textOf));
  const changes = merged.filter(({ before, after }) => before !== after);
  const outdated = merged.filter((file) => !isSameCode(file.path, file.after, file.wanted)).map(({ path }) => path);
  const patches = changes.map(({ path, before, after }) => createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, '', ''));
  return { study, trial, changes, patch: patches.map((patch) => patch.replace(/^=+\n/u, '')).join(''), outdated };
}

async function mergeFile(
  { sources, store }: HonePorts,
  plan: StudyPlan,
  inRoot: string,
  wanted: string,
  textOf: (path: string) => Promise<string | null>,
): Promise<MergedFile> {
  const path = plan.root === '' ? inRoot : `${plan.root}/${inRoot}`;
  const base = (await sources.read(join(store.directory(plan.folder, plan.study), 'source', inRoot))) ?? '';
  const before = await textOf(path);
  if (before === null) {
    throw new HoneError('usage', `${path} is gone, so ${plan.study} cannot be applied to it.`, {
      next: 'Bring it back, or tune again.',
    });
  }
  const { text, conflicts } = mergeTexts(base, before, wanted);
  const [first] = conflicts;
  if (first === undefined) return { path, before, after: text, wanted };
  const more = conflicts.length === 1 ? '' : ` (and ${conflicts.length - 1} more)`;
  throw new HoneError(
    'usage',
    `${path} was changed since ${plan.study} began, on the same lines: line ${first.line} is \`${first.now}\`, the trial has \`${first.wanted}\`${more}.`,
    { next: 'Take over by hand what you want of it, or tune again.' },
  );
}
