import { signature, type LayerSignature } from './LayerSignature.ts';

const REGULARIZED = 'activation:activation';
const CONVOLUTION =
  'nb_filter:filters strides:strides subsample:strides subsample_length:strides filter_length:kernel_size nb_row nb_col padding border_mode ' +
  REGULARIZED;

const dense = signature('weighted', 'units:units activation:activation', 'output_dim:units', { size: 'units' });
const convolution = signature('weighted', 'filters:filters kernel_size:kernel_size strides:strides padding', CONVOLUTION, {
  size: 'filters',
});
const depthwise = signature('weighted', 'kernel_size:kernel_size strides:strides padding', 'activation:activation');
const recurrent = signature(
  'weighted',
  'units:units activation:activation recurrent_activation',
  'output_dim:units dropout:dropout dropout_W:dropout recurrent_dropout:recurrent_dropout dropout_U:recurrent_dropout',
  { size: 'units' },
);
const pooling = signature('pool', 'pool_size:pool_size strides:strides padding', 'pool_length:pool_size stride:strides');
const dropout = signature('pass', 'rate:dropout', 'p:dropout');
const pass = signature('pass', '');
const flatten = signature('flatten', '');
const merge = signature('merge', '');

/**
 * Keras' layers and their arguments by name and position, those of Keras 1 included.
 * Source: https://keras.io/api/layers/ (Keras 3) and the legacy interfaces of Keras 2.2.
 */
export const KERAS_LAYERS: Readonly<Record<string, LayerSignature>> = {
  Dense: dense,
  Conv1D: convolution,
  Conv2D: convolution,
  Conv3D: convolution,
  Convolution1D: convolution,
  Convolution2D: convolution,
  Convolution3D: convolution,
  SeparableConv1D: convolution,
  SeparableConv2D: convolution,
  Conv2DTranspose: convolution,
  Deconvolution2D: convolution,
  LocallyConnected1D: convolution,
  LocallyConnected2D: convolution,
  ConvLSTM2D: signature(
    'weighted',
    'filters:filters kernel_size:kernel_size strides:strides padding',
    `${CONVOLUTION} dropout:dropout`,
    {
      size: 'filters',
    },
  ),
  DepthwiseConv2D: depthwise,
  LSTM: recurrent,
  GRU: recurrent,
  SimpleRNN: recurrent,
  CuDNNLSTM: recurrent,
  CuDNNGRU: recurrent,
  Embedding: signature('weighted', 'input_dim output_dim:embedding_dim', 'dropout:dropout', { size: 'output_dim' }),
  MultiHeadAttention: signature('merge', 'num_heads:num_heads key_dim:key_dim', 'dropout:dropout'),
  MaxPooling1D: pooling,
  MaxPooling2D: pooling,
  MaxPooling3D: pooling,
  MaxPool1D: pooling,
  MaxPool2D: pooling,
  AveragePooling1D: pooling,
  AveragePooling2D: pooling,
  AvgPool2D: pooling,
  UpSampling1D: signature('pool', 'size'),
  UpSampling2D: signature('pool', 'size'),
  ZeroPadding2D: signature('pool', 'padding'),
  Cropping2D: signature('pool', 'cropping'),
  Dropout: dropout,
  SpatialDropout1D: dropout,
  SpatialDropout2D: dropout,
  AlphaDropout: dropout,
  GaussianDropout: dropout,
  Activation: signature('pass', 'activation:activation'),
  LeakyReLU: signature('pass', 'alpha:alpha', 'negative_slope:alpha'),
  BatchNormalization: signature('pass', '', 'momentum:momentum'),
  LayerNormalization: pass,
  ReLU: pass,
  ELU: pass,
  PReLU: pass,
  Softmax: pass,
  GaussianNoise: pass,
  Masking: pass,
  Lambda: pass,
  ActivityRegularization: pass,
  Permute: flatten,
  Flatten: flatten,
  GlobalAveragePooling1D: flatten,
  GlobalAveragePooling2D: flatten,
  GlobalMaxPooling1D: flatten,
  GlobalMaxPooling2D: flatten,
  RepeatVector: flatten,
  Reshape: signature('reshape', 'target_shape'),
  Add: merge,
  Subtract: merge,
  Multiply: merge,
  Average: merge,
  Maximum: merge,
  Minimum: merge,
  Concatenate: merge,
  Dot: merge,
  Attention: merge,
  AdditiveAttention: merge,
  Bidirectional: signature('wrapper', 'layer'),
  TimeDistributed: signature('wrapper', 'layer'),
};
