import { commands, FileType, Uri, window, workspace } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';

interface Sample {
  /** Name of its folder in media/samples. */
  readonly id: string;
  readonly label: string;
  readonly detail: string;
}

const SAMPLES: readonly Sample[] = [
  { id: 'digits-sklearn', label: '$(symbol-numeric) Digits with scikit-learn', detail: 'The smallest start: trains in seconds.' },
  {
    id: 'digits-cnn',
    label: '$(symbol-numeric) Digits with a Keras network',
    detail: 'A small convolutional network that shows its epochs.',
  },
];

/**
 * Copies a sample to a new folder and opens it there.
 * @param id a sample's folder name, and `parent` where the copy goes; asked for where they are absent
 */
export async function openSample(extension: Uri, id?: unknown, parent?: unknown): Promise<void> {
  const sample = SAMPLES.find((candidate) => candidate.id === id) ?? (await pickSample());
  const into = parent instanceof Uri ? parent : await pickParent();
  const target = await freeName(into, sample.id);
  await workspace.fs.copy(Uri.joinPath(extension, 'media', 'samples', sample.id), target);
  await commands.executeCommand('vscode.openFolder', target, { forceNewWindow: (workspace.workspaceFolders?.length ?? 0) > 0 });
}

async function pickSample(): Promise<Sample> {
  const options = { title: 'Hone: Open a Sample', placeHolder: 'Both are weak on purpose: they leave room to improve' };
  const sample = await window.showQuickPick(SAMPLES, options);
  if (sample === undefined) throw new HoneError('cancelled', 'No sample was picked.');
  return sample;
}

async function pickParent(): Promise<Uri> {
  const options = {
    title: 'Where should the copy of the sample go?',
    openLabel: 'Copy It Here',
    canSelectFiles: false,
    canSelectFolders: true,
  };
  const [parent] = (await window.showOpenDialog(options)) ?? [];
  if (parent === undefined) throw new HoneError('cancelled', 'No folder was chosen.');
  return parent;
}

/** `digits-cnn`, or `digits-cnn-2` where that is taken. */
async function freeName(parent: Uri, name: string): Promise<Uri> {
  const taken = new Set(
    (await workspace.fs.readDirectory(parent)).filter(([, type]) => type !== FileType.Unknown).map(([entry]) => entry),
  );
  let candidate = name;
  for (let number = 2; taken.has(candidate); number += 1) candidate = `${name}-${number}`;
  return Uri.joinPath(parent, candidate);
}
