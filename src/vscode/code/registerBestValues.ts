import { EventEmitter, InlayHint, languages, workspace, type Range } from 'vscode';
import type { BestValue } from '../../app/bestValues.ts';
import type { Hone } from '../../app/Hone.ts';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import type { Study } from '../../core/study/Study.ts';
import { readSettings } from '../settings/readSettings.ts';
import { isApplicable } from '../studies/describeStudy.ts';
import type { WatchedStudies } from '../studies/WatchedStudies.ts';
import type { FileInFolder } from '../Workspace.ts';
import type { Inspections } from './Inspections.ts';
import { rangeIn } from './rangeIn.ts';

/** Older studies of a script are of an older script. */
const STUDIES = 3;

interface Found {
  readonly study: Study;
  readonly values: readonly BestValue[];
}

/** Beside each value of a script what the newest study found best for it, as long as its line reads as it did then. */
export function registerBestValues(
  hone: () => Promise<Hone>,
  inspections: Inspections,
  studies: WatchedStudies,
  onError: (error: unknown) => void,
): Disposable {
  const store = new DisposableStore();
  const changed = store.add(new EventEmitter<void>());
  const known = new Map<string, Promise<readonly BestValue[]>>();
  const valuesOf = (folder: string, study: Study): Promise<readonly BestValue[]> => {
    const key = JSON.stringify([folder, study.id, study.startedAt, study.best]);
    const values =
      known.get(key) ??
      hone()
        .then((engine) => engine.bestValues(folder, study.id))
        .catch((error: unknown) => {
          onError(error);
          return [];
        });
    known.set(key, values);
    return values;
  };
  const find = async ({ folder, path }: FileInFolder): Promise<readonly Found[]> => {
    const own = studies.studies(folder).filter((study) => study.script === path && isApplicable(study));
    return Promise.all(own.slice(0, STUDIES).map(async (study) => ({ study, values: await valuesOf(folder, study) })));
  };
  store.add(
    studies.onDidChange(
      ({ before, now }) => (before?.best !== now?.best || before?.confirmation !== now?.confirmation) && changed.fire(),
    ),
  );
  store.add(inspections.onDidChange(() => changed.fire()));
  store.add(workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('hone.inlayHints') && changed.fire()));
  store.add(
    languages.registerInlayHintsProvider(
      { language: 'python' },
      {
        onDidChangeInlayHints: changed.event,
        async provideInlayHints(document, shown): Promise<InlayHint[]> {
          const place = readSettings(document.uri).inlayHints ? inspections.locate(document) : null;
          const found = place === null ? [] : await find(place.file);
          const inspection = place === null || found.length === 0 ? null : await inspections.of(place.file);
          if (place === null || inspection === null) return [];
          return inspection.space.hyperparameters.flatMap(({ id, value, edits }) =>
            edits.flatMap((edit) => {
              const range = rangeIn(document, place, edit);
              if (range === null || shown.intersection(range) === undefined) return [];
              const line = document.lineAt(range.start.line).text;
              const fits = (best: BestValue): boolean =>
                best.id === id &&
                best.path === edit.path &&
                JSON.stringify(best.before) === JSON.stringify(value) &&
                (best.text === null || best.text === line);
              return hintAt(range, found, fits);
            }),
          );
        },
      },
    ),
  );
  return store;
}

function hintAt(range: Range, found: readonly Found[], fits: (best: BestValue) => boolean): InlayHint[] {
  for (const { study, values } of found) {
    const best = values.find(fits);
    if (best === undefined) continue;
    const isConfirmed = study.confirmation !== null && study.confirmation.trial === study.best;
    const value = typeof best.value === 'string' ? best.value : JSON.stringify(best.value);
    const hint = new InlayHint(range.end, isConfirmed ? `best ${value}` : `best ${value}, once`);
    hint.paddingLeft = true;
    hint.tooltip = `Trial ${study.best} of ${study.id} has ${value} here${isConfirmed ? ', confirmed on fresh seeds' : '; it ran once and is not confirmed'}.`;
    return [hint];
  }
  return [];
}
