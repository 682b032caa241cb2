import { join } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import { compareRuns, type ComparedRun, type Comparison } from '../core/study/compareRuns.ts';
import type { Study, Trial } from '../core/study/Study.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';
import { readStudy } from './followStudy.ts';
import type { TrialName } from './requests.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';

interface Loaded {
  readonly study: Study;
  readonly plan: StudyPlan;
  readonly trial: Trial | null;
  /** Texts of the files that the trial's values changed. */
  readonly edited: Readonly<Record<string, string>>;
}

/**
 * How two runs of a folder differ. Of a study the best trial stands for it, where none is named.
 * @throws HoneError `not-found`
 */
export async function compareStudies(ports: HonePorts, folder: string, first: TrialName, second: TrialName): Promise<Comparison> {
  const [a, b] = await Promise.all([load(ports, folder, first), load(ports, folder, second)]);
  const [hashesA, hashesB] = [hashesOf(a), hashesOf(b)];
  const paths = [...new Set([...hashesA.keys(), ...hashesB.keys()])].filter(
    (path) => path in a.edited || path in b.edited || hashesA.get(path) !== hashesB.get(path),
  );
  const read = (loaded: Loaded, hashes: ReadonlyMap<string, string>): Promise<ComparedRun> =>
    withTexts(
      ports,
      folder,
      loaded,
      paths.filter((path) => hashes.has(path)),
    );
  return compareRuns(await read(a, hashesA), await read(b, hashesB));
}

async function load(ports: HonePorts, folder: string, { study: id, trial: number }: TrialName): Promise<Loaded> {
  const [study, plan] = await Promise.all([readStudy(ports, folder, id), ports.store.readPlan(folder, id)]);
  const trial = trialNamed(study, number);
  return { study, plan, trial, edited: trial === null ? {} : await editedFiles(ports, plan, trial) };
}

/** The trial of that number; where none is named the best, else the last, else null. Throws HoneError `not-found`. */
export function trialNamed(study: Study, number: number | undefined): Trial | null {
  const wanted = number ?? study.best ?? study.trials.at(-1)?.number ?? null;
  if (wanted === null) return null;
  const trial = study.trials.find((candidate) => candidate.number === wanted);
  if (trial !== undefined) return trial;
  throw new HoneError('not-found', `${study.id} has no trial ${wanted}.`, {
    next: study.trials.length === 0 ? 'None has begun.' : `It has ${study.trials.map((each) => each.number).join(', ')}.`,
  });
}

/** The files of the snapshot as a trial ran them, where its values changed them. */
export async function editedFiles(
  { store, spaces }: { readonly store: HonePorts['store']; readonly spaces: Pick<HonePorts['spaces'], 'edit'> },
  plan: StudyPlan,
  trial: Trial,
): Promise<Readonly<Record<string, string>>> {
  if (trial.files !== null || Object.keys(trial.hyperparameters).length === 0) return trial.files ?? {};
  const source = join(store.directory(plan.folder, plan.study), 'source');
  return spaces.edit(join(source, plan.command.script), source, trial.hyperparameters, null, plan.command.arguments);
}

function hashesOf({ plan }: Loaded): ReadonlyMap<string, string> {
  return new Map(plan.snapshot.map(({ path, sha256 }) => [path, sha256]));
}

async function withTexts(
  { store }: HonePorts,
  folder: string,
  { edited, ...run }: Loaded,
  paths: readonly string[],
): Promise<ComparedRun> {
  const texts = paths.map(
    async (path) => [path, edited[path] ?? (await store.readSource(folder, run.plan.study, path))] as const,
  );
  return { ...run, files: new Map(await Promise.all(texts)) };
}
