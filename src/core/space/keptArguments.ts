/** Arguments of functions that belong to the data, or to how the result is measured. */
export interface KeptArguments {
  /** Of the canonical name; a method's is that of what made its object, and its own. */
  readonly path: RegExp;
  /** With their positions, counting from 0; null where only the keyword counts. */
  readonly names: Readonly<Record<string, number | null>>;
  /** Whether every other number that is given by keyword counts, too. */
  readonly all?: true;
  /** One sentence. */
  readonly reason: string;
}

const INPUT = 'It is the shape of what goes in, and has to fit that.';
const WORDS = 'It has to count every word or category of the data.';
const PREPARES = 'It prepares data, which stays as it is in every trial.';
const MEASURES = 'It decides which rows the result is measured on; trials are compared on the same ones.';
const READS = 'It only sets how many rows are judged at once, which changes no result.';

/** Settings that change nothing of the data, for those of which every number counts. */
export const CHORES = /^(?:random_state|n_jobs|verbose|copy|fill_value|missing_values|tol|max_iter|n_iter|n_oversamples)$/u;

/** Of several that name an argument the first decides. Sources: scikit-learn 1.7, Keras 2 and 3, torchvision 0.20, OpenCV 4, Pillow 11. */
export const KEPT: readonly KeptArguments[] = [
  { path: /^keras\b.*\.Embedding$/u, names: { input_dim: 0 }, reason: WORDS },
  { path: /^keras\b.*\.(?:Input|InputLayer)$/u, names: { shape: 0, input_shape: null, batch_shape: null }, reason: INPUT },
  { path: /^keras\b.*\.load_data$/u, names: { num_words: null, maxlen: null }, reason: PREPARES },
  { path: /^keras\b.*\.(?:load_img|flow_from_directory|flow_from_dataframe)$/u, names: { target_size: null }, reason: PREPARES },
  {
    path: /^keras\b.*\.\w+_dataset_from_directory$/u,
    names: { image_size: null, max_length: null },
    reason: PREPARES,
  },
  { path: /^keras\b.*\.pad_sequences$/u, names: { maxlen: 1 }, reason: PREPARES },
  { path: /^keras\b.*\.Tokenizer$/u, names: { num_words: 0 }, reason: PREPARES },
  { path: /^keras\b.*\.TextVectorization$/u, names: { max_tokens: 0, output_sequence_length: null }, reason: PREPARES },
  {
    path: /^keras\b.*\.(?:\w+_dataset_from_directory|ImageDataGenerator|fit)$/u,
    names: { validation_split: null },
    reason: MEASURES,
  },
  { path: /^keras\b.*\.(?:evaluate|predict)$/u, names: { batch_size: null }, reason: READS },
  {
    path: /^keras\b.*\.[A-Z]\w+$/u,
    names: { input_shape: null, batch_input_shape: null, input_dim: null, input_length: null },
    reason: INPUT,
  },
  { path: /^tensorflow\.image\.resize\w*$/u, names: { size: 1 }, reason: PREPARES },
  {
    path: /^torchvision\.transforms\.(?:v2\.)?(?:Resize|CenterCrop|RandomCrop|RandomResizedCrop)$/u,
    names: { size: 0 },
    reason: PREPARES,
  },
  { path: /^torchvision\.transforms\.(?:v2\.)?Normalize$/u, names: { mean: 0, std: 1 }, reason: PREPARES },
  { path: /^torch\.utils\.data\.(?:dataset\.)?random_split$/u, names: { lengths: 1 }, reason: MEASURES },
  { path: /^cv2\.resize$/u, names: { dsize: 1 }, reason: PREPARES },
  { path: /^PIL\.Image\..*\.resize$/u, names: { size: 0 }, reason: PREPARES },
  {
    path: /^sklearn\.(?:model_selection|cross_validation)\.(?:train_test_split|\w*KFold|\w*Split)$/u,
    names: { test_size: null, train_size: null, n_splits: 0, n_folds: null, n_repeats: null },
    reason: MEASURES,
  },
  {
    path: /^sklearn\.(?:model_selection|cross_validation|grid_search)\.(?:cross_val\w+|cross_validate|learning_curve|validation_curve|\w+SearchCV)$/u,
    names: { cv: null },
    reason: MEASURES,
  },
  { path: /^sklearn\.preprocessing\.PolynomialFeatures$/u, names: { degree: 0 }, all: true, reason: PREPARES },
  { path: /^sklearn\.decomposition\.\w+$/u, names: { n_components: 0 }, all: true, reason: PREPARES },
  {
    path: /^(?:sklearn|imblearn)\.(?:preprocessing|impute|feature_extraction|feature_selection|random_projection|kernel_approximation|under_sampling|over_sampling|combine)\.(?:\w+\.)*[A-Z]\w+$/u,
    names: {},
    all: true,
    reason: PREPARES,
  },
];
