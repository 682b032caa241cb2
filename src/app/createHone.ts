import { HoneError } from '../base/HoneError.ts';
import type { StudyStore } from '../core/ports/StudyStore.ts';
import { checkLabels, type Labels } from '../core/study/Labels.ts';
import { editConfiguration } from '../core/study/editConfiguration.ts';
import { bestValues } from './bestValues.ts';
import { checkMachine } from './checkMachine.ts';
import { compareStudies } from './compareStudies.ts';
import { launchChoices } from './chooseLaunch.ts';
import { configureScript, locateConfiguration } from './configureScript.ts';
import { deliverNotices } from './deliverNotices.ts';
import { followStudy, readStudy } from './followStudy.ts';
import type { Hone } from './Hone.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { inspectScript } from './inspectScript.ts';
import { applyProposal } from './applyProposal.ts';
import { checkTrial } from './checkTrial.ts';
import { commitProposal } from './commitProposal.ts';
import { answerPipeline } from './answerPipeline.ts';
import { planPipeline } from './planPipeline.ts';
import { prepareEnvironment } from './prepareEnvironment.ts';
import { pollRemote } from './pollRemote.ts';
import { trainPushes } from './trainPushes.ts';
import { watchRemote } from './watchRemote.ts';
import { openModel } from './openModel.ts';
import { proposeBest } from './proposeBest.ts';
import { debugTrial, openShell } from './inspectTrial.ts';
import { readSpace } from './readSpace.ts';
import { reportStudy } from './reportStudy.ts';
import { releaseStudies } from './releaseStudies.ts';
import { reviveStudies } from './reviveStudies.ts';
import { saveOutputs } from './saveOutputs.ts';
import { testMail } from './testMail.ts';
import { startRun, startStudy } from './startStudy.ts';
import { cancelStudy, deleteStudy, requestOfStudy, resumeStudy } from './steerStudy.ts';
import { listStored, tidy } from './tidy.ts';
import { writePipeline } from './writePipeline.ts';
import { listStudies, watchStudies } from './watchStudies.ts';

/** The use cases over the given ports. */
export function createHone(ports: HonePorts): Hone {
  const { scanner, spaces, store } = ports;
  return {
    scan: (request, signal) => scanner.scan(request, signal),
    space: (request, signal) => readSpace(ports, request, signal),
    inspect: (request, signal) => inspectScript(ports, request, signal),
    prepare: (request, onProgress, signal) => prepareEnvironment(ports, request, onProgress, signal),
    train: (request, onProgress, signal) => startRun(ports, request, onProgress, signal),
    tune: (request, onProgress, signal) => startStudy(ports, request, onProgress, signal),
    follow: (folder, study, signal) => followStudy(ports, folder, study, signal),
    studies: (folder) => listStudies(ports, folder),
    watchStudies: (folder, signal) => watchStudies(ports, folder, signal),
    study: (folder, id) => readStudy(ports, folder, id),
    import: (folder, request) => store.import(folder, request),
    searchPlan: async (folder, id) => (await store.readPlan(folder, id)).search,
    report: (folder, id) => reportStudy(ports, folder, id),
    bestValues: (folder, id) => bestValues(ports, folder, id),
    propose: (request) => proposeBest(ports, request),
    apply: (folder, proposal) => applyProposal(ports, folder, proposal),
    commit: (request) => commitProposal(ports, request),
    answerPipeline: async (choice, signal) => (await answerPipeline(ports, choice, signal)).answers,
    planPipeline: (choice, signal) => planPipeline(ports, choice, signal),
    writePipeline: (folder, proposal) => writePipeline(ports, folder, proposal),
    validatePipeline: (login, text, signal) => ports.jenkins.validate(login, text, signal),
    commitPipeline: (folder, { paths }) => ports.repository.commitFiles(folder, paths, 'Train and tune on Jenkins'),
    request: (folder, id, request) => requestOfStudy(ports, folder, id, request),
    resume: (folder, id, signal, minutes) => resumeStudy(ports, folder, id, signal, minutes),
    revive: async (folder, signal) => {
      await releaseStudies(ports);
      return reviveStudies(ports, folder, signal);
    },
    cancel: (folder, id) => cancelStudy(ports, folder, id),
    delete: (folder, id) => deleteStudy(ports, folder, id),
    logPath: (folder, id, trial) => store.logPath(folder, id, trial),
    artifactPath: (folder, id, trial, artifact) => store.artifactPath(folder, id, trial, artifact),
    locateConfiguration: (request, signal) => locateConfiguration(ports, request, signal),
    editedConfiguration: editConfiguration,
    launches: (request, signal) => launchChoices(ports, request, signal),
    configure: (request, changes, signal) => configureScript(ports, request, changes, signal),
    label: (folder, id, labels) => label(store, folder, id, labels),
    compare: (folder, first, second) => compareStudies(ports, folder, first, second),
    check: (request, onProgress, signal) => checkTrial(ports, request, onProgress, signal),
    installModelRuntime: async (folder, onProgress, signal) =>
      ports.models.install(await interpreterOf(ports, folder), onProgress, signal),
    openModel: (request) => openModel(ports, request),
    stored: (folder) => listStored(ports, folder),
    tidy: (folder, choice) => tidy(ports, folder, choice),
    save: (request) => saveOutputs(ports, request),
    shell: (request, onProgress, signal) => openShell(ports, request, onProgress, signal),
    debug: (request, onProgress, signal) => debugTrial(ports, request, onProgress, signal),
    poll: (request, onProgress, signal) => pollRemote(ports, request, onProgress, signal),
    watchRemote: (request, signal) => watchRemote(ports, request, signal),
    trainPushes: (folder, runtime, signal) => trainPushes(ports, folder, runtime, signal),
    pull: (folder, at, commit) => ports.remotes.pull(folder, at, commit),
    engine: () => ports.checkEngine(),
    deliver: (which, signal) => deliverNotices(ports, which, signal),
    testMail: (request, signal) => testMail(ports, request, signal),
    doctor: (folder, signal) => checkMachine(ports, folder, signal),
    dispose: () => {
      scanner.dispose();
      spaces.dispose();
    },
  };
}

async function interpreterOf(ports: HonePorts, folder: string): Promise<string | null> {
  try {
    return await ports.findInterpreter(folder, null);
  } catch (error) {
    if (error instanceof HoneError && error.code === 'no-interpreter') return null;
    throw error;
  }
}

async function label(store: StudyStore, folder: string, id: string, labels: Labels): Promise<void> {
  const before = (await store.readLabels(folder)).get(id);
  await store.writeLabels(folder, id, { ...before, ...checkLabels(labels) });
}
