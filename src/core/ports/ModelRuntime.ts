import type { CheckRuntime } from '../evaluation/ModelCheck.ts';
import type { Progress } from './Runtime.ts';

/** A model ready to be asked. The caller disposes it, which ends its process. */
export interface LoadedModel {
  readonly runtime: CheckRuntime;
  /**
   * What the model answers, flat, one row of `width` numbers for each row of `inputs`.
   * @param inputs flat, in C order
   * @param shape of the inputs, rows first
   * @throws HoneError `model-unreadable` where the shapes do not fit the model
   */
  predict(inputs: Float32Array, shape: readonly number[]): Promise<{ readonly values: Float32Array; readonly width: number }>;
  dispose(): void;
}

/** Runs models that are plain layers and numbers, in a process of its own: neither in the container nor in the editor. */
export interface ModelRuntime {
  /**
   * Loads the model of a folder with `model.json` and `weights.bin`.
   * @throws HoneError `model-unreadable` where it is damaged, too large, or of layers that are not known here; `cancelled`
   */
  load(folder: string, signal: AbortSignal): Promise<LoadedModel>;
  /**
   * Installs what computes models faster than WebAssembly; resolves with what was done, in a sentence.
   * @param interpreter one that may have TensorFlow, absolute; null where there is none
   * @throws HoneError `model-unreadable` where it cannot be had, with the reason; `cancelled`
   */
  install(interpreter: string | null, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<string>;
}
