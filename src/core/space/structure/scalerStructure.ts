import type { Expression } from '../../python/Ast.ts';
import type { Trace } from '../../python/flow/followModule.ts';
import type { Call, Value } from '../../python/flow/Value.ts';
import { walkExpressions } from '../../python/walkExpressions.ts';
import { canonicalPath } from '../../scan/canonicalPath.ts';
import type { Parents } from '../Parents.ts';
import { keyOf } from '../Site.ts';
import { importAt } from './importAt.ts';
import { changeAt, type StructureDraft } from './StructureDraft.ts';

/** Estimators that measure distances or follow gradients, which features of unlike scales mislead. */
const SCALED =
  /^sklearn\..*\b(?:SVC|SVR|NuSVC|NuSVR|LinearSVC|LinearSVR|KNeighbors(?:Classifier|Regressor)|RadiusNeighbors(?:Classifier|Regressor)|LogisticRegression|SGD(?:Classifier|Regressor)|MLP(?:Classifier|Regressor)|Perceptron|PassiveAggressive(?:Classifier|Regressor)|RidgeClassifier|Ridge|Lasso|ElasticNet)$/u;
/** Methods that a pipeline has, too, and hands on. */
const METHODS = new Set(['fit', 'predict', 'predict_proba', 'predict_log_proba', 'decision_function', 'score']);
/** Functions that take any estimator. */
const FUNCTIONS =
  /^(?:builtins\.(?:print|len|zip|enumerate|list)|sklearn\.(?:model_selection\.(?:_validation\.)?|cross_validation\.)(?:cross_val_score|cross_val_predict|cross_validate|learning_curve)|sklearn\.metrics\..*)$/u;
/** Data that is scaled, sparse, text or pictures already, or whose scale means something; and code that looks into an estimator. */
const UNFIT =
  /Scaler\b|\bscale\(|\bnormalize\(|Normalizer|QuantileTransformer|PowerTransformer|Vectorizer|OneHotEncoder|TfidfTransformer|svmlight|scipy\.sparse|csr_matrix|\.get_params\b|\.set_params\b|\.partial_fit\b|\bsample_weight\b|precomputed|__class__|__name__(?!\s*==)|\btype\(|\bmake_pipeline\b|\bPipeline\b|StandardScaler|isinstance|\bclone\(|\/\s*255|\.get_booster|\.toarray\(/u;

/** Whether a scaler stands before an estimator that profits from one: 0 now, 1 wraps the estimator in a pipeline with it. */
export function scalerStructure(
  trace: Trace,
  calls: readonly Call[],
  trained: ReadonlySet<Call>,
  parents: Parents,
): StructureDraft[] {
  const { module } = trace;
  if (module.sources.some(({ text }) => UNFIT.test(text)) || readsFitted(trace)) return [];
  const uses = usesOf(calls);
  const candidates = new Map<string, Call>();
  for (const call of calls) {
    if (call.callee.kind !== 'external' || !SCALED.test(canonicalPath(call.callee.path))) continue;
    if (trained.has(call) && call.node.source.path === module.path) candidates.set(keyOf(call.node), call);
  }
  return [...candidates.values()].flatMap((call): StructureDraft[] => {
    const own = uses.get(call) ?? [];
    if (own.length === 0 || !own.every((use) => use === 'allowed') || !isNamedPlainly(call, trace, parents)) return [];
    const { source, start, end } = call.node;
    const imports = importAt(trace, call.node, [
      { module: 'sklearn.pipeline', name: 'make_pipeline' },
      { module: 'sklearn.preprocessing', name: 'StandardScaler' },
    ]);
    if (imports === null) return [];
    const wrapped = [
      ...imports,
      changeAt(source, start, start, ['make_pipeline(StandardScaler(), ']),
      changeAt(source, end, end, [')']),
    ];
    return [{ name: 'scaler', place: call.node, value: 0, more: [wrapped], fewer: [] }];
  });
}

/** Whether something reads what an estimator learnt, as `coef_`, which a pipeline does not have. */
function readsFitted({ module }: Trace): boolean {
  for (const expression of walkExpressions(module.body)) {
    if (expression.kind === 'attribute' && /[a-z]_$/u.test(expression.name) && expression.name !== 'classes_') return true;
  }
  return false;
}

/** For each estimator how every call uses it. */
function usesOf(calls: readonly Call[]): ReadonlyMap<Call, ('allowed' | 'other')[]> {
  const uses = new Map<Call, ('allowed' | 'other')[]>();
  for (const call of calls) {
    const note = (value: Value, use: 'allowed' | 'other', depth = 0): void => {
      if (depth > 8) return;
      if (value.kind === 'result') uses.set(value.call, [...(uses.get(value.call) ?? []), use]);
      else if (value.kind === 'choice') for (const option of value.options) note(option, use, depth + 1);
      else if (value.kind === 'sequence') for (const item of value.items) note(item, use, depth + 1);
      else if (value.kind === 'dict') for (const item of [...value.entries.values(), ...value.rest]) note(item, use, depth + 1);
      else if (value.kind === 'item') note(value.of, use, depth + 1);
      else if (value.kind === 'member') note(value.object, 'other', depth + 1);
      else if (value.kind === 'derived') for (const from of value.from) note(from, 'other', depth + 1);
    };
    const { callee } = call;
    if (callee.kind === 'member') note(callee.object, METHODS.has(callee.name) ? 'allowed' : 'other');
    else note(callee, 'other');
    const takes = callee.kind === 'external' && FUNCTIONS.test(canonicalPath(callee.path));
    for (const { value } of call.args) note(value, takes ? 'allowed' : 'other');
  }
  return uses;
}

/** Whether the names that an estimator is bound to are used for its methods alone. */
function isNamedPlainly(call: Call, { module }: Trace, parents: Parents): boolean {
  const name = parents.variableOf(call.node);
  if (name === null) return true;
  for (const expression of walkExpressions(module.body)) {
    if (expression.kind === 'attribute' && isName(expression.object, name) && !METHODS.has(expression.name)) return false;
  }
  return true;
}

function isName(expression: Expression, name: string): boolean {
  return expression.kind === 'name' ? expression.id === name : expression.kind === 'attribute' && expression.name === name;
}
