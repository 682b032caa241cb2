import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HoneError } from '../base/HoneError.ts';
import type { ImageSettings } from '../core/images/ImageSettings.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { createDockerInspector } from './docker/createDockerInspector.ts';
import { createDockerStorage } from './docker/createDockerStorage.ts';
import { createDockerRuntime } from './docker/createDockerRuntime.ts';
import { copyTensorFlow } from './docker/copyTensorFlow.ts';
import { useEngine } from './docker/useEngine.ts';
import { probeEngine } from './docker/probeEngine.ts';
import { createConfigurationFile } from './files/createConfigurationFile.ts';
import { createMachineInspector } from './createMachineInspector.ts';
import { createFileStudyStore } from './files/FileStudyStore.ts';
import { createPollStore } from './files/createPollStore.ts';
import { createRemoteRepository } from './git/createRemoteRepository.ts';
import { createSourceRepository } from './git/createSourceRepository.ts';
import { createFolderList } from './files/createFolderList.ts';
import { stateDirectory } from './files/stateDirectory.ts';
import { createSourceFiles } from './files/createSourceFiles.ts';
import { createProjectReader } from './files/createProjectReader.ts';
import type { HoneSettings } from './HoneSettings.ts';
import { createJenkinsLinter } from './jenkins/createJenkinsLinter.ts';
import { createLocalInspector } from './local/createLocalInspector.ts';
import { cacheDirectory } from './local/cacheDirectory.ts';
import { createLocalRuntime } from './local/createLocalRuntime.ts';
import { findInterpreter } from './local/findInterpreter.ts';
import { findVenv } from './local/findVenv.ts';
import { readInstalled } from './local/readInstalled.ts';
import { createStudyList } from './files/createStudyList.ts';
import { createMailer, createMailers } from './mail/createMailers.ts';
import { FileOutbox } from './mail/FileOutbox.ts';
import type { MailSecrets } from './mail/MailSecrets.ts';
import { secretsEnvironment } from './mail/readMailSettings.ts';
import { settingsEnvironment } from './readSettings.ts';
import { createScriptScanner } from './scanner/createScriptScanner.ts';
import { createSpaceReader } from './scanner/createSpaceReader.ts';
import { createMonitorService } from './service/createMonitorService.ts';
import { ownSurroundings } from './service/describeService.ts';
import { createSupervisorLink } from './supervisor/createSupervisorLink.ts';
import { createDockerSuggester } from './suggester/createDockerSuggester.ts';
import { createLocalSuggester } from './suggester/createLocalSuggester.ts';
import { withRandomFallback } from './suggester/withRandomFallback.ts';
import { createModelRuntime } from './tfjs/createModelRuntime.ts';
import { withPipSettings } from './withPipSettings.ts';

/** A remote that says nothing for so long is given up; one that tells of its progress may take its time. */
const REMOTE_SILENCE_MS = 20_000;

export interface AdapterOptions {
  /** Absolute path of the folder with the bundles. */
  readonly distDirectory: string;
  /** Asked anew each time, so that a changed setting holds for the next run. */
  readonly settings: () => HoneSettings;
  /** Asked anew each time, too, and never kept. */
  readonly secrets: () => Promise<MailSecrets>;
}

/** Builds the adapters; both composition roots call it. Nothing is contacted before it is used. */
export function createAdapters({ distDirectory, settings, secrets }: AdapterOptions): HonePorts {
  const dockerDirectory = join(distDirectory, '..', 'docker');
  const environmentsDirectory = join(cacheDirectory(), 'environments');
  const store = createFileStudyStore();
  const imageSettings = (): ImageSettings => withPipSettings(settings().images);
  const caBundle = (): string | null => settings().images.caBundle;
  const mailers = createMailers({ settings: () => settings().mail, secrets, caBundle });
  const mailDirectory = join(stateDirectory(), 'mail');
  return {
    scanner: createScriptScanner({ distDirectory }),
    spaces: createSpaceReader({ distDirectory }),
    project: createProjectReader(dockerDirectory),
    configurations: createConfigurationFile(),
    sources: createSourceFiles(),
    repository: createSourceRepository(),
    remotes: createRemoteRepository({
      guard: join(distDirectory, 'gitGuard.js'),
      silenceMs: REMOTE_SILENCE_MS,
      directory: join(cacheDirectory(), 'pushes'),
    }),
    polls: createPollStore(),
    jenkins: createJenkinsLinter(),
    store,
    models: createModelRuntime({
      distDirectory,
      nativeDirectory: join(cacheDirectory(), 'tfjs-node'),
      copyFromImage: (target) => useEngine(settings().dockerHost, (docker) => copyTensorFlow(docker, target)).catch(absentEngine),
    }),
    folders: createFolderList(join(stateDirectory(), 'folders')),
    service: createMonitorService(ownSurroundings(join(distDirectory, 'cli.js'))),
    link: createSupervisorLink({
      commandLine: join(distDirectory, 'cli.js'),
      environment: async () => ({ ...settingsEnvironment(settings()), ...secretsEnvironment(await secrets()) }),
      directory: store.directory,
    }),
    runtime: (kind) =>
      kind === 'local'
        ? createLocalRuntime({
            runnerDirectory: join(dockerDirectory, 'runner'),
            settings: imageSettings(),
            environmentsDirectory,
          })
        : createDockerRuntime({ settings: imageSettings(), dockerDirectory, host: settings().dockerHost }),
    inspector: (kind) =>
      kind === 'local'
        ? createLocalInspector({ runnerDirectory: join(dockerDirectory, 'runner'), settings: imageSettings() })
        : createDockerInspector({ settings: imageSettings(), dockerDirectory, host: settings().dockerHost }),
    suggester: (plan) => {
      const shared = { settings: imageSettings(), dockerDirectory };
      return withRandomFallback(
        plan.runtime === 'local'
          ? createLocalSuggester({ ...shared, interpreter: plan.interpreter, environmentsDirectory })
          : createDockerSuggester({ ...shared, host: settings().dockerHost, plan }),
      );
    },
    storage: () => createDockerStorage(settings().dockerHost),
    machine: createMachineInspector(() => settings().dockerHost),
    mailers,
    mailSettings: () => settings().mail,
    mailerFor: (server, password) => createMailer(server, password, caBundle()),
    outbox: new FileOutbox({ directory: mailDirectory, mailers, now: Date.now }),
    awaited: createStudyList(join(mailDirectory, 'awaited')),
    unreleased: createStudyList(join(stateDirectory(), 'unreleased')),
    imageSettings,
    checkEngine: () => probeEngine(settings().dockerHost),
    findInterpreter: (folder, configured) => findInterpreter(folder, configured ?? settings().python),
    readInstalled,
    hasEnvironment: async (interpreter, recipe) =>
      (await findVenv({ interpreter, recipe, directory: environmentsDirectory })) !== null,
    gitVersion,
    now: Date.now,
  };
}

/** Without an engine there is no image either. */
function absentEngine(error: unknown): false {
  if (error instanceof HoneError && error.code === 'engine-absent') return false;
  throw error;
}

async function gitVersion(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', ['--version'], { timeout: 5000, windowsHide: true });
    return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? null;
  } catch {
    return null; // Not installed, or not usable: the same to whoever asks.
  }
}
