import type { StudyList } from './StudyList.ts';
import type { ConfigurationFile } from './ConfigurationFile.ts';
import type { ImageSettings } from '../images/ImageSettings.ts';
import type { ImageRecipe } from '../images/ImageRecipe.ts';
import type { InstalledPackages } from '../images/InstalledPackages.ts';
import type { EngineState } from './EngineState.ts';
import type { EngineStorage } from './EngineStorage.ts';
import type { FolderList } from './FolderList.ts';
import type { Inspector } from './Inspector.ts';
import type { JenkinsLinter } from './JenkinsLinter.ts';
import type { MachineInspector } from './MachineInspector.ts';
import type { ModelRuntime } from './ModelRuntime.ts';
import type { Mailer } from './Mailer.ts';
import type { MailSettings } from './MailSettings.ts';
import type { Mailers, Outbox } from './Outbox.ts';
import type { MonitorService } from './MonitorService.ts';
import type { ProjectReader } from './ProjectReader.ts';
import type { Runtime } from './Runtime.ts';
import type { ScriptScanner } from './ScriptScanner.ts';
import type { PollStore } from './PollStore.ts';
import type { RemoteRepository } from './RemoteRepository.ts';
import type { SourceRepository } from './SourceRepository.ts';
import type { SourceFiles } from './SourceFiles.ts';
import type { SpaceReader } from './SpaceReader.ts';
import type { StudyStore } from './StudyStore.ts';
import type { SupervisorLink } from './SupervisorLink.ts';
import type { Suggester } from './Suggester.ts';
import type { RuntimeKind, StudyPlan } from '../study/StudyPlan.ts';

/** All that the use cases ask of the world. The composition roots fill it with adapters, and nothing is contacted before it is used. */
export interface HonePorts {
  readonly scanner: ScriptScanner;
  readonly spaces: SpaceReader;
  readonly project: ProjectReader;
  readonly configurations: ConfigurationFile;
  readonly sources: SourceFiles;
  readonly repository: SourceRepository;
  readonly remotes: RemoteRepository;
  readonly polls: PollStore;
  readonly jenkins: JenkinsLinter;
  readonly store: StudyStore;
  /** Computes models outside the container. */
  readonly models: ModelRuntime;
  readonly link: SupervisorLink;
  readonly folders: FolderList;
  readonly service: MonitorService;
  /** Made when first asked for, so that a window that never trains loads no engine client. */
  readonly runtime: (kind: RuntimeKind) => Runtime;
  readonly inspector: (kind: RuntimeKind) => Inspector;
  /** Optuna where the study runs; it draws at random, and says so, where that cannot be had. */
  readonly suggester: (plan: StudyPlan) => Suggester;
  /** What Hone keeps on the engine. */
  readonly storage: () => EngineStorage;
  /** Looks at this machine for `doctor`. */
  readonly machine: MachineInspector;
  /** The ways to tell people that are set up. */
  readonly mailers: Mailers;
  readonly mailSettings: () => MailSettings;
  /** Mail through a server that is tried before it is set up. */
  readonly mailerFor: (settings: MailSettings, password: string | null) => Mailer;
  readonly outbox: Outbox;
  readonly awaited: StudyList;
  /** Which ended while the engine was away: their containers may still be there. */
  readonly unreleased: StudyList;
  readonly imageSettings: () => ImageSettings;
  readonly checkEngine: () => Promise<EngineState>;
  /** Absolute path of a usable Python: the configured one, the folder's own, the active one, the system's. Throws `no-interpreter`. */
  readonly findInterpreter: (folder: string, configured: string | null) => Promise<string>;
  /**
   * What is installed where the user runs scripts: in the environment of the configured interpreter, else of the one selected in the editor, else in
   * the folders' own or the active one. Reads, never runs; null where there is none.
   */
  readonly readInstalled: (folders: readonly string[], configured: string | null) => Promise<InstalledPackages | null>;
  /** Whether Hone made an environment of an interpreter for a recipe before. */
  readonly hasEnvironment: (interpreter: string, recipe: ImageRecipe) => Promise<boolean>;
  /** Version of git, null where there is none. */
  readonly gitVersion: () => Promise<string | null>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
