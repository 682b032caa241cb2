import { basename } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import type { Progress } from '../core/ports/Runtime.ts';
import type { StudyStore } from '../core/ports/StudyStore.ts';
import { checkLabels, type Labels } from '../core/study/Labels.ts';
import { nextStudyId } from '../core/study/nextStudyId.ts';
import { checkMachine } from './checkMachine.ts';
import { configureScript, locateConfiguration } from './configureScript.ts';
import { followStudy, readStudy } from './followStudy.ts';
import { compareStudies } from './compareStudies.ts';
import type { Hone, TrainRequest } from './Hone.ts';
import type { HonePorts } from './HonePorts.ts';
import { planRun, type PlannedRun } from './planRun.ts';
import { readSpace } from './readSpace.ts';
import { repeatedRequest } from './repeatedRequest.ts';
import { saveOutputs } from './saveOutputs.ts';
import { listStudies, watchStudies } from './watchStudies.ts';

/** How long a cancelled study may take to end before its face stops waiting. */
const CANCEL_TIMEOUT_MS = 10_000;

/** The use cases over the given ports. */
export function createHone(ports: HonePorts): Hone {
  const { scanner, spaces, store } = ports;
  return {
    scan: (request, signal) => scanner.scan(request, signal),
    space: (request, signal) => readSpace(ports, request, signal),
    train: (request, onProgress, signal) => train(ports, request, onProgress, signal),
    follow: (folder, study, signal) => followStudy(ports, folder, study, signal),
    studies: (folder) => listStudies(ports, folder),
    watchStudies: (folder, signal) => watchStudies(ports, folder, signal),
    study: (folder, id) => readStudy(ports, folder, id),
    cancel: (folder, id) => cancel(ports, folder, id),
    delete: (folder, id) => deleteStudy(ports, folder, id),
    logPath: (folder, id, trial) => store.logPath(folder, id, trial),
    artifactPath: (folder, id, trial, artifact) => store.artifactPath(folder, id, trial, artifact),
    locateConfiguration: (request, signal) => locateConfiguration(ports, request, signal),
    configure: (request, changes, signal) => configureScript(ports, request, changes, signal),
    label: (folder, id, labels) => label(store, folder, id, labels),
    compare: (folder, first, second) => compareStudies(ports, folder, first, second),
    save: (request) => saveOutputs(ports, request),
    doctor: (folder, signal) => checkMachine(ports, folder, signal),
    dispose: () => {
      scanner.dispose();
      spaces.dispose();
    },
  };
}

async function train(
  ports: HonePorts,
  request: TrainRequest,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<string> {
  const { store, link } = ports;
  onProgress({ text: 'Reading the code', fraction: null });
  const planned = await planRun(ports, await repeatedRequest(ports, request), signal);
  signal.throwIfAborted();
  const { folder } = request;
  const study = await createStudy(store, folder, planned);
  try {
    signal.throwIfAborted();
    await link.start(folder, study, signal);
  } catch (error) {
    await store.delete(folder, study);
    throw error;
  }
  return study;
}

/** Creates the study under the next free id; another window may take one between looking and creating. */
async function createStudy(store: StudyStore, folder: string, { plan, root, outputs }: PlannedRun): Promise<string> {
  const { data } = plan;
  for (let attempt = 1; ; attempt++) {
    const study = nextStudyId(plan.script, basename(folder), await store.list(folder));
    try {
      await store.create(
        ({ files, links, leftOut }) => ({
          ...plan,
          study,
          snapshot: files,
          links,
          notes: [...plan.notes, ...leftOut.map(noteOnLink)],
        }),
        { folder, study, root, outputs, data },
      );
      return study;
    } catch (error) {
      if (attempt === 5 || !(error instanceof HoneError && error.code === 'already-running')) throw error;
    }
  }
}

function noteOnLink(path: string): string {
  return `${path} leads out of the folder, so trials do not see it: name the place that it leads to as \`data\` in hone.yaml.`;
}

async function label(store: StudyStore, folder: string, id: string, labels: Labels): Promise<void> {
  const before = (await store.readLabels(folder)).get(id);
  await store.writeLabels(folder, id, { ...before, ...checkLabels(labels) });
}

async function cancel(ports: HonePorts, folder: string, id: string): Promise<void> {
  const connection = await ports.link.connect(folder, id);
  if (connection === null) {
    const study = await readStudy(ports, folder, id);
    throw new HoneError('usage', `${id} does not run: it is ${study.state}.`);
  }
  connection.send({ type: 'cancel' });
  const timer = setTimeout(() => connection.close(), CANCEL_TIMEOUT_MS);
  for await (const message of connection.messages) {
    if (message.type === 'event' && message.event.type === 'study-ended') break;
  }
  clearTimeout(timer);
}

async function deleteStudy(ports: HonePorts, folder: string, id: string): Promise<void> {
  const { store, link } = ports;
  const plan = await store.readPlan(folder, id).catch(() => null);
  const living = await link.connect(folder, id);
  if (living !== null) {
    living.close();
    throw new HoneError('usage', `${id} still runs.`, { next: `Cancel it first: \`hone cancel ${id}\`.` });
  }
  if (plan?.runtime === 'docker' && (await ports.checkEngine()).available) await ports.runtime('docker').remove(id, folder);
  await store.delete(folder, id);
}
