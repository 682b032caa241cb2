import type { Comparison } from '../core/study/compareRuns.ts';
import type { Labels } from '../core/study/Labels.ts';
import type { ImportedStudy, ImportRequest, SavedOutputs } from '../core/ports/StudyStore.ts';
import type { Stored, TidyChoice } from './tidy.ts';
import type { DebugSession } from '../core/ports/Inspector.ts';
import type { EngineState } from '../core/ports/EngineState.ts';
import type { PipelineProblem } from '../core/pipeline/parseLinterAnswer.ts';
import type { JenkinsLogin } from '../core/ports/JenkinsLinter.ts';
import type { Environment, Progress } from '../core/ports/Runtime.ts';
import type { OutboxContents } from '../core/ports/Outbox.ts';
import type { ScanRequest } from '../core/ports/ScriptScanner.ts';
import type { Inspection } from '../core/space/inspectModule.ts';
import type { SearchSpace } from '../core/space/SearchSpace.ts';
import type { Script } from '../core/scan/Script.ts';
import type { ModelCheck } from '../core/evaluation/ModelCheck.ts';
import type { RemoteBranch } from '../core/study/Push.ts';
import type { PollState } from '../core/study/PollState.ts';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';
import type { PollReport, PollRequest } from './pollRemote.ts';
import type { WatchRequest, WatchUpdate } from './watchRemote.ts';
import type { BestValue } from './bestValues.ts';
import type { Revival } from './reviveStudies.ts';
import type { OpenModel } from './openModel.ts';
import type { ProposalCommit } from './commitProposal.ts';
import type { PipelineChoice } from './answerPipeline.ts';
import type { PipelineProposal } from './planPipeline.ts';
import type { PipelineAnswers } from '../core/pipeline/GeneratedRecord.ts';
import type { Proposal, ProposalRequest } from './proposeBest.ts';
import type { TestedMail, TestMailRequest } from './testMail.ts';
import type { SearchPlan } from '../core/study/SearchPlan.ts';
import type { Study } from '../core/study/Study.ts';
import type { ConfigurationChange, ConfigurationTarget } from '../core/study/editConfiguration.ts';
import type { ConfigurationPlace } from './configureScript.ts';
import type {
  CheckRequest,
  InspectRequest,
  LaunchChoice,
  LookRequest,
  SaveRequest,
  SpaceRequest,
  StudyUpdate,
  TrainRequest,
  TrialName,
  TuneRequest,
} from './requests.ts';

/** What an editor shows of a script. */
export interface ScriptInspection extends Inspection {
  /** Why the ranges of hone.yaml do not hold; null where they do, or where there are none. */
  readonly problem: string | null;
}

/** One line of `doctor`: what works, what does not, and what to do about it. */
export interface Check {
  readonly name: 'engine' | 'builder' | 'images' | 'suggester' | 'registry' | 'interpreter' | 'index' | 'folder' | 'git' | 'mail';
  readonly state: 'ok' | 'warning' | 'error';
  /** One sentence. */
  readonly text: string;
  /** What to do, where something is wrong. */
  readonly next: string | null;
}

/** The use cases that every face calls. Paths are absolute; all of it throws HoneError. */
export interface Hone {
  /** Reads, never runs. */
  scan(request: ScanRequest, signal: AbortSignal): AsyncIterable<Script>;
  /** What can be tuned in a script: the one named, or the only one of the folder. Reads, never runs. */
  space(request: SpaceRequest, signal: AbortSignal): Promise<SearchSpace>;
  /** Where a script trains, what can be tuned in it, and what is surely wrong with it, from its text as it is being written. Reads, never runs. */
  inspect(request: InspectRequest, signal: AbortSignal): Promise<ScriptInspection>;
  /** Makes what a run would need, or finds it ready: an image, or an interpreter with its packages. Runs none of the user's code. */
  prepare(request: TrainRequest, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<Environment>;
  /** Plans a run, writes its snapshot and starts its supervisor, detached; resolves with the study's id once that owns it. */
  train(request: TrainRequest, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<string>;
  /** Plans a study, or goes on with the one that is named, and starts its supervisor, detached; resolves with the study's id. */
  tune(request: TuneRequest, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<string>;
  /** Follows a study until it ends: first what it is now, then each change; output only from now on. A study that already ended yields once. */
  follow(folder: string, study: string, signal: AbortSignal): AsyncIterable<StudyUpdate>;
  /** All studies of a folder, newest first. A damaged one is there too, failed, with the reason. */
  studies(folder: string): Promise<readonly Study[]>;
  /** Tells each time that a study of the folder appeared, changed or went; until the signal is aborted. */
  watchStudies(folder: string, signal: AbortSignal): AsyncIterable<readonly Study[]>;
  study(folder: string, id: string): Promise<Study>;
  /** Brings studies here that were archived elsewhere, as a build server does. Runs nothing. */
  import(folder: string, request: ImportRequest): Promise<readonly ImportedStudy[]>;
  /** How a study searches, as it was planned; null for a run. */
  searchPlan(folder: string, id: string): Promise<SearchPlan | null>;
  /** A study as one HTML page that needs no other file. */
  report(folder: string, id: string): Promise<string>;
  /** What the best trial of a study has for each value that it changed, and the lines that they stood on. */
  bestValues(folder: string, id: string): Promise<readonly BestValue[]>;
  /** The change that makes the source what a trial ran, the best one where none is named; nothing is written. */
  propose(request: ProposalRequest): Promise<Proposal>;
  /** Writes what was proposed, where the files still hold what they held. */
  apply(folder: string, proposal: Proposal): Promise<void>;
  /** Commits what a trial changes on a new branch; nothing that is checked out or staged changes. */
  commit(request: ProposalRequest): Promise<ProposalCommit>;
  /** What a person said about the Jenkins files of a folder, completed from the last time and by defaults. */
  answerPipeline(choice: PipelineChoice, signal: AbortSignal): Promise<PipelineAnswers>;
  /** The Jenkins files for a folder, merged into those that are there; nothing is written. */
  planPipeline(choice: PipelineChoice, signal: AbortSignal): Promise<PipelineProposal>;
  /** Writes proposed Jenkins files, where the folder still holds what it held. */
  writePipeline(folder: string, proposal: PipelineProposal): Promise<void>;
  /** What a Jenkins does not accept in a pipeline, by its own linter. */
  validatePipeline(login: JenkinsLogin, jenkinsfile: string, signal: AbortSignal): Promise<readonly PipelineProblem[]>;
  /** Commits the files of a written proposal, and only those, where they are checked out; the commit, null where there is nothing to commit. */
  commitPipeline(folder: string, proposal: PipelineProposal): Promise<string | null>;
  /** Lets what runs end and starts nothing more; `accept` ends it with the best there is. Resolves when it is journalled. */
  request(folder: string, id: string, request: 'pause' | 'accept'): Promise<void>;
  /** Goes on with a paused study, for so many more minutes where that is said, or with one whose supervisor is gone. */
  resume(folder: string, id: string, signal: AbortSignal, minutes?: number): Promise<void>;
  /** Brings back the studies of a folder that lost their supervisor, not those at rest; removes what studies left on an engine that was away. */
  revive(folder: string, signal: AbortSignal): Promise<readonly Revival[]>;
  /** Stops it within two seconds; resolves when it has ended. */
  cancel(folder: string, id: string): Promise<void>;
  /** Removes a study that has ended: its files, containers and volumes. */
  delete(folder: string, id: string): Promise<void>;
  /** Absolute path of a trial's output.log. */
  logPath(folder: string, id: string, trial: number): string;
  /** Absolute path of an artifact, checked to lie within the study and to be no link. */
  artifactPath(folder: string, id: string, trial: number, artifact: string): Promise<string>;
  /** The hone.yaml that holds for a script, and whom a change in it would be for. Reads, never runs. */
  locateConfiguration(request: SpaceRequest, signal: AbortSignal): Promise<ConfigurationPlace>;
  /** The text of a hone.yaml with changes made, for an editor that holds it. Throws HoneError `configuration`. */
  editedConfiguration(text: string, changes: readonly ConfigurationChange[], target: ConfigurationTarget): string;
  /** The configurations of launch.json that a script could be started by, where it is not decided which: by hone.yaml, or since there is one. */
  launches(request: SpaceRequest, signal: AbortSignal): Promise<readonly LaunchChoice[]>;
  /** Changes the hone.yaml that holds for a script, and makes it where there is none; returns its absolute path. */
  configure(request: SpaceRequest, changes: readonly ConfigurationChange[], signal: AbortSignal): Promise<string>;
  /** Names a study, or notes something about it, also while it runs. */
  label(folder: string, id: string, labels: Labels): Promise<void>;
  /** How two runs differ: results, settings, environment, sources. */
  compare(folder: string, first: TrialName, second: TrialName): Promise<Comparison>;
  /** Brings the files that a trial wrote to where the script would have put them; never over a file unasked. */
  save(request: SaveRequest): Promise<SavedOutputs>;
  /** Computes a trial's metric anew from the model that it left, the best trial's where none is named. */
  check(request: CheckRequest, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<ModelCheck>;
  /** Installs what computes models faster than WebAssembly; resolves with what was done, in a sentence. */
  installModelRuntime(folder: string, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<string>;
  /** Opens what a trial left of its model, the best trial's where none is named. The caller disposes it. */
  openModel(request: CheckRequest): Promise<OpenModel>;
  /** What Hone keeps, for the folder and on the engine, with sizes and with what still needs it. */
  stored(folder: string): Promise<Stored>;
  /** Removes some of it, but for what is in use; returns what went. */
  tidy(folder: string, choice: TidyChoice): Promise<TidyChoice>;
  /** A shell in a trial, on this process's own terminal; resolves with its exit code. */
  shell(request: LookRequest, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<number>;
  /** Runs a trial anew under a debugger that waits for its client. The caller disposes the session, which ends it. */
  debug(request: LookRequest, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<DebugSession>;
  /** Looks at the git remote once, and has trained what was pushed. */
  poll(request: PollRequest, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<PollReport>;
  /** Looks at it again and again, until the signal is aborted; a failure is told, and does not end it. */
  watchRemote(request: WatchRequest, signal: AbortSignal): AsyncIterable<WatchUpdate>;
  /** Goes on with what was pushed without looking at the remote: takes down what ended, starts what waits. */
  trainPushes(folder: string, runtime: RuntimeKind | 'auto', signal: AbortSignal): Promise<PollState>;
  /** Fast-forwards the open branch to a commit that was looked at. */
  pull(folder: string, at: RemoteBranch, commit: string): Promise<void>;
  /** Whether a container engine answers; costs no more than asking it. */
  engine(): Promise<EngineState>;
  /** Sends news of every folder, what is due or all that waits; returns what is left. */
  deliver(which: 'due' | 'waiting', signal: AbortSignal): Promise<OutboxContents>;
  /** Sends a mail that says that mail works, to the webhook as well; what is wrong is in the answer. */
  testMail(request: TestMailRequest, signal: AbortSignal): Promise<readonly TestedMail[]>;
  doctor(folder: string, signal: AbortSignal): Promise<readonly Check[]>;
  dispose(): void;
}
