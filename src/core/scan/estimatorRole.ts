import type { Family, Framework, Task } from './Script.ts';
import { leafOf, rootOf } from './canonicalPath.ts';

/** What a class in the manner of scikit-learn is. */
export type EstimatorRole =
  | { readonly kind: 'estimator'; readonly framework: Framework; readonly family: Family; readonly task: Task }
  /** Trains what it is given: pipelines, searches, ensembles of any estimator. */
  | { readonly kind: 'wrapper' }
  /** Prepares data; its `fit` trains no model. */
  | { readonly kind: 'preprocessor' }
  | { readonly kind: 'none' };

const PREPROCESSING =
  /^(?:sklearn|imblearn)\.(?:preprocessing|impute|feature_extraction|feature_selection|decomposition|manifold|random_projection|kernel_approximation|under_sampling|over_sampling|combine|datasets|metrics|utils|inspection)\b/u;
const OTHER_PREPROCESSING = new Set([
  'category_encoders',
  'feature_engine',
  'umap',
  'sklearn_pandas',
  'scipy',
  'gensim',
  'nltk',
  'spacy',
  'sentence_transformers',
]);
const WRAPPERS =
  /^(?:Pipeline|make_pipeline|GridSearchCV|RandomizedSearchCV|Halving\w+SearchCV|BayesSearchCV|OptunaSearchCV|TuneSearchCV|TuneGridSearchCV|EvolutionaryAlgorithmSearchCV|OneVsRestClassifier|OneVsOneClassifier|OutputCodeClassifier|MultiOutput\w+|ClassifierChain|RegressorChain|Voting\w+|Stacking\w+|Bagging\w+|CalibratedClassifierCV|TransformedTargetRegressor|RFE|RFECV|SelfTrainingClassifier|TunedThresholdClassifierCV|FixedThresholdClassifier|EasyEnsembleClassifier|BalancedBaggingClassifier|clone)$/u;
const CLASSIFIERS =
  /(?:Classifier\w*|SVC|NB|Perceptron|DiscriminantAnalysis|NearestCentroid|LabelPropagation|LabelSpreading|LDA|QDA)$|^(?:LogisticRegression|LogisticRegressionCV)$/u;
const REGRESSORS =
  /(?:Regressor|Regression|SVR|Lars|LarsCV|Lasso|LassoCV|LassoIC|Ridge|RidgeCV|ElasticNet|ElasticNetCV|KernelRidge|ARDRegression|OrthogonalMatchingPursuit|OrthogonalMatchingPursuitCV|RANSACRegressor|PLSCanonical|CCA)$/u;
const MODULES =
  /^(?:sklearn|imblearn)\.(?:svm|linear_model|ensemble|tree|neighbors|naive_bayes|neural_network|cluster|mixture|discriminant_analysis|gaussian_process|kernel_ridge|cross_decomposition|isotonic|covariance|semi_supervised|dummy|lda|qda|experimental|hmm|classes)\b/u;
/** Rooms in which the framework's own estimators live, by library. */
const BOOSTERS: Readonly<Record<string, Framework>> = { xgboost: 'xgboost', lightgbm: 'lightgbm', catboost: 'catboost' };

/** What a canonical path of scikit-learn, its relatives or a boosting library is. */
export function estimatorRole(path: string): EstimatorRole {
  const name = leafOf(path);
  const root = rootOf(path);
  const booster = BOOSTERS[root];
  if (booster !== undefined) {
    return /^(?:XGB|LGBM|CatBoost|Booster)/u.test(name)
      ? { kind: 'estimator', framework: booster, family: 'boosting', task: taskOfName(name) }
      : { kind: 'none' };
  }
  if (OTHER_PREPROCESSING.has(root)) return { kind: 'preprocessor' };
  if (root === 'skopt' || root === 'mlxtend' || root === 'tune_sklearn')
    return WRAPPERS.test(name) ? { kind: 'wrapper' } : { kind: 'none' };
  if (root !== 'sklearn' && root !== 'imblearn') return { kind: 'none' };
  if (WRAPPERS.test(name)) return { kind: 'wrapper' };
  if (
    PREPROCESSING.test(path) ||
    /^(?:ColumnTransformer|FeatureUnion|make_column_transformer|make_union|NearestNeighbors|KDTree|BallTree|KNeighborsTransformer)$/u.test(
      name,
    )
  )
    return { kind: 'preprocessor' };
  if (!MODULES.test(path) || !/^[A-Z]/u.test(name)) return { kind: 'none' };
  const family = /^MLP|BernoulliRBM/u.test(name) ? 'dense' : /GradientBoosting/u.test(name) ? 'boosting' : 'classical';
  return { kind: 'estimator', framework: 'sklearn', family, task: taskOfName(name) };
}

function taskOfName(name: string): Task {
  if (CLASSIFIERS.test(name)) return 'classification';
  return REGRESSORS.test(name) ? 'regression' : 'unknown';
}
