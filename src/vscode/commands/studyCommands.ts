import { commands, Position, Range, Uri, window } from 'vscode';
import type { Parts } from '../Parts.ts';
import { ownFrame } from '../studies/describeResultNode.ts';
import { belowRoot } from '../terminal/parseTraceback.ts';
import { findSource } from '../terminal/findSource.ts';
import { studyArgument, textArgument, trialArgument, type TrialRef } from './arguments.ts';
import type { Handlers } from './registerCommands.ts';
import { all, pickStudy } from './runCommands.ts';

/** The commands that look at studies and tidy them. */
export function studyCommands(
  parts: Parts,
): Pick<Handlers, 'hone.showOutput' | 'hone.openLog' | 'hone.openError' | 'hone.delete' | 'hone.showMore'> {
  return {
    'hone.showOutput': async (argument) =>
      parts.terminals.show(studyArgument(argument) ?? (await pickStudy(parts, all(parts), 'Whose output?'))),
    'hone.openLog': async (argument) => openLog(parts, await trialOf(parts, argument, 'Whose output?')),
    'hone.openError': async (argument) => openError(parts, await trialOf(parts, argument, 'Whose error?')),
    'hone.delete': async (argument) => deleteStudy(parts, argument),
    'hone.showMore': (node) => {
      const page = textArgument(node, 'page');
      if (page !== null) parts.scriptsTree.showMore(page);
      const of = textArgument(node, 'of');
      if (of !== null) parts.resultsTree.showMore(of);
    },
  };
}

async function trialOf(parts: Parts, argument: unknown, question: string): Promise<TrialRef> {
  return trialArgument(argument) ?? { ref: await pickStudy(parts, all(parts), question), trial: 0 };
}

async function openLog(parts: Parts, { ref, trial }: TrialRef): Promise<void> {
  const path = (await parts.host.get()).logPath(ref.folder, ref.id, trial);
  await commands.executeCommand('vscode.open', Uri.file(path), { preview: true }, `${ref.id}: output`);
}

async function openError(parts: Parts, { ref, trial }: TrialRef): Promise<void> {
  const study = parts.studies.get(ref);
  const failed = study?.trials.find(({ number }) => number === trial);
  const frame = failed === undefined ? null : ownFrame(failed);
  const uri = study === null || frame === null ? null : await findSource(ref, belowRoot(frame.path, study.root));
  if (uri === null || frame === null) return openLog(parts, { ref, trial });
  const start = new Position(Math.max(0, frame.line - 1), 0);
  await window.showTextDocument(uri, { selection: new Range(start, start) });
}

async function deleteStudy(parts: Parts, argument: unknown): Promise<void> {
  const active = new Set(parts.studies.active().map(({ folder, id }) => `${folder}\n${id}`));
  const ended = all(parts).filter(({ folder, id }) => !active.has(`${folder}\n${id}`));
  const ref = studyArgument(argument) ?? (await pickStudy(parts, ended, 'Which one should be deleted?'));
  const detail = 'Its output, files and settings are removed from .hone. Your own files stay as they are.';
  const answer = await window.showWarningMessage(`Delete ${ref.id}?`, { modal: true, detail }, 'Delete');
  if (answer === 'Delete') await (await parts.host.get()).delete(ref.folder, ref.id);
}
