import { window, type QuickPickItem } from 'vscode';
import type { Stored, TidyChoice } from '../../app/tidy.ts';
import { HoneError } from '../../base/HoneError.ts';
import type { Parts } from '../Parts.ts';
import { lateProgress } from '../run/lateProgress.ts';
import { formatBytes } from '../../core/report/formatMetric.ts';
import type { Handlers } from './registerCommands.ts';

interface Item extends QuickPickItem {
  readonly of?: keyof TidyChoice;
  readonly key?: string;
}

/** Clean Up…: what Hone keeps, with sizes, to choose from; nothing is chosen beforehand, since other folders may need an image. */
export function cleanCommand(parts: Parts): Pick<Handlers, 'hone.clean'> {
  return {
    'hone.clean': async () => {
      const [folder] = parts.workspace.folders();
      if (folder === undefined) throw new HoneError('usage', 'No folder is open.', { next: 'Open a folder first.' });
      const hone = await parts.host.get();
      const stored = await lateProgress('Hone: looking what is kept', () => hone.stored(folder));
      const items = itemsOf(stored);
      if (items.length === 0) {
        void window.showInformationMessage(
          `Hone keeps nothing that could be removed.${stored.engine === null ? '' : ` ${stored.engine}`}`,
        );
        return;
      }
      const picked = await window.showQuickPick(items, {
        title: 'Hone: Clean Up',
        placeHolder: stored.engine ?? 'What should be removed? Your own files stay as they are.',
        canPickMany: true,
        matchOnDescription: true,
      });
      if (picked === undefined || picked.length === 0) return;
      const keys = (kind: keyof TidyChoice): readonly string[] =>
        picked.flatMap(({ of, key }) => (of === kind && key !== undefined ? [key] : []));
      const choice = { images: keys('images'), volumes: keys('volumes'), studies: keys('studies') };
      const removed = await lateProgress('Hone: cleaning up', () => hone.tidy(folder, choice));
      const count = removed.images.length + removed.volumes.length + removed.studies.length;
      const left = picked.length - count;
      void window.showInformationMessage(`Hone removed ${count}${left === 0 ? '' : `; ${left} could not go, being in use`}.`);
    },
  };
}

function itemsOf({ images, volumes, studies }: Stored): readonly Item[] {
  const item = (of: keyof TidyChoice, key: string, label: string, bytes: number | null, reason: string | null): Item => ({
    of,
    key,
    label,
    description: bytes === null ? '' : formatBytes(bytes),
    ...(reason === null ? {} : { detail: `Needed: ${reason}` }),
  });
  return [
    ...studies
      .filter(isRemovable)
      .map(({ id, name, bytes, reason }) =>
        item('studies', id, `$(beaker) ${id}${name === null ? '' : ` (${name})`}`, bytes, reason),
      ),
    ...images.filter(isRemovable).map(({ id, name, bytes, reason }) => item('images', id, `$(package) ${name}`, bytes, reason)),
    ...volumes
      .filter(isRemovable)
      .map(({ name, kind, bytes, reason }) =>
        item('volumes', name, `$(database) ${kind === 'downloads' ? 'Downloads' : 'Left over'}: ${name}`, bytes, reason),
      ),
  ];
}

function isRemovable({ removable }: { readonly removable: boolean }): boolean {
  return removable;
}
