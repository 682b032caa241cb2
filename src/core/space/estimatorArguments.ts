/** Arguments of estimators and boosting parameters that change no result worth searching, or decide what is learnt at all. */
const NOT_TUNABLE = new Set(
  (
    'random_state random_seed seed n_jobs nthread num_threads thread_count verbose verbosity silent verbose_eval logging_level cv scoring refit ' +
    'copy_X copy copy_X_train cache_size probability warm_start oob_score store_cv_values store_cv_results objective metric eval_metric metrics ' +
    'loss_function custom_metric loss num_class num_classes use_label_encoder enable_categorical device device_type gpu_id tree_method_device ' +
    'predictor missing importance_type task_type devices train_dir allow_writing_files cat_features feature_names class_names init ' +
    'early_stopping_rounds early_stopping_round early_stopping n_iter_no_change od_wait od_type od_pval monotone_constraints interaction_constraints callbacks memory error_score return_train_score ' +
    'validation_fraction estimator base_estimator estimators final_estimator steps base_score use_best_model build_fn model module ' +
    'criterion__weight iterator_train__shuffle train_split data_random_seed feature_fraction_seed bagging_seed deterministic ' +
    'force_col_wise force_row_wise is_unbalance priors categorical_features feature_types ' +
    'threads nthreads num_thread task shuffle bin_construct_sample_cnt data two_round use_two_round_loading gpu_platform_id gpu_device_id ' +
    'gpu_use_dp num_machines local_listen_port machines header label_column validate_parameters'
  ).split(' '),
);

/** Whether an argument of an estimator is worth searching; `path` is the estimator's. */
export function isTunableArgument(name: string, path: string): boolean {
  if (name === 'metric' && /neighbors|^sklearn$/u.test(path)) return true;
  return !NOT_TUNABLE.has(name);
}

/** Names that wrapped networks have for what is canonical. */
export const CANONICAL: Readonly<Record<string, string>> = {
  max_epochs: 'epochs',
  nb_epoch: 'epochs',
  lr: 'learning_rate',
};

/** Names of positional arguments. Source: scikit-learn 1.7 and, where positions were dropped since, 0.19. */
export const POSITIONS: Readonly<Record<string, readonly string[]>> = {
  SVC: ['C', 'kernel', 'degree', 'gamma'],
  SVR: ['kernel', 'degree', 'gamma', 'coef0', 'tol', 'C', 'epsilon'],
  LinearSVC: ['penalty', 'loss', 'dual', 'tol', 'C'],
  KNeighborsClassifier: ['n_neighbors', 'weights', 'algorithm', 'leaf_size', 'p'],
  KNeighborsRegressor: ['n_neighbors', 'weights', 'algorithm', 'leaf_size', 'p'],
  RandomForestClassifier: ['n_estimators', 'criterion', 'max_depth'],
  RandomForestRegressor: ['n_estimators', 'criterion', 'max_depth'],
  ExtraTreesClassifier: ['n_estimators', 'criterion', 'max_depth'],
  ExtraTreesRegressor: ['n_estimators', 'criterion', 'max_depth'],
  DecisionTreeClassifier: ['criterion', 'splitter', 'max_depth'],
  DecisionTreeRegressor: ['criterion', 'splitter', 'max_depth'],
  LogisticRegression: ['penalty', 'dual', 'tol', 'C'],
  Ridge: ['alpha'],
  RidgeClassifier: ['alpha'],
  Lasso: ['alpha'],
  ElasticNet: ['alpha', 'l1_ratio'],
  MLPClassifier: ['hidden_layer_sizes', 'activation', 'solver', 'alpha'],
  MLPRegressor: ['hidden_layer_sizes', 'activation', 'solver', 'alpha'],
  MultinomialNB: ['alpha'],
  BernoulliNB: ['alpha'],
  KMeans: ['n_clusters'],
  GaussianMixture: ['n_components'],
  DBSCAN: ['eps', 'min_samples'],
  XGBClassifier: ['max_depth', 'learning_rate', 'n_estimators'],
  XGBRegressor: ['max_depth', 'learning_rate', 'n_estimators'],
  LGBMClassifier: ['boosting_type', 'num_leaves', 'max_depth', 'learning_rate', 'n_estimators'],
  LGBMRegressor: ['boosting_type', 'num_leaves', 'max_depth', 'learning_rate', 'n_estimators'],
  CatBoostClassifier: ['iterations', 'learning_rate', 'depth', 'l2_leaf_reg'],
  CatBoostRegressor: ['iterations', 'learning_rate', 'depth', 'l2_leaf_reg'],
};
