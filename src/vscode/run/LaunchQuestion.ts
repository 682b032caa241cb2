import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { window, type QuickPickItem } from 'vscode';
import type { Hone } from '../../app/Hone.ts';
import { HoneError } from '../../base/HoneError.ts';
import type { FileInFolder } from '../Workspace.ts';

interface LaunchItem extends QuickPickItem {
  readonly launch: string | null;
}

/** Asks, once in a window, by which of several configurations of launch.json a script is started. */
export class LaunchQuestion {
  /** What was answered, by script. */
  readonly #answers = new Map<string, string | null>();

  /** The name of the configuration; null where there is none to choose, or none is wanted. Throws cancelled. */
  async ask(hone: Hone, { folder, path }: FileInFolder): Promise<string | null> {
    if (!(await exists(join(folder, '.vscode', 'launch.json')))) return null;
    const script = join(folder, path);
    const choices = await hone.launches({ folder, script: path }, new AbortController().signal);
    const before = this.#answers.get(script);
    if (choices.length === 0 || before === null || choices.some(({ name }) => name === before)) return before ?? null;
    const items: readonly LaunchItem[] = [
      ...choices.map(({ name, arguments: words }) => ({
        label: `$(debug-alt) ${name}`,
        description: words.join(' '),
        launch: name,
      })),
      { label: '$(play) Without launch.json', description: 'no arguments', launch: null },
    ];
    const picked = await window.showQuickPick(items, {
      title: `Hone: Train ${basename(path)}`,
      placeHolder: 'launch.json starts this script in several ways: which one?',
    });
    if (picked === undefined) throw new HoneError('cancelled', 'No configuration was picked.');
    this.#answers.set(script, picked.launch);
    return picked.launch;
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
