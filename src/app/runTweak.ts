import { HoneError } from '../base/HoneError.ts';
import { createDeferred } from '../base/createDeferred.ts';
import { restartDelayMs } from '../core/study/restartDelayMs.ts';
import type { Decision } from '../core/study/Decision.ts';
import type { Runner, TrialNews } from './Runner.ts';
import type { Supervision } from './Supervision.ts';

type TweakEnded = Extract<TrialNews, { type: 'trial-ended' }>;

/** Exit code by which a tweak script says that it has nothing more to try. */
const ENOUGH = 10;
/** A tweak script that takes longer is stopped. */
const LIMIT_SECONDS = 600;

/**
 * Runs the developer's tweak script, `python TWEAK SCRIPT VALUE`, in a copy of the snapshot with the files of the trial that it starts from. What
 * it changed is journalled as the next suggestion; where that is nothing, or was tried before, or it ends with 10, the search is over.
 * Where its container is lost, it is to be run again. One that fails later than for the first trial ends the search, too.
 * @throws HoneError `trial-failed` where it fails at once, or loses its container again and again
 */
export async function runTweak(
  supervision: Supervision,
  runner: Runner,
  { trial, from, value }: Extract<Decision, { kind: 'tweak' }>,
): Promise<void> {
  const { plan, ports, record, study } = supervision;
  const tweak = plan.search?.tweak ?? '';
  const before = study()?.trials.find(({ number }) => number === from)?.files ?? {};
  const done = await run(supervision, runner, trial, before, [plan.command.script, String(value ?? '')], tweak);
  if (done === null) return loseTweak(supervision, trial, tweak);
  const { ended, output } = done;
  await runner.connection.collect(trial);
  const changed = await ports.store.takeTexts(plan.folder, plan.study, trial);
  if (ended.exitCode === ENOUGH) return record({ type: 'search-ended', reason: `${tweak} has nothing more to try` });
  if (ended.state !== 'complete') {
    const failure = tweakFailed(tweak, ended, output);
    if (trial === 1) throw failure;
    return record({ type: 'search-ended', reason: failure.message }); // What it found before is kept, and confirmed.
  }
  const known = new Set(plan.snapshot.map(({ path }) => path));
  const edited = Object.entries(changed).filter(([path]) => known.has(path) && path !== tweak);
  if (edited.length === 0) return record({ type: 'search-ended', reason: `${tweak} changed nothing` });
  const files = { ...before, ...Object.fromEntries(edited) };
  if (study()?.trials.some((tried) => isSame(tried.files, files)) === true) {
    return record({ type: 'search-ended', reason: `${tweak} repeats a change that was tried` });
  }
  const origin = `${tweak} changed ${edited.map(([path]) => path).join(', ')}`;
  record({ type: 'trial-suggested', trial, purpose: 'search', assignment: {}, origin, files });
}

function isSame(one: Readonly<Record<string, string>> | null, other: Readonly<Record<string, string>>): boolean {
  const paths = Object.keys(other);
  return one !== null && Object.keys(one).length === paths.length && paths.every((path) => one[path] === other[path]);
}

async function run(
  { plan, signal }: Supervision,
  runner: Runner,
  trial: number,
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  tweak: string,
): Promise<{ ended: TweakEnded; output: string } | null> {
  const { promise, resolve } = createDeferred<TweakEnded | null>();
  let output = '';
  const stop = runner.listen({ trial, repeat: 0 }, (news) => {
    if (typeof news === 'string') resolve(null);
    else if (news.type === 'trial-ended') resolve(news);
    else if (news.type === 'output') output = (output + news.text).slice(-2000);
  });
  const cancel = (): void => runner.send({ type: 'cancel', trial, repeat: 0 });
  signal.addEventListener('abort', cancel, { once: true });
  const order = { trial, repeat: 0, seed: null, script: tweak, module: false, arguments: args, directory: '', files };
  const rest = {
    timeoutSeconds: Math.min(LIMIT_SECONDS, (plan.limits.trialMinutes ?? Infinity) * 60),
    metric: null,
    metricChosen: false,
    watch: [],
    checkpoint: null,
  };
  runner.send({ type: 'trial', ...order, ...rest, environment: { ...runner.environment, HONE_STUDY: plan.study } });
  try {
    const ended = await promise;
    signal.throwIfAborted();
    return ended === null ? null : { ended, output };
  } finally {
    stop();
    signal.removeEventListener('abort', cancel);
  }
}

async function loseTweak({ ports, record, signal, study }: Supervision, trial: number, tweak: string): Promise<void> {
  const known = study();
  const reason = `The container ended while ${tweak} ran.`;
  const delayMs = known === null ? null : restartDelayMs(known, { trial, repeat: 0, cause: 'killed' });
  if (delayMs === null) throw new HoneError('trial-failed', reason);
  record({ type: 'trial-interrupted', trial, repeat: 0, cause: 'killed', reason, delayMs });
  await ports.pause(delayMs, signal);
}

function tweakFailed(tweak: string, { reason, exitCode }: TweakEnded, output: string): HoneError {
  const said = output.trim().split('\n').at(-1) ?? '';
  const why = reason ?? (said === '' ? `exit code ${exitCode ?? 'unknown'}` : said);
  return new HoneError('trial-failed', `${tweak} failed: ${why}`, {
    next: 'It is run as `python TWEAK SCRIPT ACCURACY`: 0 stands for edited, 10 for enough.',
  });
}
