import type { Assignment } from '../../src/core/space/Assignment.ts';
import type { Decision } from '../../src/core/study/Decision.ts';
import { decide } from '../../src/core/study/decide.ts';
import type { JournalBody, JournalEvent, Measurement, Numbers, TrialEndState } from '../../src/core/study/JournalEvent.ts';
import { settleSuggestion } from '../../src/core/study/policy/settleSuggestion.ts';
import { applyEvent } from '../../src/core/study/reduceStudy.ts';
import type { Study } from '../../src/core/study/Study.ts';
import type { StudyPlan } from '../../src/core/study/StudyPlan.ts';
import type { SuggestRequest } from '../../src/core/study/SuggestRequest.ts';
import type { verdict } from '../../src/core/study/verdict.ts';
import { drawAtRandom } from '../../src/core/study/policy/drawAtRandom.ts';

type TrialDecision = Extract<Decision, { kind: 'trial' }>;

/** What a script would do with an assignment and a seed. */
export interface SimulatedRun {
  readonly value: number | null;
  /** The same metric on validation data, where the script has some. */
  readonly validation?: number;
  readonly state?: TrialEndState;
  readonly seconds?: number;
  readonly rows?: number;
  readonly parameters?: number;
  readonly reason?: string;
  readonly epochs?: readonly Numbers[];
}

export interface Simulation {
  readonly study: Study;
  readonly events: readonly JournalEvent[];
  readonly decisions: readonly Decision[];
}

/** What a simulated study needs from outside: a suggestion, answered by an assignment, or a trial, answered by what came of it. */
export type Need = Extract<Decision, { kind: 'trial' | 'suggest' }>;

/** A study as a supervisor would carry it, without anything that runs: yields what a suggester is asked, and is told its answer. */
export function* simulateStudy(
  plan: StudyPlan,
  evaluate: (decision: TrialDecision) => SimulatedRun,
  onStudy: (study: Study) => JournalBody | null = () => null,
): Generator<SuggestRequest, Simulation, Assignment> {
  const study = playStudy(plan, onStudy);
  let step = study.next();
  while (step.done !== true)
    step = study.next(step.value.kind === 'trial' ? evaluate(step.value) : { assignment: yield step.value.request });
  return step.value;
}

/**
 * The same, which yields trials, too. Of those side by side the one that began first ends first. Time passes only while trials run. With `judge`, which is `verdict` or nothing, trials are ended after an epoch as
 * a supervisor would end them.
 */
export function* playStudy(
  plan: StudyPlan,
  onStudy: (study: Study) => JournalBody | null = () => null,
  judge: typeof verdict = () => null,
): Generator<Need, Simulation, SimulatedRun | { readonly assignment: Assignment }> {
  const events: JournalEvent[] = [];
  const decisions: Decision[] = [];
  let study: Study | null = null;
  let time = 1000;
  const record = (body: JournalBody): Study => {
    const event = { ...body, sequence: events.length + 1, time };
    events.push(event);
    study = applyEvent(study, event);
    if (study === null) throw new Error('A journal begins with study-created.');
    return study;
  };
  const { study: id, kind, name, root, script, runtime, metric, target, search } = plan;
  const limited = search === null ? {} : { maxCost: search.maxCost, confirmationSeeds: search.confirmationSeeds };
  record({ type: 'study-created', study: id, kind, name, root, script, runtime, metric, target, notes: [], ...limited });
  let known = record({ type: 'supervisor-started', pid: 1, version: '0' });
  const running: (readonly JournalBody[])[] = [];
  const finish = (rest: readonly JournalBody[]): Study => {
    for (const body of rest) {
      if (body.type === 'trial-ended') time += body.seconds * 1000;
      known = record(body);
      const pruned = body.type === 'epoch' ? prune(plan, known, body, judge) : null;
      if (pruned !== null) return record(pruned);
    }
    return known;
  };
  for (;;) {
    const asked = onStudy(known);
    if (asked !== null) known = record(asked);
    const decision = decide(plan, known);
    decisions.push(decision);
    if (decisions.length > 20_000) throw new Error('The study does not end.');
    switch (decision.kind) {
      case 'end':
        known = record({ type: 'study-ended', state: decision.state, reason: decision.reason });
        return { study: known, events, decisions };
      case 'propose': {
        const { kind: _, ...suggestion } = decision;
        known = record({ type: 'trial-suggested', ...suggestion });
        break;
      }
      case 'suggest': {
        const { trial, origin, base } = decision;
        const answer = yield decision;
        if (!('assignment' in answer)) throw new Error('A suggestion was asked for.');
        const assignment = settleSuggestion(plan, known, trial, { ...base, ...answer.assignment });
        known = record(
          assignment === null
            ? { type: 'search-ended', reason: 'nothing is left' }
            : { type: 'trial-suggested', trial, purpose: 'search', assignment, origin },
        );
        break;
      }
      case 'trial': {
        const run = yield decision;
        if ('assignment' in run) throw new Error('A trial was to be run.');
        const [started, ...rest] = eventsOf(decision, run);
        known = record(started);
        running.push(rest);
        if (running.length >= (search?.jobs ?? 1)) known = finish(running.shift() ?? []);
        break;
      }
      case 'pause':
        known = record({ type: 'request', request: 'pause', asksMinutes: decision.asksMinutes ?? undefined });
        break;
      case 'wait':
        if (running.length === 0) throw new Error('A simulation waits for nothing.');
        known = finish(running.shift() ?? []);
        break;
      case 'tweak':
        throw new Error('No tweak script runs in a simulation.');
    }
  }
}

/** The end of a trial that need not go on after an epoch; repeats do. */
function prune(
  plan: StudyPlan,
  study: Study,
  { trial, repeat }: { readonly trial: number; readonly repeat: number },
  judge: typeof verdict,
): Extract<JournalBody, { type: 'trial-ended' }> | null {
  const running = study.trials.find(({ number }) => number === trial);
  const reason = running === undefined || repeat > 0 ? null : judge(plan, study, running);
  if (reason === null) return null;
  const rest = { exitCode: null, signal: null, error: null, artifacts: [], parameters: null, unexecuted: [] };
  return { type: 'trial-ended', trial, repeat, state: 'pruned', result: null, seconds: 0, reason, ...rest };
}

/** Carries a simulated study to its end with a suggester that draws at random, the same for the same request. */
export function finishStudy(simulation: Generator<SuggestRequest, Simulation, Assignment>): Simulation {
  let step = simulation.next();
  while (step.done !== true) step = simulation.next(drawAtRandom(step.value));
  return step.value;
}

function eventsOf(
  { trial, repeat, assignment, seed, purpose }: TrialDecision,
  run: SimulatedRun,
): readonly [JournalBody, ...JournalBody[]] {
  const { value, validation, state = 'complete', seconds = 1, rows = null, parameters = null, reason = null, epochs = [] } = run;
  const measured = { name: 'accuracy', source: 'hook', direction: 'maximize', rows } as const;
  const result: Measurement | null = state === 'complete' ? { ...measured, data: 'test', value } : null;
  const rest = { exitCode: 0, signal: null, error: null, artifacts: [], parameters, unexecuted: [] };
  return [
    { type: 'trial-started', trial, repeat, assignment, seed, purpose },
    ...epochs.map(
      (metrics, index) => ({ type: 'epoch', trial, repeat, epoch: index + 1, epochs: epochs.length, metrics }) as const,
    ),
    ...(validation === undefined
      ? []
      : [{ type: 'metric', trial, repeat, ...measured, value: validation, data: 'validation' } as const]),
    { type: 'trial-ended', trial, repeat, state, result, seconds, reason, ...rest },
  ];
}
