import type { Dimension, SearchPlan } from '../../src/core/study/SearchPlan.ts';
import type { StudyPlan } from '../../src/core/study/StudyPlan.ts';

/** The plan of a study; a test says what is different. */
export function buildPlan(search: Partial<SearchPlan> = {}, parts: Partial<StudyPlan> = {}): StudyPlan {
  return {
    version: 1,
    study: 'digits-1',
    kind: 'study',
    name: null,
    folder: '/folder',
    root: '',
    script: 'train.py',
    framework: 'sklearn',
    family: 'classical',
    task: 'classification',
    metric: null,
    target: null,
    runtime: 'local',
    image: null,
    interpreter: '/usr/bin/python3',
    command: { script: 'train.py', module: false, arguments: [], directory: '', environment: {}, environmentFile: null },
    assignment: {},
    preload: [],
    watch: [],
    search: buildSearch(search),
    snapshot: [],
    links: [],
    data: [],
    limits: { memoryBytes: null, cpus: null, trialMinutes: null, artifactBytes: 1 },
    notes: [],
    network: false,
    seed: 0,
    createdAt: 0,
    ...parts,
  };
}

export function buildSearch(parts: Partial<SearchPlan> = {}): SearchPlan {
  return {
    strategy: 'tpe',
    dimensions: [buildDimension({ id: 'SVC.C', name: 'C' }), buildDimension({ id: 'SVC.gamma', name: 'gamma', value: 0.01 })],
    budget: { trials: null, minutes: null, patience: null },
    confirmationSeeds: null,
    candidates: [],
    tweak: null,
    maxCost: { seconds: null, parameters: null },
    jobs: 1,
    ...parts,
  };
}

/** A number, to be searched a factor of ten to both sides. */
export function buildDimension(parts: Partial<Dimension> = {}): Dimension {
  const { value = 1 } = parts;
  const at = typeof value === 'number' ? value : 1;
  return {
    id: 'fit.learning_rate',
    name: 'learning_rate',
    group: 'training',
    value,
    range: { kind: 'float', low: at / 10, high: at * 10, log: true },
    own: false,
    places: [],
    ...parts,
  };
}
