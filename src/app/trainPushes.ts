import { basename } from 'node:path';
import { describeError, HoneError, type HoneErrorCode } from '../base/HoneError.ts';
import { compareAccuracy } from '../core/study/compareAccuracy.ts';
import { studyStem } from '../core/study/nextStudyId.ts';
import {
  failedOutcome,
  pushOf,
  treesOf,
  withOutcome,
  type PollState,
  type PushOutcome,
  type QueuedPush,
} from '../core/study/PollState.ts';
import type { Study } from '../core/study/Study.ts';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';
import { readStudy } from './followStudy.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { postAccuracyLoss } from './postAccuracyLoss.ts';
import { asksOfPush, planPush, type PushedTree } from './planPush.ts';
import { resumeStudy } from './steerStudy.ts';
import { startPlanned } from './startStudy.ts';
import { listStudies } from './watchStudies.ts';

/** What goes away by itself, or by what a person does elsewhere: it is tried again. */
const PASSING: ReadonlySet<HoneErrorCode> = new Set(['engine-absent', 'engine-lost', 'disk-full', 'no-interpreter', 'read-only']);

/**
 * Brings what was pushed on its way: takes down what has ended, and starts the next script where none of them is being trained. Each step is written before
 * the next, and can be repeated: a study's id says which push it is of, so nothing is trained twice, and what was not written is done again.
 * @param earlier what was before a push was added, of which work trees may be left
 */
export async function trainPushes(
  ports: HonePorts,
  folder: string,
  runtime: RuntimeKind | 'auto',
  signal: AbortSignal,
  earlier: PollState | null = null,
): Promise<PollState> {
  const { polls, remotes } = ports;
  const before = await polls.read(folder);
  let state = await settle(ports, folder, before, signal);
  if (state !== before) await polls.write(folder, state);
  for (const item of state.queue) {
    if (state.queue.some(({ study }) => study !== null)) break;
    signal.throwIfAborted();
    state = await begin(ports, folder, runtime, state, item, signal);
    await polls.write(folder, state);
  }
  const needed = treesOf(state);
  const ended = [earlier ?? before, before].flatMap(treesOf).filter((tree) => !needed.includes(tree));
  if (ended.length > 0) await remotes.tidy(folder, { ended, needed });
  return state;
}

/** Takes what has ended out of the queue, with what came of it; what lost its supervisor gets another. */
async function settle(ports: HonePorts, folder: string, before: PollState, signal: AbortSignal): Promise<PollState> {
  let state = before;
  for (const item of before.queue) {
    if (item.study === null) continue;
    const study = await readStudy(ports, folder, item.study).catch((error: unknown) => error);
    if (study instanceof HoneError && study.code === 'not-found') {
      state = { ...state, queue: state.queue.filter((other) => other !== item) }; // Somebody deleted it.
      continue;
    }
    if (study instanceof Error) throw study;
    const known = study as Study;
    if (known.interrupted) await resumeStudy(ports, folder, known.id, signal);
    if (known.endedAt === null || known.interrupted) continue;
    const outcome = await outcomeOf(ports, folder, item, known);
    await postAccuracyLoss(ports, folder, known, outcome, signal);
    state = withOutcome(state, item, outcome);
  }
  return state;
}

async function outcomeOf(ports: HonePorts, folder: string, item: QueuedPush, study: Study): Promise<PushOutcome> {
  const earlier = (await listStudies(ports, folder)).filter(
    ({ script, id, startedAt, endedAt }) =>
      script === study.script && id !== study.id && startedAt < study.startedAt && endedAt !== null,
  );
  return {
    ...pushOf(item),
    study: study.id,
    state: study.state,
    metric: study.metric?.name ?? null,
    best: tunedValue(study),
    ...compareAccuracy(earlier, study),
    reason: study.reason,
    endedAt: study.endedAt ?? ports.now(),
  };
}

function tunedValue({ best, trials, confirmation }: Study): number | null {
  if (best === null || best === 0) return null;
  const value = trials.find(({ number }) => number === best)?.value ?? null;
  return confirmation?.trial === best ? confirmation.mean : value;
}

/** Starts one script, or says why it waits or never will. */
async function begin(
  ports: HonePorts,
  folder: string,
  runtime: RuntimeKind | 'auto',
  state: PollState,
  item: QueuedPush,
  signal: AbortSignal,
): Promise<PollState> {
  const replaced = (changed: Partial<QueuedPush>): PollState => ({
    ...state,
    queue: state.queue.map((other) => (other === item ? { ...item, ...changed } : other)),
  });
  try {
    const id = await freeId(ports, folder, item);
    if (id.known !== null) return replaced({ study: id.known, held: null });
    const at: PushedTree = { folder, ...(await ports.remotes.checkOut(folder, item.commit, item.tree)) };
    const asks = await asksOfPush(ports, at, item.script);
    if (asks.length > 0) return replaced({ tree: at.tree, held: heldSentence(asks) });
    const planned = await planPush(ports, at, item, runtime, signal);
    return replaced({ tree: at.tree, held: null, study: await startPlanned(ports, folder, planned, id.free, signal) });
  } catch (error) {
    if (!(error instanceof HoneError) || error.code === 'cancelled') throw error;
    if (PASSING.has(error.code) || error.code === 'already-running') return replaced({ held: waitingSentence(error) });
    return withOutcome(state, item, failedOutcome(item, { state: 'failed', reason: describeError(error), endedAt: ports.now() }));
  }
}

function waitingSentence(error: HoneError): string {
  const local =
    error.code === 'engine-absent' ? ' Or let pushes run in your own Python: `--runtime local`, the setting hone.runtime.' : '';
  return `${describeError(error)}${local}`;
}

function heldSentence(asks: readonly string[]): string {
  return `It asks for ${asks.join(' and ')}, which this folder does not allow: it is trained once hone.yaml here says so, for example after a pull.`;
}

/** The id of the study that trains a push: known where that is there already, from before a crash or by another window. */
async function freeId(
  { store }: HonePorts,
  folder: string,
  { script, commit }: QueuedPush,
): Promise<{ readonly free: string; readonly known: string | null }> {
  const base = `${studyStem(script, basename(folder))}-at-${commit.slice(0, 7)}`;
  const taken = new Set(await store.list(folder));
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return { free: id, known: null };
    const plan = await store.readPlan(folder, id);
    if (plan.push?.commit === commit && plan.script === script) return { free: id, known: id };
  }
}
