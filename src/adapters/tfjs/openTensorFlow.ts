import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import util from 'node:util';
import type { CheckRuntime } from '../../core/evaluation/ModelCheck.ts';

/** The part of TensorFlow.js that is used here; the native package and the one on WebAssembly have it alike. */
export interface TensorFlow {
  readonly tensor: typeof core.tensor;
  readonly tidy: typeof core.tidy;
  readonly modelFromJSON: typeof layers.models.modelFromJSON;
}

/** The native package where it was installed and loads, else WebAssembly. */
export async function openTensorFlow(
  wasmFolder: string,
  nativeFolder: string,
): Promise<{ readonly tf: TensorFlow; readonly runtime: CheckRuntime }> {
  const native = nativeFolder === '' ? null : loadNative(nativeFolder);
  if (native !== null) return { tf: native, runtime: 'tfjs-node' };
  setWasmPaths(`${wasmFolder}${sep}`);
  await core.setBackend('wasm');
  await core.ready();
  return { tf: { tensor: core.tensor, tidy: core.tidy, modelFromJSON: layers.models.modelFromJSON }, runtime: 'tfjs-wasm' };
}

function loadNative(folder: string): TensorFlow | null {
  // It asks these of Node, which has let go of them since version 23.
  const missing = { isNullOrUndefined: (value: unknown) => value == null, isArray: Array.isArray };
  for (const [name, check] of Object.entries(missing)) if (!(name in util)) Object.assign(util, { [name]: check });
  try {
    const tf = createRequire(join(folder, 'package.json'))('@tensorflow/tfjs-node') as typeof core & typeof layers;
    return { tensor: tf.tensor, tidy: tf.tidy, modelFromJSON: tf.models.modelFromJSON };
  } catch {
    return null; // Not installed, or built for another machine: the other way computes the same.
  }
}
