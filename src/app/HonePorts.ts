import type { StudyList } from '../core/ports/StudyList.ts';
import type { ConfigurationFile } from '../core/ports/ConfigurationFile.ts';
import type { ImageSettings } from '../core/images/ImageSettings.ts';
import type { ImageRecipe } from '../core/images/ImageRecipe.ts';
import type { InstalledPackages } from '../core/images/InstalledPackages.ts';
import type { EngineState } from '../core/ports/EngineState.ts';
import type { EngineStorage } from '../core/ports/EngineStorage.ts';
import type { FolderList } from '../core/ports/FolderList.ts';
import type { Inspector } from '../core/ports/Inspector.ts';
import type { JenkinsLinter } from '../core/ports/JenkinsLinter.ts';
import type { MachineInspector } from '../core/ports/MachineInspector.ts';
import type { ModelRuntime } from '../core/ports/ModelRuntime.ts';
import type { Mailer } from '../core/ports/Mailer.ts';
import type { MailSettings } from '../core/ports/MailSettings.ts';
import type { Mailers, Outbox } from '../core/ports/Outbox.ts';
import type { MonitorService } from '../core/ports/MonitorService.ts';
import type { ProjectReader } from '../core/ports/ProjectReader.ts';
import type { Runtime } from '../core/ports/Runtime.ts';
import type { ScriptScanner } from '../core/ports/ScriptScanner.ts';
import type { PollStore } from '../core/ports/PollStore.ts';
import type { RemoteRepository } from '../core/ports/RemoteRepository.ts';
import type { SourceRepository } from '../core/ports/SourceRepository.ts';
import type { SourceFiles } from '../core/ports/SourceFiles.ts';
import type { SpaceReader } from '../core/ports/SpaceReader.ts';
import type { StudyStore } from '../core/ports/StudyStore.ts';
import type { SupervisorLink } from '../core/ports/SupervisorLink.ts';
import type { Suggester } from '../core/ports/Suggester.ts';
import type { RuntimeKind, StudyPlan } from '../core/study/StudyPlan.ts';

/** What the use cases ask of the world. The composition roots fill it with adapters. */
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
