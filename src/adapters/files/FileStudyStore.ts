import { existsSync } from 'node:fs';
import { lstat, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import type { StudyStore } from '../../core/ports/StudyStore.ts';
import { isStudyId } from '../../core/study/nextStudyId.ts';
import type { StudyPlan } from '../../core/study/StudyPlan.ts';
import { openJournalFile, readJournalFile } from './JournalFile.ts';
import { folderSize } from './folderSize.ts';
import { importStudies } from './importStudies.ts';
import { readLabelsFile, writeLabelsFile } from './LabelsFile.ts';
import { listArtifacts, resolveArtifact } from './listArtifacts.ts';
import { readEvaluation } from './readEvaluation.ts';
import { prepareFolder } from './prepareFolder.ts';
import { saveArtifacts } from './saveArtifacts.ts';
import { openOutputLog } from './openOutputLog.ts';
import { takeSnapshot } from './takeSnapshot.ts';
import { takeTexts } from './takeTexts.ts';
import { translateFileError } from './translateFileError.ts';

/** What is kept of the folder that a trial worked in: the files that the script wrote, and the sample of what it was measured on. */
const KEPT = ['artifacts', 'evaluation'];

/** Keeps studies in `.hone/studies/<id>` of their folder, as DESIGN's layout has it. `now` gives milliseconds since 1970. */
export function createFileStudyStore(now: () => number = Date.now): StudyStore {
  const trialDirectory = (folder: string, study: string, trial: number): string =>
    join(directoryOf(folder, study), 'trials', String(trial));
  const logPath = (folder: string, study: string, trial: number): string =>
    join(trialDirectory(folder, study, trial), 'output.log');
  return {
    list,
    create: createStudy,
    async import(folder, request) {
      await prepareFolder(folder);
      return importStudies(join(folder, '.hone', 'studies'), request, await list(folder), now());
    },
    readPlan,
    readSource: async (folder, study, path) => readFile(join(existing(folder, study), 'source', path), 'utf8'),
    directory: directoryOf,
    logPath,
    readJournal: async (folder, study) => readJournalFile(join(existing(folder, study), 'journal.jsonl')),
    openJournal: (folder, study) => openJournalFile(join(existing(folder, study), 'journal.jsonl'), now),
    openLog: (folder, study, trial, repeat) =>
      openOutputLog(
        repeat === 0 ? logPath(folder, study, trial) : join(trialDirectory(folder, study, trial), `output-${repeat}.log`),
      ),
    keepArtifacts: async (folder, study, trial) => {
      const [from, to] = [join(directoryOf(folder, study), 'work', String(trial)), trialDirectory(folder, study, trial)];
      for (const name of KEPT) await moveFolder(join(from, name), join(to, name));
      return listArtifacts(join(to, 'artifacts'));
    },
    dropArtifacts: async (folder, study, trial) => {
      for (const name of KEPT) {
        await rm(join(trialDirectory(folder, study, trial), name), { recursive: true, force: true, maxRetries: 3 });
      }
    },
    readEvaluation: async (folder, study, trial) => {
      const kept = join(trialDirectory(folder, study, trial), 'evaluation');
      return { evaluation: await readEvaluation(kept), modelFolder: join(kept, 'model') };
    },
    takeTexts: async (folder, study, trial) => takeTexts(join(directoryOf(folder, study), 'work', String(trial), 'artifacts')),
    artifactPath: async (folder, study, trial, artifact) =>
      resolveArtifact(join(trialDirectory(folder, study, trial), 'artifacts'), artifact),
    saveArtifacts: (folder, study, trial, options) =>
      saveArtifacts(join(trialDirectory(folder, study, trial), 'artifacts'), options),
    readLabels: readLabelsFile,
    writeLabels: (folder, study, labels) => {
      existing(folder, study);
      return writeLabelsFile(folder, study, labels);
    },
    clearWork: async (folder, study) =>
      rm(join(directoryOf(folder, study), 'work'), { recursive: true, force: true, maxRetries: 3 }),
    size: (folder, study) => folderSize(existing(folder, study)),
    delete: async (folder, study) => {
      await rm(existing(folder, study), { recursive: true, force: true, maxRetries: 3 });
      await writeLabelsFile(folder, study, null); // A later study may get this id.
    },
  };
}

function directoryOf(folder: string, study: string): string {
  if (!isStudyId(study)) throw new HoneError('not-found', `"${study}" is no study id.`, { next: '`hone studies` lists them.' });
  return join(folder, '.hone', 'studies', study);
}

function existing(folder: string, study: string): string {
  const directory = directoryOf(folder, study);
  if (!existsSync(directory)) {
    throw new HoneError('not-found', `There is no study ${study} in ${folder}.`, {
      next: '`hone studies` lists those that there are.',
    });
  }
  return directory;
}

async function list(folder: string): Promise<readonly string[]> {
  const found = await readdir(join(folder, '.hone', 'studies'), { withFileTypes: true }).catch(() => []);
  return found.filter((item) => item.isDirectory() && isStudyId(item.name)).map((item) => item.name);
}

async function readPlan(folder: string, study: string): Promise<StudyPlan> {
  const path = join(existing(folder, study), 'plan.json');
  try {
    // A study may have come here from another place, as an agent of a build server brings it.
    return { ...(JSON.parse(await readFile(path, 'utf8')) as StudyPlan), folder };
  } catch (error) {
    throw new HoneError('not-found', `The plan of ${study} cannot be read.`, {
      next: `\`hone delete ${study}\` removes what is left of it.`,
      cause: error,
    });
  }
}

const createStudy: StudyStore['create'] = async (plan, { folder, study, root, ...options }) => {
  const directory = directoryOf(folder, study);
  // Made beside its place, under a name that no study has: nobody ever sees half a study.
  const draft = `${directory}.${process.pid}`;
  try {
    await prepareFolder(folder);
    const snapshot = await takeSnapshot(root, join(draft, 'source'), options);
    const written = plan(snapshot);
    await mkdir(join(draft, 'source'), { recursive: true });
    await writeFile(join(draft, 'plan.json'), `${JSON.stringify(written, null, 1)}\n`);
    await rename(draft, directory);
    return written;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw isTaken(error) ? taken(study, error) : translateFileError(error, join(folder, '.hone'));
  }
};

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');
}

function taken(study: string, cause: unknown): HoneError {
  return new HoneError('already-running', `There is a study ${study} already.`, {
    next: 'Start it again to get the next number.',
    cause,
  });
}

/** Moves a folder that untrusted code filled: only a real folder, and never over what is there. */
async function moveFolder(from: string, to: string): Promise<void> {
  const found = await lstat(from).catch(() => null);
  if (found === null || !found.isDirectory() || existsSync(to)) return;
  await mkdir(join(to, '..'), { recursive: true });
  await rename(from, to);
}
