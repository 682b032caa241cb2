import { HoneError } from '../base/HoneError.ts';
import { compareEvaluations } from '../core/evaluation/compareEvaluations.ts';
import type { Evaluation } from '../core/evaluation/Evaluation.ts';
import type { Mistake, ModelView } from '../core/evaluation/ModelView.ts';
import { mistakesAt, viewModel } from '../core/evaluation/viewModel.ts';
import type { LoadedModel } from '../core/ports/ModelRuntime.ts';
import { trialNamed } from './compareStudies.ts';
import { readStudy } from './followStudy.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import type { CheckRequest } from './requests.ts';

/** A trial's model that somebody looks at. The caller disposes it, which ends the process that computes it. */
export interface OpenModel {
  readonly view: ModelView;
  /** Other trials of the study that kept a sample. */
  readonly others: readonly number[];
  /** What the model answers to one input. Throws HoneError `model-unreadable`. */
  predict(input: readonly number[]): Promise<{ readonly outputs: readonly number[]; readonly milliseconds: number }>;
  /** Rows that another trial got wrong and this one right, and the other way round, as this sample has them. Throws HoneError `usage`. */
  compare(trial: number): Promise<{ readonly mended: readonly Mistake[]; readonly broken: readonly Mistake[] }>;
  dispose(): void;
}

/**
 * Opens what a trial left of its model, the best trial's where none is named. The process that computes it starts with the first prediction.
 * @throws HoneError `not-found` where it left no sample, `protocol` where that is damaged
 */
export async function openModel(ports: HonePorts, request: CheckRequest): Promise<OpenModel> {
  const { folder, study: id } = request;
  const study = await readStudy(ports, folder, id);
  const trial = trialNamed(study, request.trial);
  if (trial === null) throw new HoneError('not-found', `${id} has no trial yet.`);
  const { evaluation, modelFolder } = await ports.store.readEvaluation(folder, id, trial.number);
  const numbers = study.trials.filter(({ state, number }) => state === 'complete' && number !== trial.number);
  const closed = new AbortController();
  let loading: Promise<LoadedModel> | null = null;
  const load = (): Promise<LoadedModel> => {
    const model = (loading ??= ports.models.load(modelFolder, closed.signal));
    model.catch(() => (loading = null)); // The next prediction tries again.
    return model;
  };
  return {
    view: viewModel(evaluation, id, trial.number, study.metric),
    others: numbers.map(({ number }) => number),
    predict: async (input) => {
      const [, ...shape] = evaluation.sample.inputs.shape;
      const size = shape.reduce((product, one) => product * one, 1);
      if (input.length !== size) throw new HoneError('usage', `The model takes ${size} numbers, and got ${input.length}.`);
      const model = await load();
      const startedAt = performance.now();
      const { values } = await model.predict(Float32Array.from(input), [1, ...shape]);
      return { outputs: [...values], milliseconds: performance.now() - startedAt };
    },
    compare: async (other) => compareWith(evaluation, (await ports.store.readEvaluation(folder, id, other)).evaluation),
    dispose: () => {
      closed.abort();
      void loading?.then(
        (model) => model.dispose(),
        () => undefined, // whoever asked for it was told
      );
    },
  };
}

function compareWith(evaluation: Evaluation, other: Evaluation): Awaited<ReturnType<OpenModel['compare']>> {
  const found = compareEvaluations(other, evaluation);
  if (found === null) {
    throw new HoneError('usage', 'The two trials were not measured on the same rows.', {
      next: 'Give the split of the data a fixed random_state, and they are.',
    });
  }
  return { mended: mistakesAt(other, found.mended), broken: mistakesAt(evaluation, found.broken) };
}
