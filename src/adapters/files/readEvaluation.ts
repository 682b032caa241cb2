import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import type { Evaluation } from '../../core/evaluation/Evaluation.ts';
import { parseEvaluationSample, type SampleArray } from '../../core/evaluation/EvaluationSample.ts';

const MOST_JSON_BYTES = 4_000_000;
const MOST_ARRAY_BYTES = 64_000_000;

/**
 * Reads the sample that untrusted code left in a folder. Links are not followed, and what is too large is not read.
 * @throws HoneError `not-found` where there is none, with the reason that the runner gave; `protocol` where it is damaged
 */
export async function readEvaluation(folder: string): Promise<Evaluation> {
  const text = await readBounded(join(folder, 'sample.json'), MOST_JSON_BYTES);
  if (text === null) {
    throw new HoneError('not-found', 'The trial kept no sample of what it was measured on.', {
      next: 'Scripts that measure on test or validation data leave one: run the trial again.',
    });
  }
  const sample = parseEvaluationSample(text.toString('utf8'));
  if (sample === null) throw damaged('sample.json is no sample');
  if (sample.reason !== null)
    throw new HoneError('not-found', `The trial kept no sample of what it was measured on: ${sample.reason}`);
  const bytes = await readBounded(join(folder, 'arrays.bin'), MOST_ARRAY_BYTES);
  if (bytes === null) throw damaged('arrays.bin is not there');
  if (createHash('sha256').update(bytes).digest('hex') !== sample.sha256) throw damaged('arrays.bin was changed or cut off');
  return {
    sample,
    inputs: sample.inputs.kind === 'float64' ? Float32Array.from(doubles(bytes, sample.inputs)) : floats(bytes, sample.inputs),
    outputs: floats(bytes, sample.outputs),
    truth: [...(sample.truth.kind === 'int32' ? integers(bytes, sample.truth) : floats(bytes, sample.truth))],
  };
}

async function readBounded(path: string, most: number): Promise<Buffer | null> {
  const found = await lstat(path).catch(() => null);
  if (found === null || !found.isFile()) return null;
  if (found.size > most) throw damaged(`it is larger than ${most / 1e6} MB`);
  return readFile(path);
}

function floats(bytes: Buffer, place: SampleArray): Float32Array {
  return new Float32Array(sliceOf(bytes, place));
}

function doubles(bytes: Buffer, place: SampleArray): Float64Array {
  return new Float64Array(sliceOf(bytes, place));
}

function integers(bytes: Buffer, place: SampleArray): Int32Array {
  return new Int32Array(sliceOf(bytes, place));
}

/** Copied, since a view has to begin at a multiple of four. Every machine that runs this is little-endian, as the file is. */
function sliceOf(bytes: Buffer, { offset, kind, shape }: SampleArray): ArrayBuffer {
  const length = (kind === 'float64' ? 8 : 4) * shape.reduce((product, size) => product * size, 1);
  if (offset + length > bytes.length) throw damaged('arrays.bin is shorter than it says');
  return new Uint8Array(bytes.subarray(offset, offset + length)).buffer;
}

function damaged(why: string): HoneError {
  return new HoneError('protocol', `The sample of the trial is damaged: ${why}.`, {
    next: 'Run the trial again to make it anew.',
  });
}
