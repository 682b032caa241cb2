import { window, workspace, type ExtensionContext } from 'vscode';
import type { Hone } from '../app/Hone.ts';
import { DisposableStore } from '../base/DisposableStore.ts';
import { describeError } from '../base/HoneError.ts';
import { FindingDiagnostics } from './code/FindingDiagnostics.ts';
import { Inspections } from './code/Inspections.ts';
import { registerBestValues } from './code/registerBestValues.ts';
import { registerFindingActions } from './code/registerFindingActions.ts';
import { registerHovers } from './code/registerHovers.ts';
import { registerLenses } from './code/registerLenses.ts';
import { artifactCommands } from './commands/artifactCommands.ts';
import { codeCommands } from './commands/codeCommands.ts';
import { cleanCommand } from './commands/cleanCommand.ts';
import { compareCommands } from './commands/compareCommands.ts';
import { insideCommands } from './commands/insideCommands.ts';
import { mailCommands } from './commands/mailCommands.ts';
import { requireTrust } from './run/requireTrust.ts';
import { ModelPanels } from './model/ModelPanels.ts';
import { panelCommands } from './commands/panelCommands.ts';
import { pollCommands } from './commands/pollCommands.ts';
import { pipelineCommands } from './commands/pipelineCommands.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { runCommands } from './commands/runCommands.ts';
import { setUpCommands } from './commands/setUpCommands.ts';
import { studyCommands } from './commands/studyCommands.ts';
import { tuneCommands } from './commands/tuneCommands.ts';
import type { CommandLineStart } from './Parts.ts';
import { HoneHost } from './HoneHost.ts';
import type { MailSecretStore } from './mail/MailSecretStore.ts';
import { MailWatch } from './mail/MailWatch.ts';
import { StudyPanels } from './panel/StudyPanels.ts';
import { offerPush } from './poll/offerPush.ts';
import { RemoteWatch } from './poll/RemoteWatch.ts';
import { JenkinsLogins } from './pipeline/JenkinsLogins.ts';
import { PipelinePreview } from './pipeline/PipelinePreview.ts';
import { PipelineProblems } from './pipeline/PipelineProblems.ts';
import { registerPipelineLenses } from './pipeline/registerPipelineLenses.ts';
import { offerRemedies } from './run/offerRemedies.ts';
import { StatusBar } from './run/StatusBar.ts';
import { Trainer } from './run/Trainer.ts';
import { FoundScripts } from './scripts/FoundScripts.ts';
import { ScriptsTree } from './scripts/ScriptsTree.ts';
import { watchSources } from './scripts/watchSources.ts';
import { ContextKeys } from './setup/ContextKeys.ts';
import { EngineWatch } from './setup/EngineWatch.ts';
import { ComparedTexts } from './studies/ComparedTexts.ts';
import { ResultsTree } from './studies/ResultsTree.ts';
import { WatchedStudies } from './studies/WatchedStudies.ts';
import { offerResult } from './tune/offerResult.ts';
import { offerTime } from './tune/offerTime.ts';
import { Proposals } from './tune/Proposals.ts';
import { RunTerminals } from './terminal/RunTerminals.ts';
import { registerTracebackLinks } from './terminal/TracebackLinks.ts';
import { watchWindow } from './watchWindow.ts';
import { windowWorkspace } from './Workspace.ts';

/**
 * Puts views, status bar and commands into the window. The engine is made by `createHone` when it is first needed: nothing
 * heavy is loaded before that.
 */
export function activateHone(
  context: ExtensionContext,
  createHone: () => Promise<Hone>,
  commandLine: () => CommandLineStart,
  secrets: MailSecretStore,
): void {
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const log = store.add(window.createOutputChannel('Hone', { log: true }));
  const onError = (error: unknown): void => log.error(describeError(error));
  const host = store.add(new HoneHost(createHone));
  const hone = (): Promise<Hone> => host.get();

  const scripts = store.add(new FoundScripts(hone, onError));
  const inspections = store.add(new Inspections(hone, scripts, windowWorkspace, onError));
  const studies = store.add(new WatchedStudies(hone, onError));
  const keys = store.add(new ContextKeys(scripts, studies, windowWorkspace));
  const engine = new EngineWatch(host, keys, () => windowWorkspace.folders()[0], onError);
  const statusBar = store.add(new StatusBar(studies, scripts, windowWorkspace));
  const terminals = store.add(
    new RunTerminals(hone, studies, (ref) => void trainer.cancel(ref).catch(onError), context.workspaceState),
  );
  const trainer = new Trainer({ host, studies, terminals, statusBar, log });
  const scriptsTree = store.add(new ScriptsTree(scripts, inspections, windowWorkspace));
  const remotes = store.add(new RemoteWatch(hone, windowWorkspace, context.workspaceState, onError));
  const resultsTree = store.add(new ResultsTree(studies, remotes, onError));

  const proposals = store.add(new Proposals(hone));
  const mail = store.add(new MailWatch(hone, studies, context.globalState, onError));

  const extension = context.extensionUri;
  const parts = {
    host,
    workspace: windowWorkspace,
    scripts,
    inspections,
    studies,
    trainer,
    terminals,
    statusBar,
    scriptsTree,
    resultsTree,
    remotes,
    engine,
    comparedTexts: store.add(new ComparedTexts()),
    panels: store.add(new StudyPanels(hone, studies, extension, onError)),
    models: store.add(new ModelPanels({ hone, extension, requireTrust })),
    commandLine,
    log,
    extension,
  };
  const pipeline = {
    preview: store.add(new PipelinePreview()),
    problems: store.add(new PipelineProblems()),
    logins: new JenkinsLogins(context.secrets),
  };
  store.add(
    registerCommands(
      {
        ...runCommands(parts),
        ...tuneCommands(parts, proposals, context.workspaceState),
        ...panelCommands(parts),
        ...codeCommands(parts),
        ...studyCommands(parts),
        ...compareCommands(parts),
        ...insideCommands(parts),
        ...cleanCommand(parts),
        ...artifactCommands(parts),
        ...pollCommands(parts),
        ...pipelineCommands(parts, pipeline),
        ...setUpCommands(parts),
        ...mailCommands(parts, secrets, mail),
      },
      log,
    ),
  );
  store.add(registerTracebackLinks(studies, (terminal) => terminals.studyOf(terminal)));
  store.add(registerHovers(inspections));
  store.add(registerLenses(inspections));
  store.add(registerPipelineLenses());
  store.add(registerBestValues(hone, inspections, studies, onError));
  store.add(new FindingDiagnostics(inspections, onError));
  store.add(registerFindingActions(inspections));
  store.add(watchSources(scripts, windowWorkspace));
  store.add(offerRemedies(hone, studies, onError));
  store.add(offerResult(studies, parts.panels, onError));
  store.add(offerTime(studies, onError));
  store.add(offerPush(remotes, onError));
  store.add(watchWindow(parts));
  remotes.update();
  store.add(workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('hone') && engine.again().catch(onError)));
}
