import { HoneError } from '../base/HoneError.ts';
import type { Evaluation } from '../core/evaluation/Evaluation.ts';
import { measureOutputs, predictedClasses } from '../core/evaluation/measureOutputs.ts';
import type { ModelCheck } from '../core/evaluation/ModelCheck.ts';
import type { HonePorts } from './HonePorts.ts';
import { trialNamed } from './compareStudies.ts';
import { readStudy } from './followStudy.ts';
import type { CheckRequest } from './requests.ts';

/**
 * Computes the metric of a trial anew from the model that it left, apart from the process that trained it.
 * @throws HoneError `not-found` where it left no sample or no model, `model-unreadable` where that cannot be computed here
 */
export async function checkTrial(ports: HonePorts, request: CheckRequest, signal: AbortSignal): Promise<ModelCheck> {
  const { folder, study: id } = request;
  const study = await readStudy(ports, folder, id);
  const trial = trialNamed(study, request.trial);
  if (trial === null) throw new HoneError('not-found', `No trial of ${id} went well.`);
  const { evaluation, modelFolder } = await ports.store.readEvaluation(folder, id, trial.number);
  const { sample, outputs, inputs } = evaluation;
  if (sample.model.form !== 'layers') throw cannotCheck(evaluation);
  const model = await ports.models.load(modelFolder, signal);
  try {
    const anew = await model.predict(inputs, sample.inputs.shape);
    if (anew.values.length !== outputs.length) {
      throw new HoneError('model-unreadable', 'The exported model answers with another number of values than the trial did.');
    }
    const inside = measureOutputs(evaluation, outputs, study.metric);
    const outside = measureOutputs(evaluation, anew.values, study.metric).value;
    return {
      study: id,
      trial: trial.number,
      metric: inside.name,
      inside: inside.value,
      outside,
      difference: outside - inside.value,
      rows: sample.rows,
      ...comparison(evaluation, anew.values),
      runtime: model.runtime,
    };
  } finally {
    model.dispose();
  }
}

function comparison({ sample, outputs }: Evaluation, anew: Float32Array): Pick<ModelCheck, 'otherLabels' | 'largest'> {
  const largest = outputs.reduce((most, value, index) => Math.max(most, Math.abs(value - (anew[index] ?? NaN))), 0);
  if (sample.task === 'regression') return { otherLabels: null, largest };
  const [before, after] = [outputs, anew].map((values) => predictedClasses(values, sample.rows));
  return { otherLabels: before?.filter((label, row) => label !== after?.[row]).length ?? null, largest };
}

function cannotCheck({ sample }: Evaluation): HoneError {
  const why = sample.model.reason ?? 'it is of a kind that only its own library can run.';
  return new HoneError('model-unreadable', `The model cannot be computed outside its container: ${why}`);
}
