// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Descriptors of recurrent networks and of their data, and where the weights stand.

#include "Rnn.h"

#include <mutex>
#include <set>
#include <vector>

using namespace cuport;
using namespace cuport::dnn;

CUPORT_DESCRIPTOR(RNN)
CUPORT_DESCRIPTOR(RNNData)

Network::Network(const cudnnRNNStruct &d)
    : d(d), directions(d.direction == CUDNN_BIDIRECTIONAL ? 2 : 1),
      gates(d.mode == CUDNN_LSTM ? 4 : d.mode == CUDNN_GRU ? 3 : 1), hidden(d.hiddenSize), output(d.projectedSize),
      rate(d.dropout ? d.dropout->rate : 0) {}

Network::Place Network::placeOf(int layer, int direction) const {
  Place place{};
  for (int l = 0; l <= layer; ++l)
    for (int each = 0; each < directions && (l < layer || each <= direction); ++each) {
      int64_t rows = int64_t(gates) * hidden;
      place.input = place.end;
      place.recurrent = place.input + (hasInputWeights(l) ? rows * inputOf(l) : 0);
      place.projection = place.recurrent + rows * output;
      place.inputBias = place.projection + (projects() ? int64_t(output) * hidden : 0);
      place.recurrentBias = place.inputBias + (hasInputBias() ? rows : 0);
      place.end = place.recurrentBias + (hasRecurrentBias() ? rows : 0);
    }
  return place;
}

cudnnStatus_t cudnnSetRNNDescriptor_v8(cudnnRNNDescriptor_t d, cudnnRNNAlgo_t algorithm, cudnnRNNMode_t mode, cudnnRNNBiasMode_t bias,
                                       cudnnDirectionMode_t direction, cudnnRNNInputMode_t input, cudnnDataType_t type,
                                       cudnnDataType_t precision, cudnnMathType_t math, int32_t inputSize, int32_t hiddenSize,
                                       int32_t projectedSize, int32_t layers, cudnnDropoutDescriptor_t dropout, uint32_t flags) {
  Call call{nullptr, "cudnnSetRNNDescriptor_v8"};
  if (!d || unsigned(algorithm) >= CUDNN_RNN_ALGO_COUNT || unsigned(mode) > CUDNN_GRU || unsigned(bias) > CUDNN_RNN_SINGLE_REC_BIAS ||
      unsigned(direction) > CUDNN_BIDIRECTIONAL || unsigned(input) > CUDNN_SKIP_INPUT || !isReal(type) || inputSize < 1 ||
      hiddenSize < 1 || projectedSize < 1 || projectedSize > hiddenSize || (projectedSize < hiddenSize && mode != CUDNN_LSTM) ||
      layers < 1 || (input == CUDNN_SKIP_INPUT && inputSize != hiddenSize))
    return call.fail(CUDNN_STATUS_BAD_PARAM);
  *d = {algorithm, mode, bias, direction, input, type, precision, math, inputSize, hiddenSize, projectedSize, layers, dropout, flags};
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetRNNDescriptor_v8(cudnnRNNDescriptor_t d, cudnnRNNAlgo_t *algorithm, cudnnRNNMode_t *mode, cudnnRNNBiasMode_t *bias,
                                       cudnnDirectionMode_t *direction, cudnnRNNInputMode_t *input, cudnnDataType_t *type,
                                       cudnnDataType_t *precision, cudnnMathType_t *math, int32_t *inputSize, int32_t *hiddenSize,
                                       int32_t *projectedSize, int32_t *layers, cudnnDropoutDescriptor_t *dropout, uint32_t *flags) {
  if (!d)
    return CUDNN_STATUS_BAD_PARAM;
  auto give = [](auto *to, auto value) {
    if (to)
      *to = value;
  };
  give(algorithm, d->algorithm), give(mode, d->mode), give(bias, d->bias), give(direction, d->direction), give(input, d->input);
  give(type, d->type), give(precision, d->precision), give(math, d->math), give(inputSize, d->inputSize);
  give(hiddenSize, d->hiddenSize), give(projectedSize, d->projectedSize), give(layers, d->layers), give(dropout, d->dropout);
  give(flags, d->flags);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnSetRNNDataDescriptor(cudnnRNNDataDescriptor_t d, cudnnDataType_t type, cudnnRNNDataLayout_t layout, int time, int batch,
                                        int size, const int *lengths, void *fill) {
  Call call{nullptr, "cudnnSetRNNDataDescriptor"};
  bool valid = d && isReal(type) && unsigned(layout) <= CUDNN_RNN_DATA_LAYOUT_BATCH_MAJOR_UNPACKED && time > 0 && batch > 0 && size > 0 && lengths;
  for (int i = 0; valid && i < batch; ++i)
    valid = lengths[i] >= 0 && lengths[i] <= time &&
            (layout != CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_PACKED || !i || lengths[i] <= lengths[i - 1]);
  if (!valid)
    return call.fail(CUDNN_STATUS_BAD_PARAM);
  // A closure holds plain values, and there are few lists of lengths in a program.
  static std::mutex &mutex = *new std::mutex;
  static auto &all = *new std::set<std::vector<int>>;
  std::lock_guard lock(mutex);
  const int *kept = all.insert(std::vector<int>(lengths, lengths + batch)).first->data();
  *d = {type, layout, time, batch, size, kept, fill != nullptr, 0};
  if (fill)
    withStored(type, [&](auto stored) { d->fill = convert<double>(*static_cast<TypeOf<decltype(stored)> *>(fill)); });
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetRNNDataDescriptor(cudnnRNNDataDescriptor_t d, cudnnDataType_t *type, cudnnRNNDataLayout_t *layout, int *time,
                                        int *batch, int *size, int requested, int *lengths, void *fill) {
  if (!d || !d->lengths || !type || !layout || !time || !batch || !size || requested < 0 || (requested && !lengths))
    return CUDNN_STATUS_BAD_PARAM;
  *type = d->type;
  *layout = d->layout;
  *time = d->time;
  *batch = d->batch;
  *size = d->size;
  std::copy_n(d->lengths, std::min(requested, d->batch), lengths);
  if (fill)
    withStored(d->type, [&](auto stored) {
      using T = TypeOf<decltype(stored)>;
      *static_cast<T *>(fill) = convert<T>(d->fill);
    });
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetRNNWeightSpaceSize(cudnnHandle_t handle, cudnnRNNDescriptor_t d, size_t *size) {
  CUPORT_CHECK(Call({handle, "cudnnGetRNNWeightSpaceSize"}), d && d->layers && size);
  *size = Network(*d).weights() * sizeOf(d->type);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetRNNWeightParams(cudnnHandle_t handle, cudnnRNNDescriptor_t d, int32_t pseudoLayer, size_t spaceSize,
                                      const void *space, int32_t id, cudnnTensorDescriptor_t matrix, void **matrixPlace,
                                      cudnnTensorDescriptor_t bias, void **biasPlace) {
  Call call{handle, "cudnnGetRNNWeightParams"};
  CUPORT_CHECK(call, d && d->layers);
  Network network(*d);
  bool isProjection = id == 2 * network.gates && network.projects();
  CUPORT_CHECK(call, pseudoLayer >= 0 && pseudoLayer < d->layers * network.directions && id >= 0 &&
                         (id < 2 * network.gates || isProjection) && spaceSize >= size_t(network.weights() * sizeOf(d->type)));
  int layer = pseudoLayer / network.directions, gate = id % network.gates;
  bool ofInput = id < network.gates;
  Network::Place place = network.placeOf(layer, pseudoLayer % network.directions);
  int rows = isProjection ? network.output : network.hidden, columns = isProjection ? network.hidden : ofInput ? network.inputOf(layer) : network.output;
  int64_t first = isProjection ? place.projection : (ofInput ? place.input : place.recurrent) + int64_t(gate) * rows * columns;
  auto give = [&](Tensor *t, void **to, bool there, int64_t at, int rows, int columns) {
    if (t) {
      *t = {};
      if (there) {
        t->type = d->type;
        t->rank = 3;
        t->size[0] = 1, t->size[1] = rows, t->size[2] = columns;
        t->pack(false);
      }
    }
    if (to)
      *to = there && space ? const_cast<char *>(static_cast<const char *>(space)) + at * sizeOf(d->type) : nullptr;
  };
  give(matrix, matrixPlace, isProjection || !ofInput || network.hasInputWeights(layer), first, rows, columns);
  give(bias, biasPlace, !isProjection && (ofInput ? network.hasInputBias() : network.hasRecurrentBias()),
       (ofInput ? place.inputBias : place.recurrentBias) + int64_t(gate) * rows, rows, 1);
  return CUDNN_STATUS_SUCCESS;
}
