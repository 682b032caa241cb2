import type { Script } from '../../src/core/scan/Script.ts';
import { blankStudy } from '../../src/core/study/blankStudy.ts';
import type { Measurement } from '../../src/core/study/JournalEvent.ts';
import type { Epoch, Study, Trial } from '../../src/core/study/Study.ts';

/** A study that has just been started; a test says what is different. */
export function buildStudy(parts: Partial<Study> = {}): Study {
  return {
    ...blankStudy('digits-1'),
    script: 'train.py',
    runtime: 'docker',
    metric: { name: 'accuracy', data: 'test', source: 'hook', direction: 'maximize' },
    startedAt: 1000,
    sequence: 1,
    ...parts,
  };
}

/** A complete trial without a metric. */
export function buildTrial(parts: Partial<Trial> = {}): Trial {
  return {
    number: 0,
    state: 'complete',
    value: parts.result?.value ?? null,
    result: null,
    hyperparameters: {},
    epochs: [],
    measurements: [],
    seconds: 12,
    repeats: 0,
    repetitions: [],
    purpose: 'baseline',
    origin: null,
    files: null,
    parameters: null,
    reason: null,
    hint: null,
    error: null,
    artifacts: [],
    cut: false,
    startedAt: 1000,
    endedAt: 13_000,
    ...parts,
  };
}

export function buildMeasurement(value: number | null, parts: Partial<Measurement> = {}): Measurement {
  return { name: 'accuracy', data: 'test', source: 'hook', direction: 'maximize', rows: null, ...parts, value };
}

export function buildEpochs(count: number, of: number | null = null): readonly Epoch[] {
  return Array.from({ length: count }, (_, index) => ({
    epoch: index + 1,
    epochs: of,
    metrics: { loss: 1, accuracy: (index + 1) / 100 },
  }));
}

export function buildScript(parts: Partial<Script> = {}): Script {
  return {
    path: 'train.py',
    trains: true,
    runsDirectly: true,
    framework: 'sklearn',
    family: 'classical',
    task: 'classification',
    metric: { name: 'accuracy', data: 'test', source: 'hook', direction: 'maximize' },
    image: 'hone/sklearn',
    evidence: [{ line: 3, text: 'model.fit(X, y)' }],
    reason: 'Line 3 fits an estimator.',
    imports: ['sklearn'],
    fetches: null,
    paths: [],
    files: ['train.py'],
    needs: [],
    ...parts,
  };
}
