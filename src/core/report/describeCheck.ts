import { isSame, type CheckRuntime, type ModelCheck } from '../evaluation/ModelCheck.ts';
import { formatName, formatValue } from './formatMetric.ts';

const RUNTIMES: Readonly<Record<CheckRuntime, string>> = {
  'tfjs-node': 'TensorFlow.js, native',
  'tfjs-wasm': 'TensorFlow.js on WebAssembly',
};

/** A check in one sentence: `Checked outside the container: accuracy 97.2 % of 450 rows, the same (TensorFlow.js on WebAssembly).` */
export function describeCheck(check: ModelCheck): string {
  const { metric, inside, outside, rows, otherLabels, runtime } = check;
  const found = `${formatName(metric)} ${formatValue(metric, outside)} of ${rows} rows`;
  const by = `(${RUNTIMES[runtime]})`;
  if (isSame(check)) return `Checked outside the container: ${found}, the same ${by}.`;
  const labels = otherLabels === null ? '' : `; ${otherLabels} ${otherLabels === 1 ? 'row gets' : 'rows get'} another class`;
  return `Checked outside the container: ${found}, but the trial had ${formatValue(metric, inside)}${labels} ${by}. Its number may not be of the model that it left.`;
}
