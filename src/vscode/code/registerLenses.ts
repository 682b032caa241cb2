import { join } from 'node:path';
import { CodeLens, EventEmitter, languages, Range, Uri, workspace } from 'vscode';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import type { CommandId } from '../commands/CommandId.ts';
import { readSettings } from '../settings/readSettings.ts';
import type { Inspections } from './Inspections.ts';
import { rangeIn } from './rangeIn.ts';

/** What can be done about a script, above the line on which it begins to train. */
export function registerLenses(inspections: Inspections): Disposable {
  const store = new DisposableStore();
  const changed = store.add(new EventEmitter<void>());
  store.add(inspections.onDidChange(() => changed.fire()));
  store.add(workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('hone.codeLens') && changed.fire()));
  store.add(
    languages.registerCodeLensProvider(
      { language: 'python' },
      {
        onDidChangeCodeLenses: changed.event,
        async provideCodeLenses(document): Promise<CodeLens[]> {
          const place = readSettings(document.uri).codeLens ? inspections.locate(document) : null;
          const inspection = place === null ? null : await inspections.of(place.file);
          const [first] = inspection?.trainings ?? [];
          if (place === null || inspection === null || first === undefined) return [];
          // What trains in another module is offered at the top, once.
          const top = first.path === place.file.path || (place.cell ?? 0) > 0 ? null : new Range(0, 0, 0, 0);
          const range = rangeIn(document, place, first) ?? top;
          return range === null ? [] : actions(join(place.file.folder, place.file.path), inspection.space).map(lensAt(range));
        },
      },
    ),
  );
  return store;
}

interface Action {
  readonly title: string;
  readonly tooltip: string;
  readonly command: CommandId;
  readonly file: Uri;
}

function actions(
  path: string,
  { hyperparameters, structure }: { hyperparameters: readonly unknown[]; structure: readonly unknown[] },
): Action[] {
  const file = Uri.file(path);
  const count = hyperparameters.length + structure.length;
  const values = count === 1 ? '1 tunable value' : `${count} tunable values`;
  return [
    { title: '$(play) Train', tooltip: 'Train this script as it is', command: 'hone.trainScript', file },
    ...(count === 0 ? [] : [{ title: 'Tune', tooltip: 'Search for better values', command: 'hone.tuneScript', file } as const]),
    {
      title: count === 0 ? 'Nothing to tune' : values,
      tooltip: 'Show them in the Scripts view',
      command: 'hone.revealScript',
      file,
    },
  ];
}

function lensAt(range: Range): (action: Action) => CodeLens {
  return ({ title, tooltip, command, file }) => new CodeLens(range, { title, tooltip, command, arguments: [file] });
}
