import type { Study, Trial } from './Study.ts';
import type { StudyPlan } from './StudyPlan.ts';
import { epochsOf } from './studyDocument.ts';

export type FactSection = 'result' | 'hyperparameters' | 'settings' | 'environment';

/** One thing that can be told of a run, as text. */
export interface Fact {
  readonly section: FactSection;
  readonly name: string;
  readonly value: string;
}

/** All that decided a run, and what came of it. What was left as it is has no fact. */
export function runFacts(study: Study, plan: StudyPlan, trial: Trial | null): readonly Fact[] {
  return [
    ...section('result', resultOf(study, trial)),
    ...section('hyperparameters', trial?.hyperparameters ?? plan.assignment),
    ...section('settings', settingsOf(plan)),
    ...section('environment', environmentOf(study, plan)),
  ];
}

/** What is absent, empty or off has no fact; everything else is told as JSON, text as itself. */
function section(name: FactSection, values: Readonly<Record<string, unknown>>): readonly Fact[] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (value === null || value === undefined || value === '' || value === false) return [];
    return [{ section: name, name: key, value: typeof value === 'string' ? value : JSON.stringify(value) }];
  });
}

function resultOf(study: Study, trial: Trial | null): Readonly<Record<string, unknown>> {
  const result = trial?.result ?? null;
  return {
    state: trial?.state ?? study.state,
    reason: trial?.reason ?? study.reason,
    ...(result === null
      ? {}
      : { [result.data === 'unknown' ? result.name : `${result.name} on ${result.data} data`]: result.value ?? 'not a number' }),
    epochs: trial === null ? null : epochsOf(trial),
    seconds: trial?.seconds,
  };
}

function settingsOf({ command, script, limits, target, network, data, seed }: StudyPlan): Readonly<Record<string, unknown>> {
  return {
    script,
    arguments: command.arguments.length === 0 ? null : command.arguments.join(' '),
    module: command.module,
    directory: command.directory,
    'environment file': command.environmentFile,
    ...Object.fromEntries(Object.entries(command.environment).map(([name, value]) => [`$${name}`, value])),
    target,
    memory: limits.memoryBytes,
    cpus: limits.cpus,
    'trial minutes': limits.trialMinutes,
    network: network ? 'allowed' : 'none',
    data: data.length === 0 ? null : data.join(', '),
    seed: seed === 0 ? null : seed,
  };
}

function environmentOf(study: Study, plan: StudyPlan): Readonly<Record<string, unknown>> {
  return { runtime: study.runtime, image: study.image ?? plan.interpreter, Python: study.python, ...study.packages };
}
