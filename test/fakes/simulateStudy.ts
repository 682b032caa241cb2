import type { Assignment } from '../../src/core/space/Assignment.ts';
import type { Decision } from '../../src/core/study/Decision.ts';
import { decide } from '../../src/core/study/decide.ts';
import type { JournalBody, JournalEvent, Measurement, Numbers, TrialEndState } from '../../src/core/study/JournalEvent.ts';
import { settleSuggestion } from '../../src/core/study/policy/settleSuggestion.ts';
import { applyEvent } from '../../src/core/study/reduceStudy.ts';
import type { Study } from '../../src/core/study/Study.ts';
import type { StudyPlan } from '../../src/core/study/StudyPlan.ts';
import type { SuggestRequest } from '../../src/core/study/SuggestRequest.ts';
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

/**
 * A study as a supervisor would carry it, without anything that runs: yields what a suggester is asked, and is told its answer.
 * Time passes only while trials run.
 */
export function* simulateStudy(
  plan: StudyPlan,
  evaluate: (decision: TrialDecision) => SimulatedRun,
  onStudy: (study: Study) => JournalBody | null = () => null,
): Generator<SuggestRequest, Simulation, Assignment> {
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
        const { trial, origin, base, request } = decision;
        const assignment = settleSuggestion(plan, known, trial, { ...base, ...(yield request) });
        known = record(
          assignment === null
            ? { type: 'search-ended', reason: 'nothing is left' }
            : { type: 'trial-suggested', trial, purpose: 'search', assignment, origin },
        );
        break;
      }
      case 'trial':
        for (const body of eventsOf(decision, evaluate(decision))) {
          if (body.type === 'trial-ended') time += body.seconds * 1000;
          known = record(body);
        }
        break;
      case 'tweak':
      case 'wait':
        throw new Error(`A simulation with one job came to ${decision.kind}.`);
    }
  }
}

/** Carries a simulated study to its end with a suggester that draws at random, the same for the same request. */
export function finishStudy(simulation: Generator<SuggestRequest, Simulation, Assignment>): Simulation {
  let step = simulation.next();
  while (step.done !== true) step = simulation.next(drawAtRandom(step.value));
  return step.value;
}

function eventsOf({ trial, repeat, assignment, seed, purpose }: TrialDecision, run: SimulatedRun): readonly JournalBody[] {
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
