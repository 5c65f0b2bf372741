// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Recurrent networks, forwards and backwards.
//
//   time space   rows [time][batch], as the data has them
//   step space   rows [step][batch] of one direction: step s of a sequence is time s, or counted from its end
//
// A sequence that is over keeps its state, so the last step has the last state of all.

#include "Product.h"
#include "Rnn.h"

using namespace cuport;
using namespace cuport::dnn;

namespace {

template <class C> C sigmoid(C x) { return 1 / (1 + std::exp(-x)); }

/// What a run forwards leaves for the way back; the reserve space, or an array of its own.
template <class C> struct Kept {
  const Network &n;
  int64_t rows; ///< time * batch
  C *base;

  int64_t gateSize() const { return rows * n.gates * n.hidden; }
  int64_t perDirection() const {
    return gateSize() * (n.d.mode == CUDNN_GRU ? 3 : 2) + rows * n.hidden + rows * n.output + (n.projects() ? rows * (n.hidden + n.output) : 0);
  }
  int64_t layerAt(int layer) const {
    int64_t at = 0;
    for (int l = 0; l < layer; ++l)
      at += rows * n.inputOf(l) + n.directions * perDirection();
    return at;
  }
  C *input(int layer) const { return base + layerAt(layer); } ///< time space, after the dropout
  C *gates(int layer, int direction) const { return input(layer) + rows * n.inputOf(layer) + direction * perDirection(); }
  C *slopes(int layer, int direction) const { return gates(layer, direction) + gateSize(); } ///< gradients of what goes into the gates
  /// Of a GRU's candidate the part from the state is multiplied, so its gradient is another.
  C *recurrentSlopes(int layer, int direction) const { return slopes(layer, direction) + (n.d.mode == CUDNN_GRU ? gateSize() : 0); }
  C *extra(int layer, int direction) const { return recurrentSlopes(layer, direction) + gateSize(); } ///< an LSTM's cell, a GRU's candidate
  C *states(int layer, int direction) const { return extra(layer, direction) + rows * n.hidden; }
  C *unprojected(int layer, int direction) const { return n.projects() ? states(layer, direction) + rows * n.output : states(layer, direction); }
  C *outputSlopes(int layer, int direction) const { return unprojected(layer, direction) + rows * n.hidden; }
  uint32_t *mask(int layer) const {
    return reinterpret_cast<uint32_t *>(base + layerAt(n.d.layers)) + (layer - 1) * maskSize(rows * n.inputOf(1)) / 4;
  }
  int64_t bytes() const {
    return layerAt(n.d.layers) * int64_t(sizeof(C)) + (n.rate > 0 ? (n.d.layers - 1) * maskSize(rows * n.inputOf(1)) : 0);
  }
};

/// The sequences' shape, without their data.
struct Steps {
  int time, batch;
  const int *lengths;
  int64_t rows() const { return int64_t(time) * batch; }
  bool runs(int step, int b) const { return step < lengths[b]; }
  /// In time space.
  int64_t row(int direction, int step, int b) const { return int64_t(direction ? lengths[b] - 1 - step : step) * batch + b; }
};

/// body(row in the data, row in time space) for all elements of sequences; `end` for what is behind their ends.
template <class Body, class End> void eachRow(const cudnnRNNDataStruct &d, Body body, End end) {
  int64_t packed = 0;
  for (int t = 0; t < d.time; ++t)
    for (int b = 0; b < d.batch; ++b) {
      int64_t row = int64_t(t) * d.batch + b;
      int64_t at = d.layout == CUDNN_RNN_DATA_LAYOUT_BATCH_MAJOR_UNPACKED ? int64_t(b) * d.time + t : row;
      bool packs = d.layout == CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_PACKED;
      if (t < d.lengths[b])
        body(packs ? packed++ : at, row);
      else if (!packs)
        end(at);
    }
}

template <class C> void loadData(const cudnnRNNDataStruct &d, const void *data, C *to) {
  std::fill_n(to, int64_t(d.time) * d.batch * d.size, C(0));
  withStored(d.type, [&](auto type) {
    const auto *from = static_cast<const TypeOf<decltype(type)> *>(data);
    eachRow(
        d,
        [&](int64_t at, int64_t row) {
          for (int i = 0; i < d.size; ++i)
            to[row * d.size + i] = convert<C>(from[at * d.size + i]);
        },
        [](int64_t) {});
  });
}

template <class C> void storeData(const cudnnRNNDataStruct &d, const C *from, void *data, bool fills) {
  withStored(d.type, [&](auto type) {
    using T = TypeOf<decltype(type)>;
    auto *to = static_cast<T *>(data);
    eachRow(
        d,
        [&](int64_t at, int64_t row) {
          for (int i = 0; i < d.size; ++i)
            to[at * d.size + i] = convert<T>(from[row * d.size + i]);
        },
        [&](int64_t at) {
          if (fills)
            std::fill_n(to + at * d.size, d.size, convert<T>(d.fill));
        });
  });
}

/// Of states, or weights: a row of elements of a type.
Tensor rowOf(cudnnDataType_t type, int64_t count) {
  Tensor result;
  result.type = type;
  result.rank = 1;
  result.size[0] = int(count);
  result.pack(false);
  return result;
}

/// States to begin with, 0 where there are none.
template <class C> Array<C> loadStates(const Network &n, int64_t count, const void *data) {
  Array<C> result = makeArray<C>(count);
  Tensor t = rowOf(n.d.type, count);
  if (data)
    load(t, data, result.get(), layoutOf<C>(t, Layout::Packed));
  else
    std::fill_n(result.get(), count, C(0));
  return result;
}
template <class C> void storeStates(const Network &n, int64_t count, const C *from, void *data, const Blend &blend = {}) {
  Tensor t = rowOf(n.d.type, count);
  if (data)
    store(t, from, data, blend, layoutOf<C>(t, Layout::Packed));
}

/// The input of a layer in step space, 0 behind the ends.
template <class C> Array<C> gather(const Steps &steps, int direction, int64_t size, const C *input) {
  Array<C> result = makeArray<C>(steps.rows() * size);
  for (int s = 0; s < steps.time; ++s)
    for (int b = 0; b < steps.batch; ++b) {
      C *to = result.get() + (int64_t(s) * steps.batch + b) * size;
      if (steps.runs(s, b))
        std::copy_n(input + steps.row(direction, s, b) * size, size, to);
      else
        std::fill_n(to, size, C(0));
    }
  return result;
}

/// One layer in one direction, of all sequences.
template <class C> struct Run {
  const Network &n;
  const Steps &steps;
  const Kept<C> &kept;
  const C *weights;
  int layer, direction;
  const C *firstState, *firstCell; ///< of the batch
  Network::Place place = n.placeOf(layer, direction);
  int64_t rows = steps.rows(), hidden = n.hidden, output = n.output, width = n.gates * hidden, batch = steps.batch, size = n.inputOf(layer);
  C *gates = kept.gates(layer, direction), *slopes = kept.slopes(layer, direction), *recurrentSlopes = kept.recurrentSlopes(layer, direction);
  C *extra = kept.extra(layer, direction), *states = kept.states(layer, direction), *unprojected = kept.unprojected(layer, direction);

  const C *stateBefore(int s) const { return s ? states + (s - 1) * batch * output : firstState; }
  const C *cellBefore(int s) const { return s ? extra + (s - 1) * batch * hidden : firstCell; }

  void forward() {
    Array<C> input = gather(steps, direction, size, kept.input(layer));
    if (n.hasInputWeights(layer))
      product<C>(false, true, rows, width, size, input.get(), weights + place.input, 0, gates);
    else
      for (int64_t row = 0; row < rows; ++row)
        for (int g = 0; g < n.gates; ++g)
          std::copy_n(input.get() + row * size, hidden, gates + row * width + g * hidden);
    Array<C> fromState = makeArray<C>(batch * width);
    for (int s = 0; s < steps.time; ++s) {
      product<C>(false, true, batch, width, output, stateBefore(s), weights + place.recurrent, 0, fromState.get());
      for (int64_t b = 0; b < batch; ++b)
        step(s, b, fromState.get() + b * width);
      if (n.projects())
        product<C>(false, true, batch, output, hidden, unprojected + s * batch * hidden, weights + place.projection, 0, states + s * batch * output);
      for (int64_t b = 0; b < batch; ++b)
        if (!steps.runs(s, int(b)))
          std::copy_n(stateBefore(s) + b * output, output, states + (s * batch + b) * output);
    }
  }

  void step(int s, int64_t b, const C *fromState) {
    int64_t row = s * batch + b;
    C *g = gates + row * width, *e = extra + row * hidden, *h = unprojected + row * hidden;
    const C *before = stateBefore(s) + b * output, *cell = cellBefore(s) + b * hidden;
    if (!steps.runs(s, int(b))) {
      std::copy_n(cell, hidden, e);
      std::fill_n(h, hidden, C(0)); // a state is put there afterwards
      return;
    }
    const C *inputBias = n.hasInputBias() ? weights + place.inputBias : nullptr;
    const C *recurrentBias = n.hasRecurrentBias() ? weights + place.recurrentBias : nullptr;
    auto ofInput = [&](int64_t i) { return g[i] + (inputBias ? inputBias[i] : 0); };
    auto ofState = [&](int64_t i) { return fromState[i] + (recurrentBias ? recurrentBias[i] : 0); };
    for (int64_t i = 0; i < hidden; ++i)
      switch (n.d.mode) {
      case CUDNN_LSTM: {
        C in = sigmoid(ofInput(i) + ofState(i)), forget = sigmoid(ofInput(hidden + i) + ofState(hidden + i));
        C fresh = std::tanh(ofInput(2 * hidden + i) + ofState(2 * hidden + i)), out = sigmoid(ofInput(3 * hidden + i) + ofState(3 * hidden + i));
        g[i] = in, g[hidden + i] = forget, g[2 * hidden + i] = fresh, g[3 * hidden + i] = out;
        e[i] = forget * cell[i] + in * fresh;
        h[i] = out * std::tanh(e[i]);
        break;
      }
      case CUDNN_GRU: {
        C reset = sigmoid(ofInput(i) + ofState(i)), update = sigmoid(ofInput(hidden + i) + ofState(hidden + i));
        e[i] = ofState(2 * hidden + i);
        C fresh = std::tanh(ofInput(2 * hidden + i) + reset * e[i]);
        g[i] = reset, g[hidden + i] = update, g[2 * hidden + i] = fresh;
        h[i] = (1 - update) * fresh + update * before[i];
        break;
      }
      default: {
        C sum = ofInput(i) + ofState(i);
        h[i] = g[i] = n.d.mode == CUDNN_RNN_RELU ? std::max(sum, C(0)) : std::tanh(sum);
      }
      }
  }

  /// \p slope is what the outputs have, in time space, of all directions; \p stateSlope and \p cellSlope what the last states have, and
  /// then the first. Adds to \p inputSlope, in time space.
  void backward(const C *slope, C *stateSlope, C *cellSlope, C *inputSlope) {
    Array<C> outputSlope = makeArray<C>(batch * output), hiddenSlope = makeArray<C>(batch * hidden), toState = makeArray<C>(batch * output);
    for (int s = steps.time; s-- > 0;) {
      std::fill_n(outputSlope.get(), batch * output, C(0));
      for (int64_t b = 0; b < batch; ++b)
        if (steps.runs(s, int(b)))
          for (int64_t i = 0; i < output; ++i)
            outputSlope[b * output + i] = stateSlope[b * output + i] +
                                          slope[(steps.row(direction, s, int(b)) * n.directions + direction) * output + i];
      const C *ofHidden = outputSlope.get();
      if (n.projects()) {
        std::copy_n(outputSlope.get(), batch * output, kept.outputSlopes(layer, direction) + s * batch * output);
        product<C>(false, false, batch, hidden, output, outputSlope.get(), weights + place.projection, 0, hiddenSlope.get());
        ofHidden = hiddenSlope.get();
      }
      for (int64_t b = 0; b < batch; ++b)
        stepBack(s, b, ofHidden + b * hidden, cellSlope + b * hidden);
      product<C>(false, false, batch, output, width, recurrentSlopes + s * batch * width, weights + place.recurrent, 0, toState.get());
      for (int64_t b = 0; b < batch; ++b)
        if (steps.runs(s, int(b)))
          for (int64_t i = 0; i < output; ++i)
            stateSlope[b * output + i] = toState[b * output + i] + (n.d.mode == CUDNN_GRU ? ofHidden[b * hidden + i] * gates[(s * batch + b) * width + hidden + i] : C(0));
    }
    Array<C> back = makeArray<C>(rows * size);
    if (n.hasInputWeights(layer))
      product<C>(false, false, rows, size, width, slopes, weights + place.input, 0, back.get());
    else
      for (int64_t row = 0; row < rows; ++row)
        for (int64_t i = 0; i < size; ++i) {
          back[row * size + i] = 0;
          for (int g = 0; g < n.gates; ++g)
            back[row * size + i] += slopes[row * width + g * hidden + i];
        }
    for (int s = 0; s < steps.time; ++s)
      for (int64_t b = 0; b < batch; ++b)
        if (steps.runs(s, int(b)))
          for (int64_t i = 0; i < size; ++i)
            inputSlope[steps.row(direction, s, int(b)) * size + i] += back[(s * batch + b) * size + i];
  }

  void stepBack(int s, int64_t b, const C *dh, C *dc) {
    int64_t row = s * batch + b;
    const C *g = gates + row * width, *e = extra + row * hidden, *h = unprojected + row * hidden;
    const C *before = stateBefore(s) + b * output, *cell = cellBefore(s) + b * hidden;
    C *d = slopes + row * width, *r = recurrentSlopes + row * width;
    if (!steps.runs(s, int(b))) {
      std::fill_n(d, width, C(0));
      std::fill_n(r, width, C(0));
      return;
    }
    for (int64_t i = 0; i < hidden; ++i)
      switch (n.d.mode) {
      case CUDNN_LSTM: {
        C in = g[i], forget = g[hidden + i], fresh = g[2 * hidden + i], out = g[3 * hidden + i], bent = std::tanh(e[i]);
        C slope = dc[i] + dh[i] * out * (1 - bent * bent);
        d[i] = slope * fresh * in * (1 - in);
        d[hidden + i] = slope * cell[i] * forget * (1 - forget);
        d[2 * hidden + i] = slope * in * (1 - fresh * fresh);
        d[3 * hidden + i] = dh[i] * bent * out * (1 - out);
        dc[i] = slope * forget;
        break;
      }
      case CUDNN_GRU: {
        C reset = g[i], update = g[hidden + i], fresh = g[2 * hidden + i];
        C slope = dh[i] * (1 - update) * (1 - fresh * fresh);
        d[i] = r[i] = slope * e[i] * reset * (1 - reset);
        d[hidden + i] = r[hidden + i] = dh[i] * (before[i] - fresh) * update * (1 - update);
        d[2 * hidden + i] = slope;
        r[2 * hidden + i] = slope * reset;
        break;
      }
      default: d[i] = dh[i] * (n.d.mode == CUDNN_RNN_RELU ? C(h[i] > 0) : 1 - h[i] * h[i]);
      }
  }

  /// Adds to \p to, the weights' gradients.
  void weigh(C *to) {
    if (n.hasInputWeights(layer)) {
      Array<C> input = gather(steps, direction, size, kept.input(layer));
      product<C>(true, false, width, size, rows, slopes, input.get(), 1, to + place.input);
    }
    for (int s = 0; s < steps.time; ++s)
      product<C>(true, false, width, output, batch, recurrentSlopes + s * batch * width, stateBefore(s), 1, to + place.recurrent);
    if (n.projects())
      product<C>(true, false, output, hidden, rows, kept.outputSlopes(layer, direction), unprojected, 1, to + place.projection);
    auto add = [&](bool there, const C *from, C *sums) {
      for (int64_t row = 0; there && row < rows; ++row)
        for (int64_t i = 0; i < width; ++i)
          sums[i] += from[row * width + i];
    };
    add(n.hasInputBias(), slopes, to + place.inputBias);
    add(n.hasRecurrentBias(), recurrentSlopes, to + place.recurrentBias);
  }
};

template <class C> int64_t reserveSize(const Network &n, int64_t rows) { return Kept<C>{n, rows, nullptr}.bytes(); }
int64_t reserveSize(const Network &n, const cudnnRNNDataStruct &x) {
  int64_t rows = int64_t(x.time) * x.batch;
  return n.d.type == CUDNN_DATA_DOUBLE ? reserveSize<double>(n, rows) : reserveSize<float>(n, rows);
}

bool fits(const cudnnRNNStruct *d, const cudnnRNNDataStruct *x, const cudnnRNNDataStruct *y) {
  return d && d->layers && x && x->lengths && y && y->lengths && x->type == d->type && y->type == d->type && x->size == d->inputSize &&
         y->size == Network(*d).output * Network(*d).directions && x->time == y->time && x->batch == y->batch && x->lengths == y->lengths;
}

/// Are states of these sizes, or is there nothing of them?
bool fits(const Tensor *t, const Network &n, int batch, int size, std::initializer_list<const void *> data) {
  bool used = false;
  for (const void *each : data)
    used |= each != nullptr;
  return !used || (isSet(t) && t->type == n.d.type && t->rank == 3 && t->isPacked() && t->size[0] == n.d.layers * n.directions &&
                   t->size[1] == batch && t->size[2] == size);
}

} // namespace

cudnnStatus_t cudnnBuildRNNDynamic(cudnnHandle_t handle, cudnnRNNDescriptor_t d, int batch) {
  return handle && d && batch > 0 ? CUDNN_STATUS_SUCCESS : CUDNN_STATUS_BAD_PARAM; // nothing is built
}

cudnnStatus_t cudnnGetRNNTempSpaceSizes(cudnnHandle_t handle, cudnnRNNDescriptor_t d, cudnnForwardMode_t mode, cudnnRNNDataDescriptor_t x,
                                        size_t *workSize, size_t *reserve) {
  CUPORT_CHECK(Call({handle, "cudnnGetRNNTempSpaceSizes"}), d && d->layers && x && x->lengths);
  if (workSize)
    *workSize = 0;
  if (reserve)
    *reserve = mode == CUDNN_FWD_MODE_TRAINING ? reserveSize(Network(*d), *x) : 0;
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnRNNForward(cudnnHandle_t handle, cudnnRNNDescriptor_t d, cudnnForwardMode_t mode, const int32_t *,
                              cudnnRNNDataDescriptor_t xDesc, const void *x, cudnnRNNDataDescriptor_t yDesc, void *y,
                              cudnnTensorDescriptor_t hDesc, const void *hx, void *hy, cudnnTensorDescriptor_t cDesc, const void *cx,
                              void *cy, size_t weightSize, const void *weights, size_t, void *, size_t reserved, void *reserve) {
  Call call{handle, "cudnnRNNForward"};
  bool trains = mode == CUDNN_FWD_MODE_TRAINING;
  CUPORT_CHECK(call, fits(d, xDesc, yDesc) && x && y && weights);
  Network network(*d);
  bool hasCells = d->mode == CUDNN_LSTM;
  CUPORT_CHECK(call, weightSize >= size_t(network.weights() * sizeOf(d->type)) && fits(hDesc, network, xDesc->batch, network.output, {hx, hy}) &&
                         (!hasCells || fits(cDesc, network, xDesc->batch, network.hidden, {cx, cy})) &&
                         (!trains || (reserve && reserved >= size_t(reserveSize(network, *xDesc)))) &&
                         (!trains || network.rate <= 0 || d->dropout->states));
  cudnnDropoutStruct dropout = d->dropout ? *d->dropout : cudnnDropoutStruct();
  return call.enqueue([=, n = network, xd = *xDesc, yd = *yDesc, threads = handle->threads] {
    useThreads(threads);
    withCalculated(n.d.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Steps steps{xd.time, xd.batch, xd.lengths};
      int64_t rows = steps.rows(), each = int64_t(steps.batch) * n.output, eachCell = int64_t(steps.batch) * n.hidden;
      int runs = n.d.layers * n.directions;
      Kept<C> kept{n, rows, static_cast<C *>(reserve)};
      Array<C> own;
      if (!trains) {
        own = makeArray<C>(kept.bytes() / sizeof(C) + 1);
        kept.base = own.get();
      }
      Input<C> all(rowOf(n.d.type, n.weights()), weights);
      Array<C> firstStates = loadStates<C>(n, runs * each, hx), firstCells = loadStates<C>(n, runs * eachCell, hasCells ? cx : nullptr);
      Array<C> lastStates = makeArray<C>(runs * each), lastCells = makeArray<C>(runs * eachCell), result = makeArray<C>(rows * n.inputOf(1));
      loadData(xd, x, kept.input(0));
      for (int layer = 0; layer < n.d.layers; ++layer) {
        if (layer) {
          if (trains && n.rate > 0) {
            drawMask(dropout, kept.mask(layer), rows * n.inputOf(layer));
            applyMask<C>(dropout, kept.mask(layer), result.get(), kept.input(layer), rows * n.inputOf(layer));
          } else {
            std::copy_n(result.get(), rows * n.inputOf(layer), kept.input(layer));
          }
        }
        std::fill_n(result.get(), rows * n.inputOf(1), C(0));
        for (int direction = 0; direction < n.directions; ++direction) {
          int64_t number = layer * n.directions + direction;
          Run<C> run{n, steps, kept, all, layer, direction, firstStates.get() + number * each, firstCells.get() + number * eachCell};
          run.forward();
          std::copy_n(run.stateBefore(steps.time), each, lastStates.get() + number * each);
          std::copy_n(run.cellBefore(steps.time), eachCell, lastCells.get() + number * eachCell);
          for (int s = 0; s < steps.time; ++s)
            for (int b = 0; b < steps.batch; ++b)
              if (steps.runs(s, b))
                std::copy_n(run.states + (int64_t(s) * steps.batch + b) * n.output, n.output,
                            result.get() + (steps.row(direction, s, b) * n.directions + direction) * n.output);
        }
      }
      storeData(yd, result.get(), y, yd.fills);
      storeStates(n, runs * each, lastStates.get(), hy);
      if (hasCells)
        storeStates(n, runs * eachCell, lastCells.get(), cy);
    });
  });
}

cudnnStatus_t cudnnRNNBackwardData_v8(cudnnHandle_t handle, cudnnRNNDescriptor_t d, const int32_t *, cudnnRNNDataDescriptor_t yDesc,
                                      const void *, const void *dy, cudnnRNNDataDescriptor_t xDesc, void *dx,
                                      cudnnTensorDescriptor_t hDesc, const void *hx, const void *dhy, void *dhx,
                                      cudnnTensorDescriptor_t cDesc, const void *cx, const void *dcy, void *dcx, size_t weightSize,
                                      const void *weights, size_t, void *, size_t reserved, void *reserve) {
  Call call{handle, "cudnnRNNBackwardData_v8"};
  CUPORT_CHECK(call, fits(d, xDesc, yDesc) && dy && dx && weights && reserve);
  Network network(*d);
  bool hasCells = d->mode == CUDNN_LSTM;
  CUPORT_CHECK(call, weightSize >= size_t(network.weights() * sizeOf(d->type)) && reserved >= size_t(reserveSize(network, *xDesc)) &&
                         fits(hDesc, network, xDesc->batch, network.output, {hx, dhy, dhx}) &&
                         (!hasCells || fits(cDesc, network, xDesc->batch, network.hidden, {cx, dcy, dcx})));
  cudnnDropoutStruct dropout = d->dropout ? *d->dropout : cudnnDropoutStruct();
  return call.enqueue([=, n = network, xd = *xDesc, yd = *yDesc, threads = handle->threads] {
    useThreads(threads);
    withCalculated(n.d.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Steps steps{xd.time, xd.batch, xd.lengths};
      int64_t rows = steps.rows(), each = int64_t(steps.batch) * n.output, eachCell = int64_t(steps.batch) * n.hidden;
      int runs = n.d.layers * n.directions;
      Kept<C> kept{n, rows, static_cast<C *>(reserve)};
      Input<C> all(rowOf(n.d.type, n.weights()), weights);
      Array<C> firstStates = loadStates<C>(n, runs * each, hx), firstCells = loadStates<C>(n, runs * eachCell, hasCells ? cx : nullptr);
      Array<C> stateSlopes = loadStates<C>(n, runs * each, dhy), cellSlopes = loadStates<C>(n, runs * eachCell, hasCells ? dcy : nullptr);
      Array<C> slope = makeArray<C>(rows * n.inputOf(1));
      loadData(yd, dy, slope.get());
      for (int layer = n.d.layers; layer-- > 0;) {
        int64_t count = rows * n.inputOf(layer);
        Array<C> next = makeArray<C>(count);
        std::fill_n(next.get(), count, C(0));
        for (int direction = 0; direction < n.directions; ++direction) {
          int64_t number = layer * n.directions + direction;
          Run<C> run{n, steps, kept, all, layer, direction, firstStates.get() + number * each, firstCells.get() + number * eachCell};
          run.backward(slope.get(), stateSlopes.get() + number * each, cellSlopes.get() + number * eachCell, next.get());
        }
        if (layer && n.rate > 0)
          applyMask<C>(dropout, kept.mask(layer), next.get(), next.get(), count);
        slope = std::move(next);
      }
      storeData(xd, slope.get(), dx, false);
      storeStates(n, runs * each, stateSlopes.get(), dhx);
      if (hasCells)
        storeStates(n, runs * eachCell, cellSlopes.get(), dcx);
    });
  });
}

cudnnStatus_t cudnnRNNBackwardWeights_v8(cudnnHandle_t handle, cudnnRNNDescriptor_t d, cudnnWgradMode_t mode, const int32_t *,
                                         cudnnRNNDataDescriptor_t xDesc, const void *x, cudnnTensorDescriptor_t hDesc, const void *hx,
                                         cudnnRNNDataDescriptor_t yDesc, const void *, size_t weightSize, void *dWeights, size_t, void *,
                                         size_t reserved, void *reserve) {
  Call call{handle, "cudnnRNNBackwardWeights_v8"};
  CUPORT_CHECK(call, fits(d, xDesc, yDesc) && x && dWeights && reserve && (mode == CUDNN_WGRAD_MODE_ADD || mode == CUDNN_WGRAD_MODE_SET));
  Network network(*d);
  CUPORT_CHECK(call, weightSize >= size_t(network.weights() * sizeOf(d->type)) && reserved >= size_t(reserveSize(network, *xDesc)) &&
                         fits(hDesc, network, xDesc->batch, network.output, {hx}));
  return call.enqueue([=, n = network, xd = *xDesc, threads = handle->threads] {
    useThreads(threads);
    withCalculated(n.d.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Steps steps{xd.time, xd.batch, xd.lengths};
      int64_t each = int64_t(steps.batch) * n.output;
      int runs = n.d.layers * n.directions;
      Kept<C> kept{n, steps.rows(), static_cast<C *>(reserve)};
      Array<C> firstStates = loadStates<C>(n, runs * each, hx), sums = loadStates<C>(n, n.weights(), nullptr);
      for (int number = 0; number < runs; ++number) {
        Run<C> run{n, steps, kept, nullptr, number / n.directions, number % n.directions, firstStates.get() + number * each, nullptr};
        run.weigh(sums.get());
      }
      storeStates(n, n.weights(), sums.get(), dWeights, {1, mode == CUDNN_WGRAD_MODE_ADD ? 1. : 0.});
    });
  });
}
