import { window, type Memento } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';
import type { Parts } from '../Parts.ts';
import { chooseScript } from '../run/chooseScript.ts';
import { requireTrust } from '../run/requireTrust.ts';
import type { StudyRef } from '../studies/WatchedStudies.ts';
import { askSearchTime } from '../tune/askSearchTime.ts';
import { askTuning } from '../tune/askTuning.ts';
import { PROPOSAL_SCHEME, type Proposals } from '../tune/Proposals.ts';
import type { FileInFolder } from '../Workspace.ts';
import { scriptArgument, studyArgument, trialArgument } from './arguments.ts';
import type { Handlers } from './registerCommands.ts';
import { all, pickStudy } from './runCommands.ts';

type TuneCommand =
  | 'hone.tune'
  | 'hone.tuneScript'
  | 'hone.pause'
  | 'hone.resume'
  | 'hone.accept'
  | 'hone.apply'
  | 'hone.applyTrial'
  | 'hone.acceptProposal';

/** The commands that start, steer and apply studies. */
export function tuneCommands(parts: Parts, proposals: Proposals, memory: Memento): Pick<Handlers, TuneCommand> {
  const start = async (file: FileInFolder): Promise<StudyRef> => {
    await requireTrust();
    const choice = await askTuning(file, parts.scripts.find(file.folder, file.path), memory);
    return parts.trainer.tune(file, choice);
  };
  const tune = async (): Promise<StudyRef> => start(await chooseScript(parts.workspace, parts.scripts));
  const steered = async (argument: unknown, states: readonly string[], question: string): Promise<StudyRef> => {
    const refs = all(parts).filter((ref) => {
      const study = parts.studies.get(ref);
      return study?.kind === 'study' && (states.includes(study.state) || (study.interrupted && states.includes('paused')));
    });
    if (refs.length === 0) throw new HoneError('usage', `No study is ${states.join(' or ')}.`);
    return studyArgument(argument) ?? pickStudy(parts, refs, question);
  };
  return {
    'hone.tune': tune,
    'hone.tuneScript': (argument) => {
      const file = scriptArgument(argument, parts.workspace) ?? parts.workspace.activeFile();
      return file === null ? tune() : start(file);
    },
    'hone.pause': async (argument) => {
      const { folder, id } = await steered(argument, ['running'], 'Which one should pause?');
      await (await parts.host.get()).request(folder, id, 'pause');
    },
    'hone.resume': async (argument) => {
      const { folder, id } = await steered(argument, ['paused'], 'Which one should go on?');
      await requireTrust();
      const study = parts.studies.get({ folder, id });
      const time = study?.asksMinutes == null ? null : await askSearchTime(study, Date.now());
      const hone = await parts.host.get();
      if (time === 'this-run') await hone.request(folder, id, 'accept');
      else await hone.resume(folder, id, new AbortController().signal, time?.minutes);
      parts.studies.follow({ folder, id });
    },
    'hone.accept': async (argument) => {
      const { folder, id } = await steered(argument, ['running', 'paused'], 'Which one is good enough?');
      await requireTrust(); // One that is paused is started again for it.
      await (await parts.host.get()).request(folder, id, 'accept');
    },
    'hone.apply': async (argument) =>
      proposals.show(studyArgument(argument) ?? (await pickStudy(parts, all(parts), 'Whose best trial?')), null),
    'hone.applyTrial': async (argument) => {
      const of = trialArgument(argument);
      if (of === null) throw new HoneError('usage', 'No trial was named.', { next: 'Choose a trial in the Results view.' });
      await proposals.show(of.ref, of.trial);
    },
    'hone.acceptProposal': async () => {
      const uri = window.activeTextEditor?.document.uri ?? null;
      const done = await proposals.accept(uri?.scheme === PROPOSAL_SCHEME ? uri : null);
      if (!done) throw new HoneError('usage', 'No proposal is open.', { next: 'Run "Hone: Apply the Best Trial".' });
    },
  };
}
