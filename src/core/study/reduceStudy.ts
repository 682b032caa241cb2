import { blankStudy } from './blankStudy.ts';
import type { JournalEvent, Measurement } from './JournalEvent.ts';
import { chooseBest } from './policy/chooseBest.ts';
import { confirmationOf } from './policy/confirmationOf.ts';
import { chooseObjective } from './policy/objectiveOf.ts';
import type { Epoch, Repeat, Study, Suggestion, Trial } from './Study.ts';

const ARTIFACTS_NOTE =
  'Of the files that trials wrote, only those of the baseline and of the best three are kept, and fewer where the disk is nearly full.';

type EventOf<T extends JournalEvent['type']> = Extract<JournalEvent, { type: T }>;

/**
 * A study as its journal tells it. Pure: the same events give the same study.
 * @returns null where the journal does not begin with `study-created`.
 */
export function reduceStudy(events: Iterable<JournalEvent>): Study | null {
  let study: Study | null = null;
  for (const event of events) study = applyEvent(study, event);
  return study;
}

/** The study after one more event. An event that makes no sense there (an epoch of a trial that never started) changes nothing. */
export function applyEvent(study: Study | null, event: JournalEvent): Study | null {
  if (event.type === 'study-created') return createStudy(event);
  if (study === null) return null;
  // A pause counts from its request, a crash from the last event before it.
  const idle = study.state === 'paused' || event.type === 'supervisor-started' || study.endedAt !== null;
  const activeMs = study.activeMs + (idle ? 0 : passedMs(study, event));
  const steadyMs = event.steadyMs ?? null;
  const heard = 'runnerSequence' in event ? Math.max(study.heard, event.runnerSequence ?? 0) : study.heard;
  return { ...study, heard, ...changeOf(study, event), activeMs, steadyMs, updatedAt: event.time, sequence: event.sequence };
}

/** Since the last event. A clock that is set meanwhile is no time that passed; one supervisor's events tell it by another. */
function passedMs({ steadyMs, updatedAt }: Study, event: JournalEvent): number {
  const steady = steadyMs === null || event.steadyMs === undefined ? null : event.steadyMs - steadyMs;
  return Math.max(0, steady ?? event.time - updatedAt);
}

function createStudy(event: EventOf<'study-created'>): Study {
  const { study, kind, name, root, script, runtime, metric, target, notes, time, sequence } = event;
  const started = { arguments: event.arguments ?? [], argumentSource: event.argumentSource ?? null };
  const given = { kind, name, root, script, runtime, ...started, metric, target, notes, sequence };
  const blank = blankStudy(study);
  const wanted = { maxCost: event.maxCost ?? blank.maxCost, confirmationSeeds: event.confirmationSeeds ?? null };
  return { ...blank, ...given, ...wanted, startedAt: time, updatedAt: time, steadyMs: event.steadyMs ?? null };
}

function changeOf(study: Study, event: JournalEvent): Partial<Study> {
  switch (event.type) {
    case 'study-created':
    case 'supervisor-started':
    case 'checkpoint-saved':
      return {};
    case 'trial-suggested':
      return { suggestions: [...study.suggestions, suggestionOf(event)] };
    case 'search-ended':
      return { searchEnded: event.reason };
    case 'request':
      return requested(study, event);
    case 'environment-ready':
      return { image: event.image, phase: 'starting', notes: [...new Set([...study.notes, ...(event.notes ?? [])])] };
    case 'runner-started':
      return { container: event.container, heard: 0 };
    case 'runner-attached':
      // Its start was not journalled any more where it is another one: nothing was heard of it.
      return { container: event.container, phase: 'training', heard: event.container === study.container ? study.heard : 0 };
    case 'runner-ready':
      return { packages: event.packages, python: event.python };
    case 'trial-started':
      return {
        phase: 'training',
        trials: startTrial(study, event),
        attempts: attemptsWith(study, event),
        suggestions: study.suggestions.filter(({ trial }) => trial !== event.trial),
      };
    case 'trial-interrupted':
      return interrupt(study, event);
    case 'trial-resumed':
      return goOn(study, event);
    case 'epoch':
      if (event.repeat > 0) return {};
      return withTrial(study, event.trial, (trial) => ({
        epochs: [...trial.epochs, { epoch: event.epoch, epochs: event.epochs, metrics: event.metrics }],
      }));
    case 'metric':
      if (event.repeat > 0) {
        const measurement = measurementOf(event);
        return { trials: changeRepeat(study, event, ({ measurements }) => ({ measurements: [...measurements, measurement] })) };
      }
      return withTrial(study, event.trial, (trial) => ({ measurements: [...trial.measurements, measurementOf(event)] }));
    case 'trial-ended':
      return endTrial(study, event);
    case 'runner-lost':
      return { container: null };
    case 'artifacts-removed':
      return {
        trials: study.trials.map((trial) => (trial.number === event.trial ? { ...trial, artifacts: [] } : trial)),
        notes: [...new Set([...study.notes, ARTIFACTS_NOTE])],
      };
    case 'study-ended':
      return {
        state: event.state,
        reason: event.reason,
        phase: 'ended',
        asksMinutes: null,
        endedAt: event.time,
        container: null,
      };
  }
}

function interrupt(study: Study, event: EventOf<'trial-interrupted'>): Partial<Study> {
  const { trial, repeat, cause, reason, delayMs } = event;
  const losses = [...study.losses, { trial, repeat, cause, reason, delayMs, resumed: null }];
  const cut = { cut: true };
  return { losses, ...(repeat > 0 ? { trials: changeRepeat(study, event, () => cut) } : withTrial(study, trial, () => cut)) };
}

function goOn(study: Study, { trial, repeat, epoch, reason }: EventOf<'trial-resumed'>): Partial<Study> {
  const last = study.losses.findLast((loss) => loss.trial === trial && loss.repeat === repeat);
  const losses = study.losses.map((loss) => (loss === last ? { ...loss, resumed: { epoch, reason } } : loss));
  if (repeat > 0) return { losses };
  const isKept = (one: Epoch): boolean => one.epoch <= (epoch ?? 0);
  return { losses, ...withTrial(study, trial, ({ epochs }) => ({ epochs: epochs.filter(isKept) })) };
}

function suggestionOf({ trial, purpose, assignment, origin, files }: EventOf<'trial-suggested'>): Suggestion {
  return { trial, purpose, assignment, origin, files: files ?? null };
}

function requested(study: Study, { request, minutes, asksMinutes }: EventOf<'request'>): Partial<Study> {
  if (study.endedAt !== null) return {};
  if (request === 'accept') return { accepted: true, state: 'running', asksMinutes: null };
  if (request === 'pause') return { state: 'paused', asksMinutes: asksMinutes ?? study.asksMinutes };
  // Whoever answers nothing else takes what was proposed.
  const more = minutes ?? study.asksMinutes;
  const total = more === null ? study.minutes : study.activeMs / 60_000 + more;
  return { state: 'running', resumed: true, asksMinutes: null, minutes: total };
}

function startTrial(study: Study, event: EventOf<'trial-started'>): readonly Trial[] {
  const { trials, suggestions } = study;
  // The script runs again from its top, so it measures anew; how far its epochs go back is told by `trial-resumed`.
  const again = { cut: false, measurements: [] };
  if (event.resume === true) {
    return event.repeat > 0 ? changeRepeat(study, event, () => again) : withTrial(study, event.trial, () => again).trials;
  }
  if (event.repeat > 0) {
    return trials.map((trial) => (trial.number === event.trial ? withRepeat(trial, startRepeat(event)) : trial));
  }
  const suggestion = suggestions.find(({ trial }) => trial === event.trial);
  const trial: Trial = {
    number: event.trial,
    state: 'running',
    value: null,
    result: null,
    hyperparameters: event.assignment,
    epochs: [],
    measurements: [],
    seconds: null,
    repeats: 0,
    repetitions: [],
    purpose: event.purpose ?? suggestion?.purpose ?? 'baseline',
    origin: suggestion?.origin ?? null,
    files: suggestion?.files ?? null,
    parameters: null,
    reason: null,
    hint: null,
    error: null,
    artifacts: [],
    cut: false,
    startedAt: event.time,
    endedAt: null,
  };
  // One that was started and never came to run is started again.
  return [...trials.filter(({ number }) => number !== event.trial), trial];
}

function startRepeat({ repeat, seed, purpose }: EventOf<'trial-started'>): Repeat {
  return {
    repeat,
    seed,
    purpose: purpose ?? 'confirmation',
    state: 'running',
    value: null,
    result: null,
    measurements: [],
    seconds: null,
    reason: null,
    cut: false,
  };
}

/** The trial with a repeat added, or put in the place of the one of its number. */
function withRepeat(trial: Trial, repeat: Repeat): Trial {
  const repetitions = [...trial.repetitions.filter((each) => each.repeat !== repeat.repeat), repeat];
  return { ...trial, repetitions, repeats: repetitions.length };
}

function endTrial(study: Study, event: EventOf<'trial-ended'>): Partial<Study> {
  const { state, result, seconds, reason, error, artifacts, parameters, time } = event;
  const value = state === 'complete' ? (result?.value ?? null) : null;
  if (event.repeat > 0) {
    const trials = changeRepeat(study, event, () => ({ state, value, result, seconds, reason, cut: false }));
    return standing({ ...study, trials });
  }
  const changed = withTrial(study, event.trial, () => ({
    state,
    value,
    result,
    seconds,
    reason,
    hint: event.hint ?? null,
    error,
    artifacts,
    parameters: parameters ?? null,
    cut: false,
    endedAt: time,
  }));
  if (event.trial > 0) return standing({ ...study, ...changed });
  const metric = result === null ? study.metric : metricOf(result);
  const measured = changed.trials.find(({ number }) => number === 0)?.measurements ?? [];
  const objective = result === null ? study.objective : chooseObjective(result, measured);
  return { ...standing({ ...study, ...changed, metric, objective }), metric, objective, unexecuted: event.unexecuted ?? [] };
}

/** The trials, and what they make the best of them. */
function standing(study: Study): Pick<Study, 'trials' | 'best' | 'confirmation'> {
  const best = chooseBest(study);
  return { trials: study.trials, best, confirmation: best === null ? null : confirmationOf(study, best) };
}

/** A confirmation begins with its first repeat. */
function attemptsWith(study: Study, event: EventOf<'trial-started'>): Study['attempts'] {
  const known =
    event.repeat === 0 || event.purpose !== 'confirmation' || study.attempts.some(({ trial }) => trial === event.trial);
  return known ? study.attempts : [...study.attempts, { trial: event.trial, startedAt: event.time }];
}

function changeRepeat(
  study: Study,
  { trial, repeat }: { readonly trial: number; readonly repeat: number },
  change: (repeat: Repeat) => Partial<Repeat>,
): readonly Trial[] {
  return study.trials.map((each) => {
    const found = each.number === trial ? each.repetitions.find((one) => one.repeat === repeat) : undefined;
    return found?.state === 'running' ? withRepeat(each, { ...found, ...change(found) }) : each;
  });
}

function withTrial(study: Study, number: number, change: (trial: Trial) => Partial<Trial>): { trials: readonly Trial[] } {
  return {
    trials: study.trials.map((trial) =>
      trial.number === number && trial.state === 'running' ? { ...trial, ...change(trial) } : trial,
    ),
  };
}

function measurementOf(event: EventOf<'metric'>): Measurement {
  const { name, value, data, source, direction, rows } = event;
  return { name, value, data, source, direction, rows };
}

function metricOf(result: Measurement): Study['metric'] {
  const { name, data, source, direction } = result;
  return { name, data, source, direction };
}
