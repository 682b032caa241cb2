import { homedir } from 'node:os';
import { join } from 'node:path';
import { env, UIKind, Uri, window, workspace } from 'vscode';
import type { Parts } from '../Parts.ts';
import { lateProgress } from '../run/lateProgress.ts';
import { requireTrust } from '../run/requireTrust.ts';
import type { StudyRef } from '../studies/WatchedStudies.ts';
import { asLook, lookArgument, studyArgument, type TrialRef } from './arguments.ts';
import type { Handlers } from './registerCommands.ts';
import { all, pickStudy } from './runCommands.ts';

/** The commands that show a study whole: in the editor, and as a file to pass on. */
export function panelCommands(
  parts: Parts,
): Pick<Handlers, 'hone.openPanel' | 'hone.openModel' | 'hone.installTfjs' | 'hone.exportReport'> {
  const studies = (): readonly StudyRef[] => all(parts).filter((ref) => parts.studies.get(ref)?.kind === 'study');
  return {
    'hone.openPanel': async (argument) =>
      parts.panels.show(studyArgument(argument) ?? (await pickStudy(parts, studies(), 'Which study?'))),
    'hone.openModel': async (argument) => parts.models.show(await trialOf(parts, argument)),
    'hone.installTfjs': () => installTfjs(parts),
    'hone.exportReport': async (argument) =>
      exportReport(parts, studyArgument(argument) ?? (await pickStudy(parts, all(parts), 'A report of which?'))),
  };
}

/** The trial that was named, else the one that stands for the study. */
async function trialOf(parts: Parts, argument: unknown): Promise<TrialRef> {
  const {
    folder,
    study: id,
    trial,
  } = lookArgument(argument) ?? asLook(await pickStudy(parts, all(parts), 'The model of which?'));
  const ref = { folder, id };
  return { ref, trial: trial ?? parts.studies.get(ref)?.best ?? 0 };
}

async function installTfjs({ host, workspace: folders }: Parts): Promise<void> {
  await requireTrust();
  const folder = folders.folders()[0] ?? homedir();
  const text = await lateProgress('Hone: installing native TensorFlow.js', async (report, signal) =>
    (await host.get()).installModelRuntime(folder, report, signal),
  );
  void window.showInformationMessage(text);
}

async function exportReport(parts: Parts, { folder, id }: StudyRef): Promise<void> {
  const target = await window.showSaveDialog({
    title: `Report of ${id}`,
    defaultUri: Uri.file(join(folder, `${id}.html`)),
    filters: { HTML: ['html'] },
  });
  if (target === undefined) return;
  const report = await (await parts.host.get()).report(folder, id);
  await workspace.fs.writeFile(target, new TextEncoder().encode(report));
  const isHere = env.remoteName === undefined && env.uiKind === UIKind.Desktop;
  const open = 'Open in the Browser';
  const answer = await window.showInformationMessage(`The report is in ${target.fsPath}.`, ...(isHere ? [open] : []));
  if (answer === open) await env.openExternal(target);
}
