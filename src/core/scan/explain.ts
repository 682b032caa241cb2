import type { MissingName } from '../python/flow/Interpreter.ts';
import type { Trace } from '../python/flow/followModule.ts';
import { positionAt } from '../python/Source.ts';
import type { Ranged } from '../python/Ast.ts';
import type { Training } from './findTrainings.ts';
import { importedPaths } from './importedPaths.ts';
import type { Family, Framework } from './Script.ts';
import { leafOf, rootOf } from './canonicalPath.ts';

const NAMES: Readonly<Record<Framework, string>> = {
  keras: 'Keras',
  sklearn: 'scikit-learn',
  pytorch: 'PyTorch',
  xgboost: 'XGBoost',
  lightgbm: 'LightGBM',
  catboost: 'CatBoost',
  none: 'hand-written',
};
const FAMILIES: Readonly<Record<Family, string>> = {
  cnn: 'convolutional network',
  dense: 'network',
  rnn: 'recurrent network',
  transfer: 'pretrained network',
  classical: 'model',
  boosting: 'model',
  none: 'model',
};

/** Why a script counts as one that trains, in one sentence. */
export function explainTraining(
  trace: Trace,
  trainings: readonly Training[],
  framework: Framework,
  family: Family,
  live: boolean,
  missing: MissingName | null,
): string {
  const training = trainings.find((other) => other.framework === framework) ?? trainings[0];
  if (training === undefined) return '';
  const made = training.models.find((model) => model.framework === framework && family !== 'cnn' && family !== 'rnn');
  const what =
    framework === 'sklearn' && made
      ? `scikit-learn's ${leafOf(made.path)}`
      : `${framework === 'xgboost' ? 'an' : 'a'} ${NAMES[framework]} ${FAMILIES[family]}`;
  const where = `${call(training)} ${place(training.call.node, trace)}`;
  const caveat = describeProblems(trace);
  if (!live)
    return `A function here trains ${what} (${where}), but only where other code calls it: running this file trains nothing${caveat}.`;
  if (missing !== null)
    return `It trains ${what} (${where}), but it cannot run on its own: ${missing.name} is used ${place(missing.node, trace)} and defined nowhere${caveat}.`;
  return `Running it trains ${what}: ${where}${caveat}.`;
}

/** Why a script counts as one that does not train, in one sentence. */
export function explainIdle(trace: Trace, uncalled: readonly Training[]): string {
  const caveat = describeProblems(trace);
  const [first] = uncalled;
  if (first !== undefined)
    return `${call(first)} ${place(first.call.node, trace)} is in code that running this file never reaches${caveat}.`;
  if (trace.incomplete) return 'It was given up on after too many steps; nothing that trains was found until then.';
  const roots = new Set(importedPaths(trace.module).map(rootOf));
  const library = ['keras', 'tensorflow', 'sklearn', 'torch', 'xgboost', 'lightgbm', 'catboost'].find((root) => roots.has(root));
  const hidden = hiddenBy(trace);
  if (library === undefined) return `It imports no machine-learning library${hidden}.`;
  return `It imports ${library} but calls nothing that trains a model${hidden}.`;
}

/** A syntax error may hide what trains: here, or in a module of the folder that is imported. */
function hiddenBy(trace: Trace): string {
  const own = describeProblems(trace);
  if (own !== '') return own.endsWith('syntax error') ? `${own}, which may hide it` : own;
  const first = trace.modules.flatMap(({ problems }) => problems).find(({ kind }) => kind === 'error');
  return first === undefined ? '' : `; line ${first.line} of ${first.source.path} has a syntax error, which may hide it`;
}

function call(training: Training): string {
  return training.call.name === 'backward' ? 'backward() and an optimizer step' : `${training.call.name.replace('super.', '')}()`;
}

function place(node: Ranged, trace: Trace): string {
  const { line } = positionAt(node.source, node.start);
  const cell = node.source.cell === null ? '' : ` of cell ${node.source.cell}`;
  return node.source.path === trace.module.path ? `on line ${line}${cell}` : `in ${node.source.path}, line ${line}`;
}

function describeProblems(trace: Trace): string {
  const { problems } = trace.module;
  const error = problems.find((problem) => problem.kind === 'error');
  const cell = (source: Ranged['source']): string => (source.cell === null ? '' : ` of cell ${source.cell}`);
  const deep = problems.find((problem) => problem.kind === 'depth');
  if (deep !== undefined) return `; line ${deep.line} is nested too deeply to be read`;
  const old = problems.find((problem) => problem.kind === 'python2');
  if (old !== undefined) return `; it is written for Python 2 (line ${old.line}${cell(old.source)})`;
  return error === undefined ? '' : `; line ${error.line}${cell(error.source)} has a syntax error`;
}
