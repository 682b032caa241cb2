import type { LayersModel } from '@tensorflow/tfjs-layers';
import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { TensorFlow } from './openTensorFlow.ts';

/** A model's answer to inputs, flat, with the length of its rows. */
export type Predict = (
  inputs: Float32Array,
  shape: readonly number[],
) => Promise<{ readonly values: Float32Array; readonly width: number }>;

/** A file is read whole; one that is larger than this is not for this machine's memory. */
const MOST_BYTES = 500_000_000;
const MOST_TOPOLOGY_BYTES = 20_000_000;
const ROWS_AT_ONCE = 128;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const weight = v.object({ offset: count, kind: v.literal('float32'), shape: v.pipe(v.array(count), v.maxLength(8)) });
const exported = v.object({
  version: v.literal(1),
  topology: v.looseObject({ class_name: v.string() }),
  layers: v.array(v.object({ name: v.string(), weights: v.array(weight) })),
  sha256: v.string(),
});

/** Builds a model from `model.json` and `weights.bin` of a folder. Throws an Error whose message is for a person. */
export async function buildModel(tf: TensorFlow, folder: string): Promise<Predict> {
  const described = parseExport((await readBounded(join(folder, 'model.json'), MOST_TOPOLOGY_BYTES)).toString('utf8'));
  const weights = await readBounded(join(folder, 'weights.bin'), MOST_BYTES);
  if (createHash('sha256').update(weights).digest('hex') !== described.sha256) {
    throw new Error('weights.bin is not what was exported: it was changed or cut off.');
  }
  const model = await tf.modelFromJSON(described.topology as never);
  for (const { name, weights: places } of described.layers) {
    model.getLayer(name).setWeights(places.map(({ offset, shape }) => tf.tensor(floatsAt(weights, offset, shape), [...shape])));
  }
  return async (inputs, shape) => predict(tf, model, inputs, shape);
}

function parseExport(text: string): v.InferOutput<typeof exported> {
  try {
    return v.parse(exported, JSON.parse(text));
  } catch (error) {
    throw new Error('model.json is no exported model.', { cause: error });
  }
}

async function readBounded(path: string, most: number): Promise<Buffer> {
  const found = await lstat(path).catch(() => null);
  if (found === null || !found.isFile()) throw new Error('The exported model is not complete.');
  if (found.size > most) throw new Error(`The exported model is larger than ${most / 1e6} MB.`);
  return readFile(path);
}

function floatsAt(bytes: Buffer, offset: number, shape: readonly number[]): Float32Array {
  const length = 4 * shape.reduce((product, size) => product * size, 1);
  if (offset + length > bytes.length) throw new Error('weights.bin is shorter than the model needs.');
  return new Float32Array(new Uint8Array(bytes.subarray(offset, offset + length)).buffer);
}

async function predict(
  tf: TensorFlow,
  model: LayersModel,
  inputs: Float32Array,
  [rows = 0, ...rest]: readonly number[],
): ReturnType<Predict> {
  const size = rest.reduce((product, one) => product * one, 1);
  const parts: Float32Array[] = [];
  for (let start = 0; start < rows; start += ROWS_AT_ONCE) {
    const end = Math.min(rows, start + ROWS_AT_ONCE);
    const answer = tf.tidy(() => {
      const answers = model.predict(tf.tensor(inputs.subarray(start * size, end * size), [end - start, ...rest]));
      if (Array.isArray(answers)) throw new Error('The model has several outputs.');
      return answers;
    });
    parts.push((await answer.data()) as Float32Array);
    answer.dispose();
  }
  const values = new Float32Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return { values, width: rows === 0 ? 0 : values.length / rows };
}
