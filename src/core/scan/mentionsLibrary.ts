const LIBRARIES =
  'keras|tensorflow|tf_keras|keras_core|tensorflow_hub|sklearn|torch|torchvision|xgboost|lightgbm|catboost|pytorch_lightning|lightning|ignite|skorch|fastai|transformers|imblearn|keras_tuner|kerastuner|scikeras|autokeras|timm|ultralytics|tflearn|cuml|sklearnex';
const IMPORT = new RegExp(
  `(?:^|[\\s;"']|\\\\n|\\\\t)(?:from[ \\t]+(?:${LIBRARIES})\\b|import[ \\t]+(?:[\\w.]+(?:[ \\t]+as[ \\t]+\\w+)?[ \\t]*,[ \\t]*)*(?:${LIBRARIES})\\b)`,
  'u',
);
const LIBRARY = new RegExp(`^(?:${LIBRARIES})$`, 'u');

/**
 * Whether a raw text, of a file or a notebook's JSON, may import a machine-learning library. It errs towards yes, for what it
 * lets through is parsed; what it turns down trains nothing.
 */
export function mentionsLibrary(raw: string): boolean {
  return IMPORT.test(raw);
}

/** Whether a top-level name belongs to a machine-learning library, so that no file of the folder is taken for it. */
export function isLibrary(name: string): boolean {
  return LIBRARY.test(name);
}
