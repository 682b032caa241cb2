import { isSame, type CheckRuntime, type ModelCheck } from './ModelCheck.ts';
import { formatName, formatValue } from '../report/formatMetric.ts';

const WHERE: Readonly<Record<CheckRuntime, string>> = {
  'tfjs-node': 'outside the container, by native TensorFlow.js',
  'tfjs-wasm': 'outside the container, by TensorFlow.js on WebAssembly',
  container: 'in a fresh container',
  process: 'in a fresh process',
};

/** A check in one sentence: `Checked in a fresh container: accuracy 97.2 % of 450 rows, the same.` */
export function describeCheck(check: ModelCheck): string {
  const { metric, inside, outside, rows, otherLabels, runtime } = check;
  const found = `${formatName(metric)} ${formatValue(metric, outside)} of ${rows} rows`;
  if (isSame(check)) return `Checked ${WHERE[runtime]}: ${found}, the same.`;
  const labels = otherLabels === null ? '' : `; ${otherLabels} ${otherLabels === 1 ? 'row gets' : 'rows get'} another class`;
  return `Checked ${WHERE[runtime]}: ${found}, but the trial had ${formatValue(metric, inside)}${labels}. Its number may not be of the model that it left.`;
}
