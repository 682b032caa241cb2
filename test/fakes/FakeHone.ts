import type { ImportedStudy } from '../../src/core/ports/StudyStore.ts';
import type { EngineState } from '../../src/core/ports/EngineState.ts';
import type { Check, Hone, ScriptInspection } from '../../src/app/Hone.ts';
import type {
  InspectRequest,
  SpaceRequest,
  StudyUpdate,
  TrainRequest,
  TuneRequest,
  LaunchChoice,
} from '../../src/app/requests.ts';
import type { BestValue } from '../../src/app/bestValues.ts';
import type { ConfigurationPlace } from '../../src/app/configureScript.ts';
import type { Revival } from '../../src/app/reviveStudies.ts';
import type { Stored, TidyChoice } from '../../src/app/tidy.ts';
import type { ProposalCommit } from '../../src/app/commitProposal.ts';
import type { Proposal, ProposalRequest } from '../../src/app/proposeBest.ts';
import type { PollReport, PollRequest } from '../../src/app/pollRemote.ts';
import type { WatchRequest, WatchUpdate } from '../../src/app/watchRemote.ts';
import { EMPTY_POLL_STATE, type PollState } from '../../src/core/study/PollState.ts';
import { AsyncQueue } from '../../src/base/AsyncQueue.ts';
import { HoneError } from '../../src/base/HoneError.ts';
import type { PipelineProblem } from '../../src/core/pipeline/parseLinterAnswer.ts';
import type { Environment, Progress } from '../../src/core/ports/Runtime.ts';
import type { OutboxContents } from '../../src/core/ports/Outbox.ts';
import type { TestedMail } from '../../src/app/testMail.ts';
import type { ScanRequest } from '../../src/core/ports/ScriptScanner.ts';
import { emptySpace } from '../../src/core/space/analyzeSpace.ts';
import type { SearchSpace } from '../../src/core/space/SearchSpace.ts';
import type { ConfigurationChange } from '../../src/core/study/editConfiguration.ts';
import type { Script } from '../../src/core/scan/Script.ts';
import { withLabels, type Labels } from '../../src/core/study/Labels.ts';
import type { SearchPlan } from '../../src/core/study/SearchPlan.ts';
import type { Study } from '../../src/core/study/Study.ts';

/** An engine in memory: a test says what is in the folder and what a study does. */
export class FakeHone implements Hone {
  /** What `scan` finds; may be changed between scans. */
  scripts: Script[] = [];
  /** Thrown by the next `scan` and `train`, where set. */
  failure: Error | null = null;
  checks: readonly Check[] = [{ name: 'engine', state: 'ok', text: 'Docker 29 answers.', next: null }];
  readonly scans: ScanRequest[] = [];
  readonly trained: TrainRequest[] = [];
  readonly tuned: TuneRequest[] = [];
  readonly requests: string[] = [];
  readonly cancelled: string[] = [];
  readonly configured: ConfigurationChange[] = [];
  disposed = false;
  readonly #studies = new Map<string, Study>();
  readonly #watchers = new Set<AsyncQueue<readonly Study[]>>();
  readonly #followers = new Map<string, Set<AsyncQueue<StudyUpdate>>>();

  /** Adds or changes a study and tells whoever watches or follows it. */
  put(study: Study, told: 'all' | 'followers' | 'watchers' = 'all'): void {
    this.#studies.set(study.id, study);
    if (told !== 'watchers') for (const queue of this.#followers.get(study.id) ?? []) queue.push({ type: 'study', study });
    if (told !== 'followers') this.#tell();
    if (study.endedAt !== null) for (const queue of this.#followers.get(study.id) ?? []) queue.close();
  }

  progress(id: string, progress: Progress): void {
    for (const queue of this.#followers.get(id) ?? []) queue.push({ type: 'progress', progress });
  }

  /** How many follow a study now. */
  followers(id: string): number {
    return this.#followers.get(id)?.size ?? 0;
  }

  space({ script }: SpaceRequest): Promise<SearchSpace> {
    return Promise.resolve(emptySpace(script ?? ''));
  }

  inspect({ script }: InspectRequest): Promise<ScriptInspection> {
    return Promise.resolve({ space: emptySpace(script), trainings: [], findings: [], problem: null });
  }

  async *scan(request: ScanRequest, signal: AbortSignal): AsyncIterable<Script> {
    this.scans.push(request);
    if (this.failure !== null) throw this.failure;
    for (const script of this.scripts) {
      signal.throwIfAborted();
      if (request.path === undefined || request.path === `${request.folder}/${script.path}`) yield script;
    }
  }

  async train(request: TrainRequest): Promise<string> {
    if (this.failure !== null) throw this.failure;
    this.trained.push(request);
    return `run-${this.trained.length}`;
  }

  async tune(request: TuneRequest): Promise<string> {
    if (this.failure !== null) throw this.failure;
    this.tuned.push(request);
    return request.study ?? `study-${this.tuned.length}`;
  }

  async propose({ study }: ProposalRequest): Promise<Proposal> {
    const found = await this.study('', study);
    const [trial] = found.trials;
    if (trial === undefined) throw new HoneError('usage', `${study} has no trial to apply.`);
    return { study: found, trial, changes: [], patch: '', outdated: [] };
  }

  async apply(): Promise<void> {}

  async prepare(): Promise<Environment> {
    return { image: 'hone/sklearn:0', digest: null, built: false, seconds: 0 };
  }

  async answerPipeline(): Promise<never> {
    throw new HoneError('internal', 'No pipeline is made here.');
  }

  async planPipeline(): Promise<never> {
    throw new HoneError('internal', 'No pipeline is made here.');
  }

  async writePipeline(): Promise<void> {}

  async validatePipeline(): Promise<readonly PipelineProblem[]> {
    return [];
  }

  async commitPipeline(): Promise<null> {
    return null;
  }

  async commit({ study }: ProposalRequest): Promise<ProposalCommit> {
    return { branch: `hone/${study}`, commit: '0'.repeat(40) };
  }

  async request(_folder: string, id: string, request: 'pause' | 'accept'): Promise<void> {
    this.requests.push(`${request} ${id}`);
  }

  async resume(_folder: string, id: string): Promise<void> {
    this.requests.push(`resume ${id}`);
  }

  follow(_folder: string, id: string, signal: AbortSignal): AsyncIterable<StudyUpdate> {
    const queue = new AsyncQueue<StudyUpdate>(() => this.#followers.get(id)?.delete(queue));
    const queues = this.#followers.get(id) ?? new Set();
    this.#followers.set(id, queues.add(queue));
    signal.addEventListener('abort', () => queue.close(), { once: true });
    const study = this.#studies.get(id);
    if (study !== undefined) queue.push({ type: 'study', study });
    return queue;
  }

  async studies(): Promise<readonly Study[]> {
    return [...this.#studies.values()];
  }

  watchStudies(_folder: string, signal: AbortSignal): AsyncIterable<readonly Study[]> {
    const queue = new AsyncQueue<readonly Study[]>(() => this.#watchers.delete(queue));
    this.#watchers.add(queue);
    signal.addEventListener('abort', () => queue.close(), { once: true });
    queue.push([...this.#studies.values()]);
    return queue;
  }

  async study(_folder: string, id: string): Promise<Study> {
    const study = this.#studies.get(id);
    if (study === undefined) throw new HoneError('not-found', `There is no study ${id}.`);
    return study;
  }

  async import(): Promise<readonly ImportedStudy[]> {
    return [];
  }

  async searchPlan(): Promise<SearchPlan | null> {
    return null;
  }

  async report(): Promise<string> {
    return '<!doctype html>';
  }

  async bestValues(): Promise<readonly BestValue[]> {
    return [];
  }

  async revive(): Promise<readonly Revival[]> {
    return [];
  }

  async poll({ folder }: PollRequest): Promise<PollReport> {
    throw new HoneError('usage', `${folder} is in no git repository.`);
  }

  watchRemote(_request: WatchRequest, signal: AbortSignal): AsyncIterable<WatchUpdate> {
    const queue = new AsyncQueue<WatchUpdate>(() => {});
    signal.addEventListener('abort', () => queue.close(), { once: true });
    return queue;
  }

  async trainPushes(): Promise<PollState> {
    return EMPTY_POLL_STATE;
  }

  async pull(): Promise<void> {}

  async cancel(_folder: string, id: string): Promise<void> {
    this.cancelled.push(id);
  }

  async delete(_folder: string, id: string): Promise<void> {
    this.#studies.delete(id);
    this.#tell();
  }

  logPath(folder: string, id: string, trial: number): string {
    return `${folder}/.hone/studies/${id}/trials/${trial}/output.log`;
  }

  async artifactPath(folder: string, id: string, trial: number, artifact: string): Promise<string> {
    return `${folder}/.hone/studies/${id}/trials/${trial}/artifacts/${artifact}`;
  }

  async locateConfiguration({ folder, script }: SpaceRequest): Promise<ConfigurationPlace> {
    return { path: `${folder}/hone.yaml`, target: { script: script ?? 'train.py', several: false } };
  }

  editedConfiguration(text: string): string {
    return text;
  }

  async launches(): Promise<readonly LaunchChoice[]> {
    return [];
  }

  async configure({ folder }: SpaceRequest, changes: readonly ConfigurationChange[]): Promise<string> {
    this.configured.push(...changes);
    return `${folder}/hone.yaml`;
  }

  async label(_folder: string, id: string, labels: Labels): Promise<void> {
    const study = this.#studies.get(id);
    if (study !== undefined) this.put(withLabels(study, labels));
  }

  compare(): never {
    throw new HoneError('internal', 'Nothing is compared here.');
  }

  check(): never {
    throw new HoneError('internal', 'Nothing is checked here.');
  }

  installModelRuntime(): never {
    throw new HoneError('internal', 'Nothing is installed here.');
  }

  openModel(): never {
    throw new HoneError('internal', 'No model is opened here.');
  }

  async stored(): Promise<Stored> {
    return { engine: null, images: [], volumes: [], studies: [] };
  }

  async tidy(_folder: string, choice: TidyChoice): Promise<TidyChoice> {
    return choice;
  }

  shell(): never {
    throw new HoneError('internal', 'There is no shell here.');
  }

  debug(): never {
    throw new HoneError('internal', 'Nothing is debugged here.');
  }

  save(): never {
    throw new HoneError('internal', 'Nothing is saved here.');
  }

  async engine(): Promise<EngineState> {
    const check = this.checks.find(({ name }) => name === 'engine');
    return {
      available: check?.state !== 'error' && check?.state !== 'warning',
      text: check?.text ?? '',
      next: check?.next ?? null,
    };
  }

  async deliver(): Promise<OutboxContents> {
    return { waiting: [], refused: [] };
  }

  async testMail(): Promise<readonly TestedMail[]> {
    return [];
  }

  async doctor(): Promise<readonly Check[]> {
    return this.checks;
  }

  dispose(): void {
    this.disposed = true;
  }

  #tell(): void {
    for (const queue of this.#watchers) queue.push([...this.#studies.values()]);
  }
}
