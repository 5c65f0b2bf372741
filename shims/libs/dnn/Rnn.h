// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Recurrent networks: their descriptors, and where weights and what is kept for the way back stand.

#ifndef CUPORT_LIBS_DNN_RNN_H
#define CUPORT_LIBS_DNN_RNN_H

#include "Dropout.h"

struct cudnnRNNStruct {
  cudnnRNNAlgo_t algorithm = CUDNN_RNN_ALGO_STANDARD;
  cudnnRNNMode_t mode = CUDNN_RNN_RELU;
  cudnnRNNBiasMode_t bias = CUDNN_RNN_DOUBLE_BIAS;
  cudnnDirectionMode_t direction = CUDNN_UNIDIRECTIONAL;
  cudnnRNNInputMode_t input = CUDNN_LINEAR_INPUT;
  cudnnDataType_t type = CUDNN_DATA_FLOAT, precision = CUDNN_DATA_FLOAT;
  cudnnMathType_t math = CUDNN_DEFAULT_MATH;
  int inputSize = 0, hiddenSize = 0, projectedSize = 0, layers = 0;
  cudnnDropoutDescriptor_t dropout = nullptr;
  uint32_t flags = 0;
};

struct cudnnRNNDataStruct {
  cudnnDataType_t type = CUDNN_DATA_FLOAT;
  cudnnRNNDataLayout_t layout = CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_UNPACKED;
  int time = 0, batch = 0, size = 0;
  const int *lengths = nullptr; ///< one for each of the batch; lives as long as the process
  bool fills = false;
  double fill = 0; ///< of a result, behind the end of a sequence
};

namespace cuport::dnn {

/// What a layer is made of in one direction: gates of rows of weights.
///
///   weight space: for each layer and direction W [gates x hidden x input], R [gates x hidden x output], P [output x hidden],
///                 then bW, bR [gates x hidden]; what the network has not has no room
struct Network {
  cudnnRNNStruct d;
  int directions, gates;
  int hidden, output; ///< of one direction
  float rate = 0;     ///< of the dropout between layers

  explicit Network(const cudnnRNNStruct &d);
  bool projects() const { return output != hidden; }
  int inputOf(int layer) const { return layer ? output * directions : d.inputSize; }
  bool hasInputWeights(int layer) const { return layer || d.input == CUDNN_LINEAR_INPUT; }
  bool hasInputBias() const { return d.bias == CUDNN_RNN_DOUBLE_BIAS || d.bias == CUDNN_RNN_SINGLE_INP_BIAS; }
  bool hasRecurrentBias() const { return d.bias == CUDNN_RNN_DOUBLE_BIAS || d.bias == CUDNN_RNN_SINGLE_REC_BIAS; }

  /// Elements, in the weight space.
  struct Place {
    int64_t input, recurrent, projection, inputBias, recurrentBias, end;
  };
  Place placeOf(int layer, int direction) const;
  int64_t weights() const { return placeOf(d.layers - 1, directions - 1).end; }
};

} // namespace cuport::dnn

#endif
