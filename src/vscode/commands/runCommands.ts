import { commands, window } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';
import type { Study } from '../../core/study/Study.ts';
import type { CommandId } from './CommandId.ts';
import type { Parts } from '../Parts.ts';
import { chooseScript } from '../run/chooseScript.ts';
import { requireTrust } from '../run/requireTrust.ts';
import type { TrainingWay } from '../run/Trainer.ts';
import { describeStudy } from '../studies/describeStudy.ts';
import type { StudyRef } from '../studies/WatchedStudies.ts';
import { scriptArgument, studyArgument, wordsArgument } from './arguments.ts';
import type { Handlers } from './registerCommands.ts';

/** The commands that start, stop and find runs. */
export function runCommands(
  parts: Parts,
): Pick<Handlers, 'hone.train' | 'hone.trainScript' | 'hone.trainAgain' | 'hone.cancel' | 'hone.steer' | 'hone.reveal'> {
  const train = async (): Promise<unknown> => {
    await requireTrust();
    return parts.trainer.train(await chooseScript(parts.workspace, parts.scripts));
  };
  return {
    'hone.train': train,
    'hone.trainScript': (argument, words) => {
      const file = scriptArgument(argument, parts.workspace) ?? parts.workspace.activeFile();
      return file === null ? train() : parts.trainer.train(file, wayOf(wordsArgument(words)));
    },
    'hone.trainAgain': async (argument) => {
      const ref = studyArgument(argument) ?? (await pickStudy(parts, all(parts), 'Which one should train again?'));
      const study = parts.studies.get(ref);
      if (study === null) throw new HoneError('not-found', `There is no study ${ref.id} any more.`);
      const way = study.kind === 'run' ? { again: { study: ref.id } } : undefined;
      return parts.trainer.train({ folder: ref.folder, path: study.script }, way);
    },
    'hone.cancel': async (argument) => {
      const active = parts.studies.active();
      if (active.length === 0) throw new HoneError('usage', 'Nothing is running.');
      return parts.trainer.cancel(studyArgument(argument) ?? (await pickStudy(parts, active, 'Which one should stop?')));
    },
    'hone.steer': async (argument) =>
      steer(parts, studyArgument(argument) ?? (await pickStudy(parts, parts.studies.active(), 'Which one?'))),
    'hone.reveal': async (argument) => {
      parts.statusBar.seen();
      await parts.resultsTree.reveal(studyArgument(argument) ?? (await pickStudy(parts, all(parts), 'Which result?')));
    },
  };
}

function wayOf(words: readonly string[]): TrainingWay | undefined {
  return words.length === 0 ? undefined : { arguments: words };
}

/** The study that a palette command is about: the only one, or the one that is picked. Throws cancelled, not-found. */
export async function pickStudy(parts: Parts, refs: readonly StudyRef[], placeHolder: string): Promise<StudyRef> {
  const [only, ...others] = refs;
  if (only === undefined) throw new HoneError('not-found', 'Nothing was run yet.', { next: 'Train a script first.' });
  if (others.length === 0) return only;
  const items = refs.map((ref) => {
    const study = parts.studies.get(ref);
    return { label: ref.id, description: study === null ? '' : describeStudy(study), detail: study?.script ?? '', ref };
  });
  const picked = await window.showQuickPick(items, { title: 'Hone', placeHolder, matchOnDescription: true, matchOnDetail: true });
  if (picked === undefined) throw new HoneError('cancelled', 'No study was picked.');
  return picked.ref;
}

/** All studies of the watched folders. */
export function all({ studies }: Parts): readonly StudyRef[] {
  return studies.folders.flatMap((folder) => studies.studies(folder).map(({ id }) => ({ folder, id })));
}

function steerStudy(study: Study, ref: StudyRef): { label: string; description: string; run: () => Thenable<unknown> }[] {
  const does = (command: CommandId) => () => commands.executeCommand(command, ref);
  return [
    study.state === 'paused'
      ? { label: '$(debug-continue) Resume', description: 'go on with the search', run: does('hone.resume') }
      : { label: '$(debug-pause) Pause', description: 'what runs ends, nothing more starts', run: does('hone.pause') },
    { label: '$(check) Good Enough: Take the Best', description: 'ends the search', run: does('hone.accept') },
    { label: '$(graph) Open the Study Panel', description: 'curves and trials', run: does('hone.openPanel') },
  ];
}

async function steer(parts: Parts, ref: StudyRef): Promise<void> {
  const study = parts.studies.get(ref);
  if (study === null) return;
  const items = [
    ...(study.kind === 'study' ? steerStudy(study, ref) : []),
    { label: '$(stop-circle) Cancel the Run', description: 'what it has reached is kept', run: () => parts.trainer.cancel(ref) },
    { label: '$(terminal) Show Its Output', run: () => parts.terminals.show(ref) },
    { label: '$(list-tree) Show It in Results', run: () => parts.resultsTree.reveal(ref) },
  ];
  const picked = await window.showQuickPick(items, { title: `${ref.id}: ${describeStudy(study)}`, placeHolder: study.script });
  await picked?.run();
}
