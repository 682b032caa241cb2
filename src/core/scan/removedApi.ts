/** Something that a release of a library took out. */
export interface RemovedApi {
  /** Installed name of the library. */
  readonly package: string;
  /** The release that took it out. */
  readonly below: string;
  /** Matches a use as `findUses` writes it. */
  readonly use: RegExp;
  /** True where docker/compatibility gives it back. */
  readonly restorable?: true;
}

const NETWORK = String.raw`(?:tensorflow\.)?(?:python\.)?keras`;
const KERAS_1_ARGUMENTS =
  'border_mode|subsample|dim_ordering|init|inner_init|inner_activation|nb_row|nb_col|W_regularizer|b_regularizer|W_constraint|output_dim|p|dropout_W|dropout_U|dropout|bias';

/** What is left of keras.backend in Keras 3, outside TensorFlow's copy. */
const KERAS_3_BACKEND =
  'clear_session|epsilon|floatx|image_data_format|is_float_dtype|is_int_dtype|is_keras_tensor|result_type|set_epsilon|set_floatx|set_image_data_format|standardize_dtype|backend|get_uid|config|common|tensorflow|torch|jax|numpy';

const keras: readonly RemovedApi[] = [
  {
    package: 'keras',
    below: '2',
    use: /\.\.(?:fit|fit_generator|fit_on_batch)\((?:nb_epoch|samples_per_epoch|nb_val_samples|nb_worker)=/u,
    restorable: true,
  },
  {
    package: 'keras',
    below: '2',
    use: /\.\.\w+_generator\((?:val_samples|nb_val_samples|nb_worker|max_q_size|pickle_safe)=/u,
    restorable: true,
  },
  {
    package: 'keras',
    below: '2',
    use: new RegExp(String.raw`^${NETWORK}\.layers\.(?:\w+\.)?(?:Atrous)?Convolution\dD\(/[34]\)`, 'u'),
    restorable: true,
  },
  {
    package: 'keras',
    below: '2',
    use: new RegExp(
      String.raw`^${NETWORK}\.layers\.(?:\w+\.)?(?:\w*Conv\w*|\w+Pooling\dD|Dense|Dropout|Embedding)\((?:${KERAS_1_ARGUMENTS})=`,
      'u',
    ),
    restorable: true,
  },
  {
    package: 'keras',
    below: '2',
    use: new RegExp(
      String.raw`^${NETWORK}\.layers\.(?:\w+\.)?(?:LSTM|GRU|SimpleRNN)\((?:output_dim|init|inner_init|inner_activation|dropout_W|dropout_U|W_regularizer|U_regularizer|b_regularizer)=`,
      'u',
    ),
    restorable: true,
  },
  {
    package: 'keras',
    below: '2',
    use: new RegExp(String.raw`^${NETWORK}\.(?:layers|engine)\.(?:merge|Merge)\(`, 'u'),
    restorable: true,
  },
  {
    package: 'keras',
    below: '2',
    use: new RegExp(String.raw`^${NETWORK}\.(?:models\.|engine\.)?(?:training\.)?Model\((?:input|output)=`, 'u'),
    restorable: true,
  },
  {
    package: 'keras',
    below: '2',
    use: new RegExp(String.raw`^${NETWORK}\.datasets\.\w+\.load_data\(nb_words=`, 'u'),
    restorable: true,
  },
  {
    package: 'keras',
    below: '2',
    use: /^keras\.(?:objectives|initializations|regularizers\.WeightRegularizer|layers\.(?:Highway|MaxoutDense)|models\.Graph)\b/u,
  },
  { package: 'keras', below: '2.3', use: /^\.history\[(?:val_)?acc\]$/u, restorable: true },
  { package: 'keras', below: '2.3', use: /\.callbacks\.\w+\(monitor='(?:val_)?acc'\)/u, restorable: true },
  { package: 'keras', below: '2.3', use: /^keras\.backend\.(?:image_dim_ordering|set_image_dim_ordering)\b/u, restorable: true },
  { package: 'keras', below: '2.6', use: /^@keras\b.*\.\.predict_(?:classes|proba)\(\)/u, restorable: true },
  { package: 'keras', below: '2.6', use: /^@\?\.\.predict_classes\(\)/u, restorable: true },
  { package: 'keras', below: '3', use: /\.\.(?:fit|evaluate|predict)_generator\(\)/u },
  {
    package: 'keras',
    below: '3',
    use: new RegExp(String.raw`^${NETWORK}\.optimizers\.(?:\w+\.)*[A-Z]\w*\((?:lr|decay)=`, 'u'),
    restorable: true,
  },
  {
    package: 'keras',
    below: '3',
    use: /^keras\.utils\.(?:np_utils|generic_utils|data_utils|vis_utils|layer_utils|io_utils|multi_gpu_model|multi_gpu_utils|training_utils|HDF5Matrix)\b/u,
  },
  {
    package: 'keras',
    below: '3',
    use: /^keras\.layers\.(?:core|convolutional|recurrent|embeddings|normalization|pooling|advanced_activations|wrappers|local|noise|merge|convolutional_recurrent|ThresholdedReLU)\b/u,
  },
  { package: 'keras', below: '3', use: /^(?:tensorflow\.)?keras\.layers\.(?:experimental|LocallyConnected\dD|CuDNN\w+)\b/u },
  {
    package: 'keras',
    below: '3',
    use: /^keras\.preprocessing\.(?:text\b|sequence\.(?:TimeseriesGenerator|skipgrams|make_sampling_table)|image\.(?:ImageDataGenerator|random_|apply_|NumpyArrayIterator|DirectoryIterator))/u,
  },
  { package: 'keras', below: '3', use: /^(?:tensorflow\.)?keras\.(?:wrappers|models\.model_from_yaml|estimator)\b/u },
  {
    package: 'keras',
    below: '3',
    use: /^keras\.(?:engine|legacy|callbacks\.callbacks|initializers\.(?:normal|uniform|one|zero)$|constraints\.(?:maxnorm|unitnorm|nonneg)\b)/u,
  },
  { package: 'keras', below: '3', use: new RegExp(String.raw`^keras\.backend\.(?!(?:${KERAS_3_BACKEND})(?![\w]))\w`, 'u') },
  { package: 'keras', below: '3', use: /^tensorflow\.python\.keras\b/u },
  { package: 'keras', below: '3', use: /^tensorflow\.compat\.v1\.keras\b|^tensorflow\.estimator\b/u },
  {
    package: 'tensorflow',
    below: '2',
    use: /^tensorflow\.(?:placeholder|Session|InteractiveSession|global_variables_initializer|initialize_all_variables|ConfigProto|GPUOptions|get_variable|variable_scope|app\.run|app\.flags|flags|layers\.|set_random_seed|reset_default_graph|random_normal|truncated_normal|matrix_inverse|train\.\w*Optimizer|nn\.softmax_cross_entropy_with_logits_v2|summary\.(?:FileWriter|merge_all|scalar\())/u,
    restorable: true,
  },
  { package: 'tensorflow', below: '2', use: /^tensorflow\.(?:contrib|examples)\b/u },
];

const sklearn: readonly RemovedApi[] = [
  {
    package: 'scikit-learn',
    below: '0.20',
    use: /^sklearn\.(?:cross_validation|grid_search|learning_curve|lda|qda)\b/u,
    restorable: true,
  },
  {
    package: 'scikit-learn',
    below: '0.20',
    use: /^sklearn\.(?:decomposition\.RandomizedPCA|mixture\.(?:GMM|VBGMM|DPGMM)|hmm)\b/u,
  },
  {
    package: 'scikit-learn',
    below: '0.22',
    use: /^sklearn\.preprocessing\.(?:data\.|imputation\.)?Imputer\b/u,
    restorable: true,
  },
  { package: 'scikit-learn', below: '0.23', use: /^sklearn\.externals\.(?:joblib|six)\b/u, restorable: true },
  {
    package: 'scikit-learn',
    below: '0.23',
    use: /^sklearn\.metrics\.jaccard_similarity_score\b|^sklearn\.datasets\.fetch_mldata\b/u,
  },
  {
    package: 'scikit-learn',
    below: '0.24',
    use: /^sklearn\.(?:utils\.testing|datasets\.(?:samples_generator|base)|ensemble\.(?:forest|gradient_boosting|weight_boosting|bagging)|linear_model\.(?:logistic|base|ridge|stochastic_gradient)|svm\.classes|tree\.tree|neighbors\.(?:classification|regression)|metrics\.(?:classification|ranking|regression|scorer)|neural_network\.multilayer_perceptron|cluster\.k_means_|preprocessing\.(?:data|label)|feature_selection\.univariate_selection|decomposition\.pca|naive_bayes\.BaseNB)\b/u,
    restorable: true,
  },
  {
    package: 'scikit-learn',
    below: '1.2',
    use: /^sklearn\.datasets\.load_boston\b|^sklearn\.metrics\.plot_(?:confusion_matrix|roc_curve|precision_recall_curve)\b/u,
  },
  { package: 'scikit-learn', below: '1.2', use: /^@sklearn\..*\.\.get_feature_names\(\)/u },
  {
    package: 'scikit-learn',
    below: '1.2',
    use: /^sklearn\.linear_model\.\w+\(normalize=|^sklearn\..*\((?:criterion='m[sa]e'|loss='(?:ls|lad)')\)/u,
  },
  {
    package: 'scikit-learn',
    below: '1.3',
    use: /^sklearn\.metrics\.SCORERS\b|^sklearn\.(?:ensemble|tree)\.\w+\(max_features='auto'\)|^sklearn\..*\(loss='(?:deviance|log)'\)/u,
  },
  {
    package: 'scikit-learn',
    below: '1.4',
    use: /^sklearn\..*OneHotEncoder\(sparse=|^sklearn\.(?:ensemble|multioutput|calibration)\.\w+\(base_estimator=|\(affinity='(?:euclidean|cosine|manhattan|l1|l2)'\)|\(penalty='none'\)/u,
  },
  { package: 'scikit-learn', below: '1.6', use: /^sklearn\.metrics\.\w+\(squared=/u },
  {
    package: 'scikit-learn',
    below: '1.8',
    use: /^sklearn\.linear_model\.LogisticRegression\w*\(multi_class=|^sklearn\.ensemble\.AdaBoostClassifier\(algorithm=/u,
  },
  { package: 'imbalanced-learn', below: '0.8', use: /^@imblearn\..*\.\.fit_sample\(\)/u },
];

const arrays: readonly RemovedApi[] = [
  { package: 'numpy', below: '1.24', use: /^numpy\.(?:float|int|bool|object|str|complex|long|unicode)(?:\(\))?$/u },
  {
    package: 'numpy',
    below: '2',
    use: /^numpy\.(?:float_|complex_|string_|unicode_|Inf|Infinity|NaN|NINF|PINF|infty|product|cumproduct|sometrue|alltrue|asfarray|find_common_type|cast|msort|row_stack)\b/u,
  },
  { package: 'numpy', below: '1.23', use: /^numpy\.asscalar\b/u },
  {
    package: 'pandas',
    below: '1',
    use: /^@pandas\b.*\.\.(?:as_matrix|get_value|set_value|get_dtype_counts)\(\)|^@\?\.\.as_matrix\(\)|^\.ix$/u,
    restorable: true,
  },
  {
    package: 'pandas',
    below: '2',
    use: /^@pandas\.(?:read_\w+|DataFrame|concat)\.\.(?:append|iteritems|mad|lookup)\(\)|^@\?\.\.iteritems\(\)/u,
  },
  {
    package: 'pandas',
    below: '2',
    use: /^pandas\.(?:np|datetime|Panel|Int64Index|Float64Index)\b|^pandas\.read_csv\((?:error_bad_lines|warn_bad_lines|squeeze|prefix|mangle_dupe_cols)=/u,
  },
  { package: 'matplotlib', below: '3.8', use: /^matplotlib\.(?:pyplot\.)?style\.use\('seaborn(?!-v0)/u },
];

const boosting: readonly RemovedApi[] = [
  {
    package: 'xgboost',
    below: '2.1',
    use: /^@xgboost\.(?:sklearn\.)?XGB\w+\.\.fit\((?:early_stopping_rounds|eval_metric|callbacks)=/u,
  },
  {
    package: 'lightgbm',
    below: '4',
    use: /^lightgbm\.(?:train|cv)\((?:verbose_eval|early_stopping_rounds|evals_result|learning_rates)=/u,
  },
  { package: 'lightgbm', below: '4', use: /^@lightgbm\.(?:sklearn\.)?LGBM\w+\.\.fit\((?:verbose|early_stopping_rounds)=/u },
  {
    package: 'pytorch-lightning',
    below: '2',
    use: /^pytorch_lightning\.(?:\w+\.)*Trainer\((?:gpus|tpu_cores|auto_lr_find|auto_scale_batch_size|progress_bar_refresh_rate|checkpoint_callback|weights_summary)=/u,
  },
];

/** What libraries took out, from their own release notes; the oldest release first, so that the strictest row counts. */
export const removedApis: readonly RemovedApi[] = [...keras, ...sklearn, ...arrays, ...boosting];
