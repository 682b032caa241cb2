import { basename, join } from 'node:path';
import { commands, env, UIKind, Uri, window, workspace } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';
import type { Parts } from '../Parts.ts';
import { isViewable } from '../studies/isViewable.ts';
import { textArgument, trialArgument } from './arguments.ts';
import type { Handlers } from './registerCommands.ts';

/** A file that a trial wrote. */
interface ArtifactFile {
  /** Absolute path. */
  readonly path: string;
  readonly name: string;
  readonly folder: string;
  readonly study: string;
}

/** The commands on files that a script wrote. */
export function artifactCommands(
  parts: Parts,
): Pick<Handlers, 'hone.openArtifact' | 'hone.revealArtifact' | 'hone.saveArtifact'> {
  return {
    'hone.openArtifact': async (node) => openArtifact(await artifactOf(parts, node)),
    'hone.revealArtifact': async (node) => reveal(await artifactOf(parts, node)),
    'hone.saveArtifact': async (node) => saveCopy(await artifactOf(parts, node)),
  };
}

async function artifactOf(parts: Parts, node: unknown): Promise<ArtifactFile> {
  const of = trialArgument(node);
  const name = textArgument(node, 'path');
  if (of === null || name === null)
    throw new HoneError('usage', 'No file was named.', { next: 'Choose a file of a run in the Results view.' });
  const { folder, id } = of.ref;
  return { path: await (await parts.host.get()).artifactPath(folder, id, of.trial, name), name, folder, study: id };
}

async function openArtifact(file: ArtifactFile): Promise<void> {
  if (await isViewable(file.path)) {
    await commands.executeCommand('vscode.open', Uri.file(file.path), { preview: true }, `${file.name} (${file.study})`);
    return;
  }
  const save = 'Save a Copy…';
  const show = 'Reveal in File Explorer';
  const answer = await window.showInformationMessage(
    `${file.name} is no text: the editor has nothing to show of it.`,
    save,
    show,
  );
  if (answer === save) await saveCopy(file);
  if (answer === show) await reveal(file);
}

/** In the system's file manager, or in the Explorer view where the files are on another machine. */
async function reveal({ path }: ArtifactFile): Promise<void> {
  const isHere = env.remoteName === undefined && env.uiKind === UIKind.Desktop;
  await commands.executeCommand(isHere ? 'revealFileInOS' : 'revealInExplorer', Uri.file(path));
}

/** The dialog asks before it names a file that is there already, so the copy may replace it. */
async function saveCopy({ path, name, folder }: ArtifactFile): Promise<void> {
  const target = await window.showSaveDialog({
    title: `Save a Copy of ${name}`,
    defaultUri: Uri.file(join(folder, basename(name))),
  });
  if (target !== undefined) await workspace.fs.copy(Uri.file(path), target, { overwrite: true });
}
