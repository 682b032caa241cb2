import type { LogOutputChannel, Uri } from 'vscode';
import type { Inspections } from './code/Inspections.ts';
import type { HoneHost } from './HoneHost.ts';
import type { ModelPanels } from './model/ModelPanels.ts';
import type { StudyPanels } from './panel/StudyPanels.ts';
import type { RemoteWatch } from './poll/RemoteWatch.ts';
import type { StatusBar } from './run/StatusBar.ts';
import type { Trainer } from './run/Trainer.ts';
import type { FoundScripts } from './scripts/FoundScripts.ts';
import type { ScriptsTree } from './scripts/ScriptsTree.ts';
import type { EngineWatch } from './setup/EngineWatch.ts';
import type { ComparedTexts } from './studies/ComparedTexts.ts';
import type { ResultsTree } from './studies/ResultsTree.ts';
import type { WatchedStudies } from './studies/WatchedStudies.ts';
import type { RunTerminals } from './terminal/RunTerminals.ts';
import type { Workspace } from './Workspace.ts';

/** The command line as a program: all of it may be secret. */
export interface CommandLineStart {
  readonly program: string;
  /** Absolute path of the bundle, its first argument. */
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What the commands work with. */
export interface Parts {
  readonly host: HoneHost;
  readonly workspace: Workspace;
  readonly scripts: FoundScripts;
  readonly inspections: Inspections;
  readonly studies: WatchedStudies;
  readonly trainer: Trainer;
  readonly terminals: RunTerminals;
  readonly statusBar: StatusBar;
  readonly scriptsTree: ScriptsTree;
  readonly resultsTree: ResultsTree;
  readonly remotes: RemoteWatch;
  readonly engine: EngineWatch;
  readonly comparedTexts: ComparedTexts;
  readonly panels: StudyPanels;
  readonly models: ModelPanels;
  /** How a terminal of the editor runs the command line. */
  readonly commandLine: () => CommandLineStart;
  readonly log: LogOutputChannel;
  /** The extension's own folder. */
  readonly extension: Uri;
}
