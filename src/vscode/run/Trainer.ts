import { basename } from 'node:path';
import { workspace, type LogOutputChannel } from 'vscode';
import type { Hone } from '../../app/Hone.ts';
import type { TrainRequest } from '../../app/requests.ts';
import type { Progress } from '../../core/ports/Runtime.ts';
import type { HoneHost } from '../HoneHost.ts';
import { readSettings } from '../settings/readSettings.ts';
import type { StudyRef, WatchedStudies } from '../studies/WatchedStudies.ts';
import type { RunTerminals } from '../terminal/RunTerminals.ts';
import type { TuningChoice } from '../tune/TuningChoice.ts';
import type { FileInFolder } from '../Workspace.ts';
import { lateProgress } from './lateProgress.ts';
import { LaunchQuestion } from './LaunchQuestion.ts';
import { offerEnvironment } from './offerEnvironment.ts';
import { remedyConfiguration } from './remedyConfiguration.ts';
import { requireTrust } from './requireTrust.ts';
import type { StatusBar } from './StatusBar.ts';

export interface TrainerParts {
  readonly host: HoneHost;
  readonly studies: WatchedStudies;
  readonly terminals: RunTerminals;
  readonly statusBar: StatusBar;
  readonly log: LogOutputChannel;
}

/** What is said of a single run: its arguments, the configuration of launch.json that it goes by, or a run that it repeats. */
export type TrainingWay = Pick<TrainRequest, 'arguments' | 'launch' | 'again'>;

/** Starts a run or a study, and tells its id. */
type Start = (hone: Hone, request: TrainRequest, report: (progress: Progress) => void, signal: AbortSignal) => Promise<string>;

/** Starts runs and cancels them. Every way to start one leads through here, so trust is asked for here. */
export class Trainer {
  readonly #parts: TrainerParts;
  readonly #question = new LaunchQuestion();

  constructor(parts: TrainerParts) {
    this.#parts = parts;
  }

  /**
   * Trains a script as hone.yaml and launch.json say, or as it is said here. Resolves with its study once it is prepared and training
   * begins, or ended before that.
   */
  async train(file: FileInFolder, way?: TrainingWay): Promise<StudyRef> {
    return this.#begin(file, (hone, request, report, signal) => hone.train(request, report, signal), way);
  }

  /** Tunes a script; as `train`. */
  async tune(file: FileInFolder, { target, minutes, groups }: TuningChoice): Promise<StudyRef> {
    const wanted = {
      ...(target === undefined ? {} : { target }),
      ...(minutes === null ? {} : { minutes }),
      ...(groups === null ? {} : { groups }),
    };
    return this.#begin(file, (hone, request, report, signal) => hone.tune({ ...request, ...wanted }, report, signal));
  }

  async #begin(file: FileInFolder, start: Start, given?: TrainingWay): Promise<StudyRef> {
    await requireTrust();
    await saveFolder(file.folder);
    try {
      const way = given ?? (await this.#ask(file));
      const begin = (makeEnvironment: boolean): Promise<StudyRef> => {
        const startWith: Start = (hone, request, report, signal) =>
          start(hone, { ...request, ...way, makeEnvironment }, report, signal);
        return lateProgress(`Hone: ${basename(file.path)}`, (report, signal) => this.#run(file, startWith, report, signal));
      };
      return await begin(false).catch(async (error: unknown) => {
        await offerEnvironment(error, file);
        return begin(true);
      });
    } catch (error) {
      throw await remedyConfiguration(error, file);
    }
  }

  async #ask(file: FileInFolder): Promise<TrainingWay> {
    const launch = await this.#question.ask(await this.#parts.host.get(), file);
    return launch === null ? {} : { launch };
  }

  async cancel(ref: StudyRef): Promise<void> {
    const hone = await this.#parts.host.get();
    await hone.cancel(ref.folder, ref.id);
  }

  async #run(file: FileInFolder, begin: Start, report: (progress: Progress) => void, signal: AbortSignal): Promise<StudyRef> {
    const { host, studies, terminals, statusBar, log } = this.#parts;
    const start = async (): Promise<StudyRef> => {
      const hone = await host.get();
      const runtime = readSettings(workspace.workspaceFolders?.find(({ uri }) => uri.fsPath === file.folder)?.uri).runtime;
      const id = await begin(hone, { folder: file.folder, script: file.path, runtime }, report, signal);
      const ref = { folder: file.folder, id };
      studies.follow(ref);
      await studies.until(ref, (study) => study !== null);
      return ref;
    };
    const ref = await statusBar.starting(start());
    log.info(`${ref.id}: started for ${file.path} in ${file.folder}`);
    terminals.show(ref);
    await this.#prepared(ref, report, signal);
    return ref;
  }

  /** Waits until the image is there; an abort cancels the run. */
  async #prepared(ref: StudyRef, report: (progress: Progress) => void, signal: AbortSignal): Promise<void> {
    const { studies, log } = this.#parts;
    const progress = studies.onDidProgress((step) => step.id === ref.id && step.folder === ref.folder && report(step.progress));
    const cancel = (): void => void this.cancel(ref).catch((error: unknown) => log.warn(`${ref.id}: ${String(error)}`));
    signal.addEventListener('abort', cancel, { once: true });
    try {
      await studies.until(ref, (study) => study === null || study.phase !== 'preparing');
    } finally {
      signal.removeEventListener('abort', cancel);
      progress.dispose();
    }
  }
}

/** A run is of what is on the disk; what was typed and not saved is meant to be in it. */
async function saveFolder(folder: string): Promise<void> {
  for (const document of [...workspace.textDocuments, ...workspace.notebookDocuments]) {
    const inFolder = workspace.getWorkspaceFolder(document.uri)?.uri.fsPath === folder;
    if (inFolder && document.isDirty && !document.isUntitled) await document.save();
  }
}
