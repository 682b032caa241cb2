import type { Metric } from '../scan/Script.ts';
import { diffLines } from './diffLines.ts';
import { runFacts, type Fact, type FactSection } from './runFacts.ts';
import type { Study, Trial, TrialState } from './Study.ts';
import type { StudyPlan } from './StudyPlan.ts';

/** A run, and the texts of those of its files that are not the same in the other; null where it has none of that path. */
export interface ComparedRun {
  readonly study: Study;
  readonly plan: StudyPlan;
  /** Null where none began. */
  readonly trial: Trial | null;
  readonly files: ReadonlyMap<string, string>;
}

export interface RunSummary {
  readonly study: string;
  readonly trial: number | null;
  readonly name: string | null;
  readonly script: string;
  readonly state: TrialState | Study['state'];
  readonly metric: Metric | null;
  readonly value: number | null;
  readonly facts: readonly Fact[];
}

export interface FactDifference {
  readonly section: FactSection;
  readonly name: string;
  /** Null where a run has no such fact: it is absent, or as the code has it. */
  readonly values: readonly [string | null, string | null];
}

export interface FileDifference {
  /** Relative to the snapshot's root, with `/`. */
  readonly path: string;
  readonly texts: readonly [string | null, string | null];
  /** Unified, without a header. */
  readonly diff: string;
}

/** What `compare --json` prints. Programs are written against it: add to it, never change it. */
export interface Comparison {
  readonly version: 1;
  readonly runs: readonly [RunSummary, RunSummary];
  /** The second value less the first; null where the two are not of one metric on one kind of data. */
  readonly difference: number | null;
  readonly differences: readonly FactDifference[];
  readonly files: readonly FileDifference[];
}

/** How two runs differ: what came of them, what was set, what they ran in, and their sources. */
export function compareRuns(first: ComparedRun, second: ComparedRun): Comparison {
  const runs = [summarize(first), summarize(second)] as const;
  return {
    version: 1,
    runs,
    difference: valueDifference(...runs),
    differences: factDifferences(runs[0].facts, runs[1].facts),
    files: fileDifferences(first.files, second.files),
  };
}

function summarize({ study, plan, trial }: ComparedRun): RunSummary {
  const result = trial?.result ?? null;
  const { name = null, data, source, direction } = result ?? {};
  return {
    study: study.id,
    trial: trial?.number ?? null,
    name: study.name,
    script: study.script,
    state: trial?.state ?? study.state,
    metric:
      name === null || data === undefined || source === undefined || direction === undefined
        ? null
        : { name, data, source, direction },
    value: trial?.value ?? null,
    facts: runFacts(study, plan, trial),
  };
}

function valueDifference(first: RunSummary, second: RunSummary): number | null {
  const same = first.metric?.name === second.metric?.name && first.metric?.data === second.metric?.data;
  return !same || first.value === null || second.value === null ? null : second.value - first.value;
}

function factDifferences(first: readonly Fact[], second: readonly Fact[]): readonly FactDifference[] {
  const key = ({ section, name }: Fact): string => `${section}\n${name}`;
  const others = new Map(second.map((fact) => [key(fact), fact]));
  const own = new Set(first.map(key));
  const pairs = [
    ...first.map((fact) => [fact, others.get(key(fact)) ?? null] as const),
    ...second.filter((fact) => !own.has(key(fact))).map((fact) => [null, fact] as const),
  ];
  return pairs.flatMap(([a, b]) => {
    const { section, name } = a ?? b ?? { section: 'result', name: '' };
    return a?.value === b?.value ? [] : [{ section, name, values: [a?.value ?? null, b?.value ?? null] as const }];
  });
}

function fileDifferences(first: ReadonlyMap<string, string>, second: ReadonlyMap<string, string>): readonly FileDifference[] {
  const paths = [...new Set([...first.keys(), ...second.keys()])].sort();
  return paths.flatMap((path) => {
    const texts = [first.get(path) ?? null, second.get(path) ?? null] as const;
    return texts[0] === texts[1] ? [] : [{ path, texts, diff: diffLines(...texts) }];
  });
}
