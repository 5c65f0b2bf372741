// cuDNN's recurrent networks: forwards against plain loops, backwards against differences of what the loops give; cells, biases,
// directions, layers, projections, layouts of the data, types; dropout.
// REQUIRES: cudnn
// RUN: %clangxx %s %library-program -lcuport-cudnn -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 CUPORT_THREADS=2 %t 2>&1 | FileCheck %s
// CHECK-NOT: {{.}}
// CHECK: all as it should be

#include "dnn.h"

static cudnnHandle_t handle;
using Values = std::vector<double>;

struct Network {
  cudnnRNNMode_t mode;
  cudnnRNNBiasMode_t bias = CUDNN_RNN_DOUBLE_BIAS;
  cudnnDirectionMode_t direction = CUDNN_UNIDIRECTIONAL;
  int layers = 1, hidden = 3, output = 3, input = 4;
  cudnnRNNInputMode_t inputMode = CUDNN_LINEAR_INPUT;
  cudnnRNNDataLayout_t layout = CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_UNPACKED;
  std::vector<int> lengths{4, 2};
  int time = 4;

  int batch() const { return int(lengths.size()); }
  int directions() const { return direction == CUDNN_BIDIRECTIONAL ? 2 : 1; }
  int gates() const { return mode == CUDNN_LSTM ? 4 : mode == CUDNN_GRU ? 3 : 1; }
  int ids() const { return 2 * gates() + (output != hidden); }
  /// Where the vector of a time and a sequence begins; -1: nowhere.
  int place(int t, int b, int size) const {
    if (layout == CUDNN_RNN_DATA_LAYOUT_BATCH_MAJOR_UNPACKED)
      return (b * time + t) * size;
    if (layout == CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_UNPACKED)
      return (t * batch() + b) * size;
    int before = 0;
    for (int i = 0; i < time; ++i)
      for (int j = 0; j < batch(); ++j) {
        if (i == t && j == b)
          return i < lengths[j] ? before * size : -1;
        before += i < lengths[j];
      }
    return -1;
  }
  int rows() const {
    int sum = 0;
    for (int each : lengths)
      sum += each;
    return layout == CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_PACKED ? sum : time * batch();
  }
};

struct Weights {
  int matrix = -1, bias = -1, rows = 0, columns = 0; ///< where they begin in the weights; -1: there is none
};

struct Results {
  Values y, hy, cy;
};

/// By the formulas, one number after the other.
static Results plain(const Network &n, const std::vector<Weights> &parts, const Values &w, const Values &x, const Values &hx, const Values &cx) {
  int dirs = n.directions(), wide = n.output * dirs;
  auto sigmoid = [](double v) { return 1 / (1 + std::exp(-v)); };
  Results r{Values(n.rows() * wide, 0), hx, cx};
  for (int b = 0; b < n.batch(); ++b) {
    std::vector<Values> rows;
    for (int t = 0; t < n.lengths[b]; ++t)
      rows.emplace_back(x.begin() + n.place(t, b, n.input), x.begin() + n.place(t, b, n.input) + n.input);
    for (int layer = 0; layer < n.layers; ++layer) {
      std::vector<Values> next(rows.size(), Values(wide));
      for (int d = 0; d < dirs; ++d) {
        int number = layer * dirs + d;
        const Weights *part = &parts[number * n.ids()];
        double *h = &r.hy[(number * n.batch() + b) * n.output], *c = n.mode == CUDNN_LSTM ? &r.cy[(number * n.batch() + b) * n.hidden] : nullptr;
        for (size_t s = 0; s < rows.size(); ++s) {
          size_t t = d ? rows.size() - 1 - s : s;
          auto sum = [&](int id, int i, const double *from) {
            const Weights &p = part[id];
            double value = p.bias < 0 ? 0 : w[p.bias + i];
            if (p.matrix < 0)
              return value + from[i];
            for (int k = 0; k < p.columns; ++k)
              value += w[p.matrix + i * p.columns + k] * from[k];
            return value;
          };
          Values fresh(n.hidden);
          for (int i = 0; i < n.hidden; ++i) {
            int g = n.gates();
            auto in = [&](int gate) { return sum(gate, i, rows[t].data()); };
            auto state = [&](int gate) { return sum(g + gate, i, h); };
            if (n.mode == CUDNN_LSTM) {
              c[i] = sigmoid(in(1) + state(1)) * c[i] + sigmoid(in(0) + state(0)) * std::tanh(in(2) + state(2));
              fresh[i] = sigmoid(in(3) + state(3)) * std::tanh(c[i]);
            } else if (n.mode == CUDNN_GRU) {
              double update = sigmoid(in(1) + state(1));
              fresh[i] = (1 - update) * std::tanh(in(2) + sigmoid(in(0) + state(0)) * state(2)) + update * h[i];
            } else {
              double v = in(0) + state(0);
              fresh[i] = n.mode == CUDNN_RNN_RELU ? std::max(0., v) : std::tanh(v);
            }
          }
          for (int i = 0; i < n.output; ++i)
            h[i] = n.output == n.hidden ? fresh[i] : sum(2 * n.gates(), i, fresh.data());
          std::copy_n(h, n.output, &next[t][d * n.output]);
        }
      }
      rows = next;
    }
    for (size_t t = 0; t < rows.size(); ++t)
      std::copy_n(rows[t].data(), wide, &r.y[n.place(int(t), b, wide)]);
  }
  return r;
}

static Values small(int count, int seed) {
  Values result = numbers(count, seed, 9);
  for (int i = 0; i < count; ++i)
    result[i] = result[i] / 8 + i % 5 / 64.; // seldom a sum of 0, where ReLU has no derivative
  return result;
}

template <class T> Array<T> *onDevice(const Values &values) {
  std::vector<T> stored;
  for (double each : values)
    stored.push_back(rounded<T>(each));
  return new Array<T>(stored);
}
template <class T> bool near(const Array<T> &got, const Values &wanted, double tolerance) {
  std::vector<T> values = got.host();
  for (size_t i = 0; i < wanted.size(); ++i)
    if (!(std::abs(toDouble(values[i]) - wanted[i]) <= tolerance)) {
      std::printf("element %zu is %g, not %g\n", i, toDouble(values[i]), wanted[i]);
      return false;
    }
  return true;
}

template <class T> void run(const Network &n) {
  int dirs = n.directions(), states = n.layers * dirs * n.batch() * n.output, cells = n.layers * dirs * n.batch() * n.hidden;
  double tolerance = sizeof(T) == 2 ? 5e-3 : 1e-5;
  cudnnRNNDescriptor_t rnn;
  OK(cudnnCreateRNNDescriptor(&rnn));
  OK(cudnnSetRNNDescriptor_v8(rnn, CUDNN_RNN_ALGO_STANDARD, n.mode, n.bias, n.direction, n.inputMode, dataType<T>, dataType<Factor<T>>,
                              CUDNN_DEFAULT_MATH, n.input, n.hidden, n.output, n.layers, nullptr, CUDNN_RNN_PADDED_IO_ENABLED));
  size_t bytes, workSize, reserveSize;
  OK(cudnnGetRNNWeightSpaceSize(handle, rnn, &bytes));
  int count = int(bytes / sizeof(T));
  Values w = small(count, 1), x = small(n.rows() * n.input, 2), hx = small(states, 3), cx = small(cells, 4);
  std::unique_ptr<Array<T>> ws(onDevice<T>(w)), xs(onDevice<T>(x)), hxs(onDevice<T>(hx)), cxs(onDevice<T>(cx));
  std::vector<Weights> parts;
  int matrices = 0;
  cudnnTensorDescriptor_t matrix, bias;
  OK(cudnnCreateTensorDescriptor(&matrix));
  OK(cudnnCreateTensorDescriptor(&bias));
  for (int layer = 0; layer < n.layers * dirs; ++layer)
    for (int id = 0; id < n.ids(); ++id) {
      void *m, *b;
      Weights part;
      cudnnDataType_t type;
      int rank, size[3], stride[3];
      OK(cudnnGetRNNWeightParams(handle, rnn, layer, bytes, ws->data, id, matrix, &m, bias, &b));
      if (m) {
        OK(cudnnGetTensorNdDescriptor(matrix, 3, &type, &rank, size, stride));
        CHECK(rank == 3 && size[0] == 1 && type == dataType<T>);
        part.matrix = int((T *)m - ws->data), part.rows = size[1], part.columns = size[2];
        matrices += size[1] * size[2];
      }
      if (b) {
        OK(cudnnGetTensorNdDescriptor(bias, 3, &type, &rank, size, stride));
        CHECK(rank == 3 && size[1] == n.hidden && size[2] == 1);
        part.bias = int((T *)b - ws->data);
        matrices += size[1];
      }
      parts.push_back(part);
    }
  IS(matrices, count);

  cudnnRNNDataDescriptor_t xDesc, yDesc;
  T fill(7);
  OK(cudnnCreateRNNDataDescriptor(&xDesc));
  OK(cudnnCreateRNNDataDescriptor(&yDesc));
  OK(cudnnSetRNNDataDescriptor(xDesc, dataType<T>, n.layout, n.time, n.batch(), n.input, n.lengths.data(), nullptr));
  OK(cudnnSetRNNDataDescriptor(yDesc, dataType<T>, n.layout, n.time, n.batch(), n.output * dirs, n.lengths.data(), &fill));
  Tensor<T> h({n.layers * dirs, n.batch(), n.output}), c({n.layers * dirs, n.batch(), n.hidden});
  OK(cudnnGetRNNTempSpaceSizes(handle, rnn, CUDNN_FWD_MODE_TRAINING, xDesc, &workSize, &reserveSize));
  Array<char> reserve(reserveSize);
  Results wanted = plain(n, parts, w, x, hx, cx);
  Values filled(wanted.y);
  for (int t = 0; t < n.time; ++t)
    for (int b = 0; b < n.batch(); ++b)
      if (t >= n.lengths[b] && n.place(t, b, 1) >= 0)
        std::fill_n(&filled[n.place(t, b, n.output * dirs)], n.output * dirs, 7);
  for (auto mode : {CUDNN_FWD_MODE_INFERENCE, CUDNN_FWD_MODE_TRAINING}) {
    Array<T> y(filled.size()), hy(states), cy(cells);
    OK(cudnnRNNForward(handle, rnn, mode, nullptr, xDesc, xs->data, yDesc, y, h.descriptor, hxs->data, hy, c.descriptor, cxs->data, cy, bytes,
                       ws->data, workSize, nullptr, mode == CUDNN_FWD_MODE_TRAINING ? reserveSize : 0, reserve));
    CHECK(near(y, filled, tolerance));
    CHECK(near(hy, wanted.hy, tolerance));
    if (n.mode == CUDNN_LSTM)
      CHECK(near(cy, wanted.cy, tolerance));
  }

  // Of a sum of the results, each with a weight of its own.
  Values dy = small(int(filled.size()), 5), dhy = small(states, 6), dcy = small(cells, 7), dw(count, 0.), sevens(count, 7.);
  std::unique_ptr<Array<T>> dys(onDevice<T>(dy)), dhys(onDevice<T>(dhy)), dcys(onDevice<T>(dcy)), dws(onDevice<T>(sevens));
  Array<T> dx(x.size()), dhx(states), dcx(cells), unused(filled.size());
  OK(cudnnRNNBackwardData_v8(handle, rnn, nullptr, yDesc, unused, dys->data, xDesc, dx, h.descriptor, hxs->data, dhys->data, dhx, c.descriptor,
                             cxs->data, dcys->data, dcx, bytes, ws->data, workSize, nullptr, reserveSize, reserve));
  OK(cudnnRNNBackwardWeights_v8(handle, rnn, CUDNN_WGRAD_MODE_SET, nullptr, xDesc, xs->data, h.descriptor, hxs->data, yDesc, unused, bytes,
                                dws->data, workSize, nullptr, reserveSize, reserve));
  auto slopes = [&](Values &of) {
    auto value = [&] {
      Results r = plain(n, parts, w, x, hx, cx);
      double sum = 0;
      for (int t = 0; t < n.time; ++t)
        for (int b = 0; b < n.batch(); ++b)
          for (int i = 0; t < n.lengths[b] && i < n.output * dirs; ++i)
            sum += r.y[n.place(t, b, n.output * dirs) + i] * dy[n.place(t, b, n.output * dirs) + i];
      for (int i = 0; i < states; ++i)
        sum += r.hy[i] * dhy[i];
      for (int i = 0; n.mode == CUDNN_LSTM && i < cells; ++i)
        sum += r.cy[i] * dcy[i];
      return sum;
    };
    Values result;
    for (double &each : of) {
      double kept = each;
      each = kept + 1e-5;
      double more = value();
      each = kept - 1e-5;
      result.push_back((more - value()) / 2e-5);
      each = kept;
    }
    return result;
  };
  double loose = sizeof(T) == 2 ? 5e-2 : 2e-4;
  CHECK(near(dx, slopes(x), loose));
  CHECK(near(dhx, slopes(hx), loose));
  if (n.mode == CUDNN_LSTM)
    CHECK(near(dcx, slopes(cx), loose));
  Values weighted = slopes(w);
  CHECK(near(*dws, weighted, loose));
  OK(cudnnRNNBackwardWeights_v8(handle, rnn, CUDNN_WGRAD_MODE_ADD, nullptr, xDesc, xs->data, h.descriptor, hxs->data, yDesc, unused, bytes,
                                dws->data, workSize, nullptr, reserveSize, reserve));
  for (double &each : weighted)
    each *= 2;
  CHECK(near(*dws, weighted, 2 * loose));
  IS(cudnnRNNForward(handle, rnn, CUDNN_FWD_MODE_TRAINING, nullptr, xDesc, xs->data, yDesc, unused, h.descriptor, hxs->data, nullptr,
                     c.descriptor, cxs->data, nullptr, bytes, ws->data, workSize, nullptr, reserveSize - 1, reserve),
     CUDNN_STATUS_BAD_PARAM);
  OK(cudnnDestroyRNNDataDescriptor(xDesc));
  OK(cudnnDestroyRNNDataDescriptor(yDesc));
  OK(cudnnDestroyRNNDescriptor(rnn));
  OK(cudnnDestroyTensorDescriptor(matrix));
  OK(cudnnDestroyTensorDescriptor(bias));
}

/// What falls out between two layers falls out of the gradient, too: with everything out, the first layer has none.
static void dropout(float rate) {
  size_t stateSize, bytes, workSize, reserveSize;
  OK(cudnnDropoutGetStatesSize(handle, &stateSize));
  Array<char> state(stateSize);
  cudnnDropoutDescriptor_t dropout;
  OK(cudnnCreateDropoutDescriptor(&dropout));
  OK(cudnnSetDropoutDescriptor(dropout, handle, rate, state, stateSize, 1));
  cudnnRNNDescriptor_t rnn;
  OK(cudnnCreateRNNDescriptor(&rnn));
  OK(cudnnSetRNNDescriptor_v8(rnn, CUDNN_RNN_ALGO_STANDARD, CUDNN_RNN_TANH, CUDNN_RNN_NO_BIAS, CUDNN_UNIDIRECTIONAL, CUDNN_LINEAR_INPUT,
                              CUDNN_DATA_FLOAT, CUDNN_DATA_FLOAT, CUDNN_DEFAULT_MATH, 2, 40, 40, 2, dropout, 0));
  OK(cudnnGetRNNWeightSpaceSize(handle, rnn, &bytes));
  std::unique_ptr<Array<float>> weights(onDevice<float>(small(int(bytes / 4), 1))), x(onDevice<float>({1, 2})), dy(onDevice<float>(small(40, 2)));
  cudnnRNNDataDescriptor_t xDesc, yDesc;
  int length = 1;
  OK(cudnnCreateRNNDataDescriptor(&xDesc));
  OK(cudnnCreateRNNDataDescriptor(&yDesc));
  OK(cudnnSetRNNDataDescriptor(xDesc, CUDNN_DATA_FLOAT, CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_PACKED, 1, 1, 2, &length, nullptr));
  OK(cudnnSetRNNDataDescriptor(yDesc, CUDNN_DATA_FLOAT, CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_PACKED, 1, 1, 40, &length, nullptr));
  OK(cudnnGetRNNTempSpaceSizes(handle, rnn, CUDNN_FWD_MODE_TRAINING, xDesc, &workSize, &reserveSize));
  Array<char> reserve(reserveSize);
  Array<float> y(40), z(40), dx(2);
  auto forward = [&](cudnnForwardMode_t mode, float *to) {
    OK(cudnnRNNForward(handle, rnn, mode, nullptr, xDesc, x->data, yDesc, to, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, bytes,
                       weights->data, workSize, nullptr, reserveSize, reserve));
  };
  forward(CUDNN_FWD_MODE_INFERENCE, z);
  forward(CUDNN_FWD_MODE_TRAINING, y);
  OK(cudnnRNNBackwardData_v8(handle, rnn, nullptr, yDesc, y, dy->data, xDesc, dx, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr,
                             nullptr, bytes, weights->data, workSize, nullptr, reserveSize, reserve));
  CHECK((y.host() == z.host()) == (rate == 0));
  CHECK((dx.host() == std::vector<float>{0, 0}) == (rate == 1));
  CHECK((y.host() == std::vector<float>(40, 0)) == (rate == 1));
  OK(cudnnDestroyRNNDescriptor(rnn));
  OK(cudnnDestroyDropoutDescriptor(dropout));
}

int main() {
  OK(cudnnCreate(&handle));
  for (auto mode : {CUDNN_RNN_RELU, CUDNN_RNN_TANH, CUDNN_LSTM, CUDNN_GRU}) {
    run<double>({.mode = mode});
    run<float>({.mode = mode, .direction = CUDNN_BIDIRECTIONAL, .layers = 2, .layout = CUDNN_RNN_DATA_LAYOUT_BATCH_MAJOR_UNPACKED, .lengths = {2, 4, 3}});
    run<double>({.mode = mode, .direction = CUDNN_BIDIRECTIONAL, .layers = 2, .layout = CUDNN_RNN_DATA_LAYOUT_SEQ_MAJOR_PACKED, .lengths = {4, 4, 1}});
    run<__half>({.mode = mode});
    for (auto bias : {CUDNN_RNN_NO_BIAS, CUDNN_RNN_SINGLE_INP_BIAS, CUDNN_RNN_SINGLE_REC_BIAS})
      run<double>({.mode = mode, .bias = bias, .layers = 2});
    run<double>({.mode = mode, .layers = 2, .input = 3, .inputMode = CUDNN_SKIP_INPUT});
  }
  run<double>({.mode = CUDNN_LSTM, .direction = CUDNN_BIDIRECTIONAL, .layers = 2, .output = 2});
  for (float rate : {0.f, .5f, 1.f})
    dropout(rate);
  OK(cudnnDestroy(handle));
  return done();
}
