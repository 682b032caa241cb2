import type { Metric } from '../../scan/Script.ts';
import type { Trial } from '../Study.ts';

/** The objective after each epoch, where the script tells it by epoch: it is of validation data. Empty elsewhere. */
export function intermediateValues(
  { epochs }: Pick<Trial, 'epochs'>,
  { name, data }: Metric,
): readonly { readonly step: number; readonly value: number }[] {
  if (data !== 'validation') return [];
  return epochs.flatMap(({ epoch, metrics }) => {
    const value = metrics[`val_${name}`];
    return value == null ? [] : [{ step: epoch, value }];
  });
}
