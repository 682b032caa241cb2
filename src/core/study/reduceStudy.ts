import type { JournalEvent, Measurement } from './JournalEvent.ts';
import type { Study, Trial } from './Study.ts';

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
  return { ...study, ...changeOf(study, event), sequence: event.sequence };
}

function createStudy(event: EventOf<'study-created'>): Study {
  const { kind, name, root, script, runtime, metric, target, notes } = event;
  return {
    id: event.study,
    kind,
    name,
    root,
    script,
    runtime,
    image: null,
    state: 'running',
    phase: 'preparing',
    metric,
    target,
    trials: [],
    best: null,
    reason: null,
    notes,
    packages: {},
    container: null,
    startedAt: event.time,
    endedAt: null,
    interrupted: false,
    sequence: event.sequence,
  };
}

function changeOf(study: Study, event: JournalEvent): Partial<Study> {
  switch (event.type) {
    case 'study-created':
    case 'supervisor-started':
      return {};
    case 'environment-ready':
      return { image: event.image, phase: 'starting', notes: [...new Set([...study.notes, ...(event.notes ?? [])])] };
    case 'runner-started':
      return { container: event.container };
    case 'runner-ready':
      return { packages: event.packages };
    case 'trial-started':
      return { phase: 'training', trials: startTrial(study.trials, event) };
    case 'epoch':
      return withTrial(study, event.trial, (trial) => ({
        epochs: [...trial.epochs, { epoch: event.epoch, epochs: event.epochs, metrics: event.metrics }],
      }));
    case 'metric':
      return withTrial(study, event.trial, (trial) => ({ measurements: [...trial.measurements, measurementOf(event)] }));
    case 'trial-ended':
      return endTrial(study, event);
    case 'runner-lost':
      return { container: null };
    case 'study-ended':
      return { state: event.state, reason: event.reason, phase: 'ended', endedAt: event.time, container: null };
  }
}

function startTrial(trials: readonly Trial[], event: EventOf<'trial-started'>): readonly Trial[] {
  const known = trials.some((trial) => trial.number === event.trial);
  if (known) return trials.map((trial) => (trial.number === event.trial ? { ...trial, repeats: trial.repeats + 1 } : trial));
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
    reason: null,
    error: null,
    artifacts: [],
    startedAt: event.time,
    endedAt: null,
  };
  return [...trials, trial];
}

function endTrial(study: Study, event: EventOf<'trial-ended'>): Partial<Study> {
  const changed = withTrial(study, event.trial, () => ({
    state: event.state,
    value: event.result?.value ?? null,
    result: event.result,
    seconds: event.seconds,
    reason: event.reason,
    error: event.error,
    artifacts: event.artifacts,
    endedAt: event.time,
  }));
  const metric = event.result === null ? study.metric : metricOf(event.result);
  const ended = { ...study, ...changed, metric: event.trial === 0 ? metric : study.metric };
  return { ...changed, metric: ended.metric, best: bestTrial(ended) };
}

/** The complete trial with the best value in the metric's direction; the earlier one where two are equal. */
function bestTrial(study: Study): number | null {
  const sign = study.metric?.direction === 'minimize' ? -1 : 1;
  let best: Trial | null = null;
  for (const trial of study.trials) {
    if (trial.state !== 'complete' || trial.value === null) continue;
    if (best?.value == null || sign * trial.value > sign * best.value) best = trial;
  }
  return best?.number ?? null;
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
