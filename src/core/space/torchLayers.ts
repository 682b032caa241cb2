import { signature, type LayerSignature } from './LayerSignature.ts';

const CONVOLUTION = 'in_channels out_channels:out_channels kernel_size:kernel_size stride:strides padding dilation groups';
const convolution = signature('weighted', CONVOLUTION, '', { size: 'out_channels', input: 'in_channels' });
const lazyConvolution = signature('weighted', CONVOLUTION.replace('in_channels ', ''), '', { size: 'out_channels' });
const linear = signature('weighted', 'in_features out_features:hidden', '', { size: 'out_features', input: 'in_features' });
const recurrent = signature('weighted', 'input_size hidden_size:hidden_size num_layers:num_layers', 'dropout:dropout', {
  size: 'hidden_size',
  input: 'input_size',
});
const pooling = signature('pool', 'kernel_size:pool_size stride:strides padding');
const dropout = signature('pass', 'p:dropout');
const normalization = signature('pass', 'num_features', '', { input: 'num_features' });
const pass = signature('pass', '');
const flatten = signature('flatten', '');

/** PyTorch's layers and their arguments by name and position. Source: https://docs.pytorch.org/docs/stable/nn.html (2.9). */
export const TORCH_LAYERS: Readonly<Record<string, LayerSignature>> = {
  Linear: linear,
  LazyLinear: signature('weighted', 'out_features:hidden', '', { size: 'out_features' }),
  Conv1d: convolution,
  Conv2d: convolution,
  Conv3d: convolution,
  LazyConv2d: lazyConvolution,
  ConvTranspose1d: convolution,
  ConvTranspose2d: convolution,
  LSTM: recurrent,
  GRU: recurrent,
  RNN: recurrent,
  LSTMCell: signature('weighted', 'input_size hidden_size:hidden_size', '', { size: 'hidden_size', input: 'input_size' }),
  GRUCell: signature('weighted', 'input_size hidden_size:hidden_size', '', { size: 'hidden_size', input: 'input_size' }),
  Embedding: signature('weighted', 'num_embeddings embedding_dim:embedding_dim', '', { size: 'embedding_dim' }),
  MaxPool1d: pooling,
  MaxPool2d: pooling,
  MaxPool3d: pooling,
  AvgPool1d: pooling,
  AvgPool2d: pooling,
  Dropout: dropout,
  Dropout1d: dropout,
  Dropout2d: dropout,
  AlphaDropout: dropout,
  BatchNorm1d: normalization,
  BatchNorm2d: normalization,
  BatchNorm3d: normalization,
  InstanceNorm2d: normalization,
  LayerNorm: signature('pass', 'normalized_shape', '', { input: 'normalized_shape' }),
  GroupNorm: signature('pass', 'num_groups num_channels', '', { input: 'num_channels' }),
  LeakyReLU: signature('pass', 'negative_slope:negative_slope'),
  ReLU: pass,
  Flatten: flatten,
  AdaptiveAvgPool1d: flatten,
  AdaptiveAvgPool2d: flatten,
  AdaptiveMaxPool2d: flatten,
  MultiheadAttention: signature('merge', 'embed_dim num_heads:num_heads', '', { input: 'embed_dim' }),
};

/** Functions on tensors, as `F.dropout(x, 0.2)`: the first argument is the tensor. */
export const TORCH_FUNCTIONS: Readonly<Record<string, LayerSignature>> = {
  dropout: signature('pass', 'input p:dropout'),
  dropout2d: signature('pass', 'input p:dropout'),
  max_pool1d: signature('pool', 'input kernel_size:pool_size stride:strides'),
  max_pool2d: signature('pool', 'input kernel_size:pool_size stride:strides'),
  avg_pool2d: signature('pool', 'input kernel_size:pool_size stride:strides'),
  leaky_relu: signature('pass', 'input negative_slope:negative_slope'),
};
