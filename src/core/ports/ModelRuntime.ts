import type { CheckRuntime } from '../evaluation/ModelCheck.ts';

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
}
