import { join } from 'node:path';
import type { Family, Framework, Script } from '../../core/scan/Script.ts';
import { nodeView, type NodeView } from '../NodeView.ts';
import { formatData, formatName } from '../../core/report/formatMetric.ts';

const FRAMEWORKS: Record<Framework, string> = {
  keras: 'Keras',
  sklearn: 'scikit-learn',
  pytorch: 'PyTorch',
  xgboost: 'XGBoost',
  lightgbm: 'LightGBM',
  catboost: 'CatBoost',
  none: '',
};

/** Said only where it adds to the framework's name. */
const FAMILIES: Record<Family, string> = {
  cnn: 'CNN',
  dense: 'dense network',
  rnn: 'RNN',
  transfer: 'transfer learning',
  classical: '',
  boosting: '',
  none: '',
};

/** What a script is: `Keras CNN`, `scikit-learn`. */
export function describeModel(script: Script): string {
  return [FRAMEWORKS[script.framework], FAMILIES[script.family]].filter((word) => word !== '').join(' ');
}

/** A script in the tree; below it is what can be tuned. */
export function describeScript(folder: string, script: Script): NodeView {
  const slash = script.path.lastIndexOf('/');
  const file = join(folder, script.path);
  return nodeView({
    label: script.path.slice(slash + 1),
    description: [script.path.slice(0, Math.max(slash, 0)), describeModel(script)].filter((part) => part !== '').join(' · '),
    file,
    tooltip: [
      script.path,
      script.reason,
      expectation(script),
      script.runsDirectly ? '' : 'It does not train when it is run by itself.',
    ].filter((line) => line !== ''),
    children: 'collapsed',
    context: script.runsDirectly ? 'script' : 'script.indirect',
    command: { open: file, line: null },
  });
}

function expectation(script: Script): string {
  if (script.metric === null) return 'No metric was seen in the code; a printed number or a result file may serve.';
  const data = formatData(script.metric.data);
  return `Judged by ${formatName(script.metric.name)}${data === '' ? '' : ` on ${data} data`}.`;
}
