import { leafOf, rootOf } from './canonicalPath.ts';

/** What a name of Keras builds; names alone decide, for Keras exports each under many modules. */
export type KerasRole = 'convolution' | 'flat-convolution' | 'recurrent' | 'dense' | 'pretrained' | 'model' | 'wrapper' | 'other';

const RECURRENT = new Set([
  'LSTM',
  'GRU',
  'SimpleRNN',
  'RNN',
  'CuDNNLSTM',
  'CuDNNGRU',
  'LSTMCell',
  'GRUCell',
  'SimpleRNNCell',
  'StackedRNNCells',
]);
const MODELS = new Set([
  'Sequential',
  'Model',
  'Functional',
  'Graph',
  'load_model',
  'model_from_json',
  'model_from_yaml',
  'model_from_config',
  'clone_model',
]);
const OTHERS = new Set(
  (
    'Activation Flatten Dropout MaxPooling1D MaxPooling2D MaxPooling3D MaxPool1D MaxPool2D AveragePooling1D AveragePooling2D ' +
    'GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D BatchNormalization Embedding Input InputLayer ' +
    'Reshape Permute RepeatVector Lambda Masking Add Concatenate Average Multiply Dot Bidirectional TimeDistributed LeakyReLU PReLU ELU ReLU ' +
    'Softmax UpSampling2D ZeroPadding2D Cropping2D GaussianNoise SpatialDropout1D SpatialDropout2D LayerNormalization MultiHeadAttention ' +
    'Attention merge concatenate add SGD Adam RMSprop Adagrad Adadelta Adamax Nadam ImageDataGenerator Tokenizer EarlyStopping ' +
    'ModelCheckpoint ReduceLROnPlateau TensorBoard CSVLogger to_categorical np_utils plot_model mnist cifar10 cifar100 fashion_mnist imdb ' +
    'reuters boston_housing pad_sequences l1 l2 l1_l2'
  ).split(' '),
);

/** What a canonical path of Keras is for. */
export function kerasRole(path: string): KerasRole {
  const name = leafOf(path);
  if (/\.applications\./u.test(path) && /^[A-Z]/u.test(name)) return 'pretrained';
  if (/\bwrappers\b/u.test(path) && name.startsWith('Keras')) return 'wrapper';
  if (RECURRENT.has(name)) return 'recurrent';
  if (/^ConvLSTM|^(?:Separable|Depthwise|Atrous|Locally)?Conv(?:olution)?\w*[23]D|^LocallyConnected2D|^Deconvolution/u.test(name))
    return 'convolution';
  if (/^(?:Separable|Depthwise|Atrous)?Conv(?:olution)?\w*1D|^LocallyConnected1D/u.test(name)) return 'flat-convolution';
  if (name === 'Dense') return 'dense';
  return MODELS.has(name) ? 'model' : 'other';
}

/** Whether Keras exports a name, for `from keras.layers import *`. */
export function isKerasName(name: string): boolean {
  return OTHERS.has(name) || kerasRole(`keras.${name}`) !== 'other';
}

/** True for a path of Keras, its tuner or its scikit-learn wrappers. */
export function isKeras(path: string): boolean {
  return [
    'keras',
    'keras_tuner',
    'scikeras',
    'autokeras',
    'tensorflow_hub',
    'kerasncp',
    'keras_cv',
    'keras_nlp',
    'keras_hub',
  ].includes(rootOf(path));
}
