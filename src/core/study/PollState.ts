import * as v from 'valibot';

const commit = v.pipe(v.string(), v.regex(/^[0-9a-f]{40,64}$/u));
const of = { remote: v.string(), branch: v.string(), commit, subject: v.string(), script: v.string() };

const queuedPush = v.object({
  ...of,
  /** Absolute path of the work tree's counterpart of the folder; null where there is none yet. */
  tree: v.nullable(v.string()),
  /** The study that trains it; null until it is started. */
  study: v.nullable(v.string()),
  /** Why it is not started, one sentence; null where its turn will come. */
  held: v.nullable(v.string()),
});

const pushOutcome = v.object({
  ...of,
  /** Null where none could be planned. */
  study: v.nullable(v.string()),
  /** That of the study; `failed` where none could be planned, `broken` where the script trained before the push and does not any more. */
  state: v.string(),
  /** The metric that the script is judged by; null where it has none. */
  metric: v.nullable(v.string()),
  /** With the values that were pushed. */
  value: v.nullable(v.number()),
  /** With the values that tuning found to be best; null where they are those that were pushed. */
  best: v.optional(v.nullable(v.number()), null),
  /** The last run of the same script before it that it can be compared with. */
  before: v.nullable(v.object({ study: v.string(), value: v.number() })),
  /** How the value changed: by more than chance does, or not; `unknown` where nothing can be compared. */
  change: v.picklist(['better', 'same', 'worse', 'unknown']),
  /** By how much chance alone changes the difference, as a standard deviation; null where nothing tells. */
  noise: v.nullable(v.number()),
  /** Why it did not end well, one sentence. */
  reason: v.nullable(v.string()),
  /** Milliseconds since 1970. */
  endedAt: v.number(),
});

const pollState = v.object({
  version: v.literal(1),
  /** The last commit that was looked at, by `remote/branch`. */
  seen: v.record(v.string(), commit),
  /** Scripts to train or being trained, in the order of the pushes. */
  queue: v.array(queuedPush),
  /** The newest last. */
  outcomes: v.array(pushOutcome),
});

/** A script that a push touched, until its training has ended. */
export type QueuedPush = v.InferOutput<typeof queuedPush>;
/** What came of a push for one script. */
export type PushOutcome = v.InferOutput<typeof pushOutcome>;
/** What watching a folder's remote has come to. It is written whole, so each push is in it once or not yet. */
export type PollState = v.InferOutput<typeof pollState>;

export const EMPTY_POLL_STATE: PollState = { version: 1, seen: {}, queue: [], outcomes: [] };

/** How many outcomes are kept. */
const KEPT = 100;

/** A state from the text of its file; empty where that is damaged, so that the folder is looked at as if for the first time. */
export function parsePollState(text: string): PollState {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), pollState), text);
  return parsed.success ? parsed.output : EMPTY_POLL_STATE;
}

/** The work trees that a state needs. */
export function treesOf({ queue }: PollState): readonly string[] {
  return queue.flatMap(({ tree }) => (tree === null ? [] : [tree]));
}

/** Which script of which push it is. */
export function pushOf({ remote, branch, commit, subject, script }: QueuedPush): Omit<QueuedPush, 'tree' | 'study' | 'held'> {
  return { remote, branch, commit, subject, script };
}

/** What came of a script that was never started. */
export function failedOutcome(
  queued: QueuedPush,
  why: { readonly state: 'failed' | 'broken'; readonly reason: string; readonly endedAt: number },
): PushOutcome {
  const nothing = { study: null, metric: null, value: null, best: null, before: null, change: 'unknown', noise: null } as const;
  return { ...pushOf(queued), ...nothing, ...why };
}

/** Whether a script that was pushed could not be trained. */
export function hasFailed({ state }: PushOutcome): boolean {
  return state === 'failed' || state === 'broken';
}

/** A state with one more outcome, and without what waited for it. */
export function withOutcome(state: PollState, queued: QueuedPush, outcome: PushOutcome): PollState {
  return {
    ...state,
    queue: state.queue.filter((item) => item !== queued),
    outcomes: [...state.outcomes, outcome].slice(-KEPT),
  };
}

/** A state in which a branch was looked at up to a commit; what waited for its turn of an older one gives way to the same script's newer text. */
export function withPush(state: PollState, branch: string, seen: string, touched: readonly QueuedPush[]): PollState {
  const isOld = (item: QueuedPush): boolean =>
    item.study === null &&
    touched.some(({ script, remote, branch: own }) => script === item.script && remote === item.remote && own === item.branch);
  return {
    ...state,
    seen: { ...state.seen, [branch]: seen },
    queue: [...state.queue.filter((item) => !isOld(item)), ...touched],
  };
}
