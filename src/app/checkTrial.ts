import { HoneError } from '../base/HoneError.ts';
import type { Evaluation } from '../core/evaluation/Evaluation.ts';
import type { CheckRuntime, ModelCheck } from '../core/evaluation/ModelCheck.ts';
import { parseAnswers } from '../core/evaluation/parseAnswers.ts';
import type { Progress } from '../core/ports/Runtime.ts';
import type { KeptEvaluation } from '../core/ports/StudyStore.ts';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';
import { measureOutputs, predictedClasses } from '../core/evaluation/measureOutputs.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { trialNamed } from './compareStudies.ts';
import { readStudy } from './followStudy.ts';
import { answerAnew } from './inspectTrial.ts';
import type { CheckRequest, LookRequest } from './requests.ts';

/**
 * Computes the metric of a trial anew from the model that it left, apart from the process that trained it: by TensorFlow.js where the model has a
 * plain form, else by its own library where the trial ran.
 * @throws HoneError `not-found` where it left no sample, `model-unreadable` where its model cannot be computed anew
 */
export async function checkTrial(
  ports: HonePorts,
  request: CheckRequest,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<ModelCheck> {
  const { folder, study: id } = request;
  const study = await readStudy(ports, folder, id);
  const trial = trialNamed(study, request.trial);
  if (trial === null) throw new HoneError('not-found', `${id} has no trial yet.`);
  const kept = await ports.store.readEvaluation(folder, id, trial.number);
  const { evaluation } = kept;
  const { sample, outputs } = evaluation;
  const named = { folder, study: id, trial: trial.number };
  const anew =
    sample.model.form === 'layers'
      ? await predictHere(ports, kept, signal)
      : { values: await answerThere(ports, named, evaluation, onProgress, signal), runtime: RUNTIMES[study.runtime] };
  if (anew.values.length !== outputs.length) {
    throw new HoneError('model-unreadable', 'The model answers with another number of values than it did in the trial.');
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
    runtime: anew.runtime,
  };
}

const RUNTIMES: Readonly<Record<RuntimeKind, CheckRuntime>> = { docker: 'container', local: 'process' };

async function predictHere(
  { models }: HonePorts,
  { evaluation: { inputs, sample }, modelFolder }: KeptEvaluation,
  signal: AbortSignal,
): Promise<{ readonly values: Float32Array; readonly runtime: CheckRuntime }> {
  const model = await models.load(modelFolder, signal);
  try {
    const { values } = await model.predict(inputs, sample.inputs.shape);
    return { values, runtime: model.runtime };
  } finally {
    model.dispose();
  }
}

async function answerThere(
  ports: HonePorts,
  named: LookRequest,
  { sample }: Evaluation,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Float32Array> {
  const { form, reason } = sample.model;
  if (form === null) throw new HoneError('model-unreadable', reason ?? 'The trial left no model.');
  const answers = parseAnswers(await answerAnew(ports, named, onProgress, signal), (text) => Buffer.from(text, 'base64'));
  if (answers === null) throw new HoneError('model-unreadable', 'The model was loaded anew and gave no answer.');
  if ('reason' in answers) throw new HoneError('model-unreadable', `The model cannot be loaded anew: ${answers.reason}`);
  return answers.values;
}

function comparison({ sample, outputs }: Evaluation, anew: Float32Array): Pick<ModelCheck, 'otherLabels' | 'largest'> {
  const largest = outputs.reduce((most, value, index) => Math.max(most, Math.abs(value - (anew[index] ?? NaN))), 0);
  if (sample.task === 'regression') return { otherLabels: null, largest };
  const [before, after] = [outputs, anew].map((values) => predictedClasses(values, sample.rows));
  return { otherLabels: before?.filter((label, row) => label !== after?.[row]).length ?? null, largest };
}
