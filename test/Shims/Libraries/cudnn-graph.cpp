// cuDNN's graph interface: convolutions, products, operations element by element, in one graph; plans, CUDA graphs, what is refused.
// REQUIRES: cudnn
// RUN: %clangxx %s %library-program -lcuport-cudnn -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// CHECK-NOT: {{.}}
// CHECK: cuport: cudnnBackendFinalize: a graph with CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR: tensors of sizes that do not go together is not supported
// CHECK-NEXT: cuport: cudnnBackendCreateDescriptor of type 36 is not supported
// CHECK-NEXT: all as it should be

#include "dnn_graph.h"

static cudnnHandle_t handle;

static Backend convolutionOf(const std::vector<int64_t> &pre, const std::vector<int64_t> &post, int64_t stride, int64_t dilation,
                             cudnnConvolutionMode_t mode = CUDNN_CROSS_CORRELATION) {
  return finalized(CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR, {{CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS, std::vector<int64_t>{int64_t(pre.size())}},
                                                          {CUDNN_ATTR_CONVOLUTION_COMP_TYPE, CUDNN_DATA_FLOAT},
                                                          {CUDNN_ATTR_CONVOLUTION_CONV_MODE, CUDNN_TYPE_CONVOLUTION_MODE, mode},
                                                          {CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS, pre},
                                                          {CUDNN_ATTR_CONVOLUTION_POST_PADDINGS, post},
                                                          {CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES, std::vector<int64_t>(pre.size(), stride)},
                                                          {CUDNN_ATTR_CONVOLUTION_DILATIONS, std::vector<int64_t>(pre.size(), dilation)}});
}

/// Two dimensions and groups: body(number in x, in w, in y) for every product.
template <class Body> static void eachProduct(const Sizes &x, const Sizes &w, const Sizes &y, int top, int left, int stride, Body body) {
  int filters = w[0] / (x[1] / w[1]);
  for (int n = 0; n < y[0]; ++n)
    for (int k = 0; k < y[1]; ++k)
      for (int i = 0; i < y[2]; ++i)
        for (int j = 0; j < y[3]; ++j)
          for (int c = 0; c < w[1]; ++c)
            for (int a = 0; a < w[2]; ++a)
              for (int b = 0; b < w[3]; ++b) {
                int row = i * stride - top + a, column = j * stride - left + b, channel = k / filters * w[1] + c;
                if (row >= 0 && row < x[2] && column >= 0 && column < x[3])
                  body(((n * x[1] + channel) * x[2] + row) * x[3] + column, ((k * w[1] + c) * w[2] + a) * w[3] + b,
                       ((n * y[1] + k) * y[2] + i) * y[3] + j);
              }
}

/// relu(x * w + bias), and the ways back.
template <class T> static void convolutions(Order order, int groups, bool isEven) {
  Sizes xs{2, 4, 6, 5}, ws{6, 4 / groups, 3, 3}, ys{2, 6, isEven ? 6 : 3, isEven ? 5 : 2};
  int top = 1, left = isEven ? 1 : 0, stride = isEven ? 1 : 2;
  Backend shape = convolutionOf({top, left}, {isEven ? 1 : 0, isEven ? 1 : 0}, stride, 1);
  Tensor<T> x(xs, order, 1), w(ws, order, 2), y(ys, order, 3), bias({1, 6, 1, 1}, Order::Plain, 4), dx(xs, order, 5), dw(ws, order, 6);
  std::vector<double> forward(countOf(ys)), toData(countOf(xs)), toFilter(countOf(ws));
  eachProduct(xs, ws, ys, top, left, stride, [&](int from, int with, int to) {
    forward[to] += x.values[from] * w.values[with];
    toData[from] += y.values[to] * w.values[with];
    toFilter[with] += y.values[to] * x.values[from];
  });
  {
    Graph g{handle};
    g.operation(CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_DATA_DESCRIPTOR, {{CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_CONV_DESC, shape},
                                                                               {CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_W, g(w)},
                                                                               {CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DX, g(dx)},
                                                                               {CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DY, g(y)},
                                                                               {CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_BETA, 1.0}});
    g.run();
    CHECK(blended(dx, toData, 1, 1));
  }
  {
    Graph g{handle};
    g.operation(CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR, {{CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_CONV_DESC, shape},
                                                                                 {CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DW, g(dw)},
                                                                                 {CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_X, g(x)},
                                                                                 {CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DY, g(y)},
                                                                                 {CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_ALPHA, 2.0}});
    g.run();
    CHECK(blended(dw, toFilter, 2));
  }
  Graph g{handle};
  Backend convolved = g.between(ys), biased = g.between(ys), out = g(y);
  // In an order of no use: each operation runs when what it reads is there.
  g.pointwise(CUDNN_POINTWISE_RELU_FWD, {{CUDNN_ATTR_OPERATION_POINTWISE_XDESC, biased}, {CUDNN_ATTR_OPERATION_POINTWISE_YDESC, out}});
  g.pointwise(CUDNN_POINTWISE_ADD, convolved, g(bias), biased);
  g.operation(CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR, {{CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC, shape},
                                                                       {CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X, g(x)},
                                                                       {CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W, g(w)},
                                                                       {CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y, convolved}});
  g.run();
  for (int i = 0; i < countOf(ys); ++i)
    forward[i] = std::max(0., forward[i] + bias.values[i / (ys[2] * ys[3]) % 6]);
  CHECK(blended(y, forward));
}

/// Mean of heads: q has four, k has two, and only some rows and columns count.
template <class A, class C> static void products() {
  const int m = 3, n = 4, k = 5;
  Tensor<A> a({2, 4, m, k}, Order::Gaps, 1), b({1, 2, k, n}, Order::Plain, 2);
  Tensor<C> c({2, 4, m, n}), d({2, 4, m, n});
  Tensor<int32_t> rows({2, 1, 1, 1}, Order::Plain, std::vector<double>{2, 3}), depth({2, 1, 1, 1}, Order::Plain, std::vector<double>{5, 4});
  Graph g{handle};
  Backend left = g(a), right = g(b);
  g.matmul(left, right, g(c));
  g.matmul(left, right, g(d), {{CUDNN_ATTR_OPERATION_MATMUL_GEMM_M_OVERRIDE_DESC, g(rows)}, {CUDNN_ATTR_OPERATION_MATMUL_GEMM_K_OVERRIDE_DESC, g(depth)}});
  g.run();
  std::vector<double> all(countOf(c.size)), some(countOf(c.size));
  for (int i = 0; i < countOf(c.size); ++i) {
    int column = i % n, row = i / n % m, head = i / (n * m) % 4, batch = i / (n * m * 4);
    for (int p = 0; p < k; ++p) {
      double term = a.values[((batch * 4 + head) * m + row) * k + p] * b.values[(head / 2 * k + p) * n + column];
      all[i] += term;
      some[i] += row < rows.values[batch] && p < depth.values[batch] ? term : 0;
    }
  }
  CHECK(blended(c, all));
  CHECK(blended(d, some));
}

using Unary = double (*)(double);
using Binary = double (*)(double, double);

static void elementByElement() {
  Sizes size{1, 3, 2, 2};
  std::vector<double> xs = numbers(12, 1), bs = numbers(3, 2);
  for (double &x : xs)
    x = x / 2 + .25;
  for (double &b : bs)
    b += 4.5;
  auto run = [&](cudnnPointwiseMode_t mode, bool hasB, const std::vector<double> &x, const std::vector<double> &wanted, std::vector<Set> how = {}) {
    Graph g{handle};
    Tensor<float> xt(size, Order::Plain, x), bt({1, 3, 1, 1}, Order::Plain, bs), y(size);
    std::vector<Set> tensors{{CUDNN_ATTR_OPERATION_POINTWISE_XDESC, g(xt)}, {CUDNN_ATTR_OPERATION_POINTWISE_YDESC, g(y)}};
    if (hasB)
      tensors.push_back({CUDNN_ATTR_OPERATION_POINTWISE_BDESC, g(bt)});
    g.pointwise(mode, tensors, how);
    g.run();
    if (!blended(y, wanted, 1, 0, 1e-5))
      std::printf("mode %d\n", int(mode));
  };
  std::vector<double> positive = xs;
  for (double &x : positive)
    x = std::abs(x);
  const std::tuple<cudnnPointwiseMode_t, Unary, bool> unaries[] = {
      {CUDNN_POINTWISE_SQRT, [](double x) { return std::sqrt(x); }, true},
      {CUDNN_POINTWISE_RSQRT, [](double x) { return 1 / std::sqrt(x); }, true},
      {CUDNN_POINTWISE_LOG, [](double x) { return std::log(x); }, true},
      {CUDNN_POINTWISE_ABS, [](double x) { return std::abs(x); }, false},
      {CUDNN_POINTWISE_CEIL, [](double x) { return std::ceil(x); }, false},
      {CUDNN_POINTWISE_FLOOR, [](double x) { return std::floor(x); }, false},
      {CUDNN_POINTWISE_COS, [](double x) { return std::cos(x); }, false},
      {CUDNN_POINTWISE_SIN, [](double x) { return std::sin(x); }, false},
      {CUDNN_POINTWISE_TAN, [](double x) { return std::tan(x); }, false},
      {CUDNN_POINTWISE_EXP, [](double x) { return std::exp(x); }, false},
      {CUDNN_POINTWISE_NEG, [](double x) { return -x; }, false},
      {CUDNN_POINTWISE_ERF, [](double x) { return std::erf(x); }, false},
      {CUDNN_POINTWISE_IDENTITY, [](double x) { return x; }, false},
      {CUDNN_POINTWISE_RECIPROCAL, [](double x) { return 1 / x; }, false},
      {CUDNN_POINTWISE_LOGICAL_NOT, [](double x) { return double(!x); }, false}};
  for (auto &[mode, function, onlyPositive] : unaries) {
    const std::vector<double> &x = onlyPositive ? positive : xs;
    std::vector<double> wanted;
    for (double each : x)
      wanted.push_back(function(each));
    run(mode, false, x, wanted);
  }
  const std::pair<cudnnPointwiseMode_t, Binary> binaries[] = {{CUDNN_POINTWISE_ADD, [](double x, double b) { return x + b; }},
                                                              {CUDNN_POINTWISE_SUB, [](double x, double b) { return x - b; }},
                                                              {CUDNN_POINTWISE_MUL, [](double x, double b) { return x * b; }},
                                                              {CUDNN_POINTWISE_DIV, [](double x, double b) { return x / b; }},
                                                              {CUDNN_POINTWISE_ADD_SQUARE, [](double x, double b) { return x + b * b; }},
                                                              {CUDNN_POINTWISE_MIN, [](double x, double b) { return std::min(x, b); }},
                                                              {CUDNN_POINTWISE_MAX, [](double x, double b) { return std::max(x, b); }},
                                                              {CUDNN_POINTWISE_MOD, [](double x, double b) { return std::fmod(x, b); }},
                                                              {CUDNN_POINTWISE_ATAN2, [](double x, double b) { return std::atan2(x, b); }},
                                                              {CUDNN_POINTWISE_CMP_EQ, [](double x, double b) { return double(x == b); }},
                                                              {CUDNN_POINTWISE_CMP_NEQ, [](double x, double b) { return double(x != b); }},
                                                              {CUDNN_POINTWISE_CMP_GT, [](double x, double b) { return double(x > b); }},
                                                              {CUDNN_POINTWISE_CMP_GE, [](double x, double b) { return double(x >= b); }},
                                                              {CUDNN_POINTWISE_CMP_LT, [](double x, double b) { return double(x < b); }},
                                                              {CUDNN_POINTWISE_CMP_LE, [](double x, double b) { return double(x <= b); }},
                                                              {CUDNN_POINTWISE_LOGICAL_AND, [](double x, double b) { return double(x && b); }},
                                                              {CUDNN_POINTWISE_LOGICAL_OR, [](double x, double b) { return double(x || b); }}};
  for (auto &[mode, function] : binaries) {
    std::vector<double> wanted;
    for (int i = 0; i < 12; ++i)
      wanted.push_back(function(xs[i], bs[i / 4]));
    run(mode, true, xs, wanted);
  }
  std::vector<double> powers;
  for (int i = 0; i < 12; ++i)
    powers.push_back(std::pow(positive[i], bs[i / 4]));
  run(CUDNN_POINTWISE_POW, true, positive, powers);
  std::vector<double> indices;
  for (int i = 0; i < 12; ++i)
    indices.push_back(i / 4);
  run(CUDNN_POINTWISE_GEN_INDEX, false, xs, indices, {{CUDNN_ATTR_POINTWISE_AXIS, std::vector<int64_t>{1}}});
}

/// Each activation by its definition, and its derivative by small steps of that.
static void activations() {
  struct Activation {
    cudnnPointwiseMode_t forward, backward;
    Unary function;
    std::vector<Set> how;
  };
  const Activation all[] = {
      {CUDNN_POINTWISE_RELU_FWD, CUDNN_POINTWISE_RELU_BWD, [](double x) { return x < 0 ? .5 * x : std::min(x, 1.5); },
       {{CUDNN_ATTR_POINTWISE_RELU_UPPER_CLIP, 1.5}, {CUDNN_ATTR_POINTWISE_RELU_LOWER_CLIP_SLOPE, .5}}},
      {CUDNN_POINTWISE_TANH_FWD, CUDNN_POINTWISE_TANH_BWD, [](double x) { return std::tanh(x); }, {}},
      {CUDNN_POINTWISE_SIGMOID_FWD, CUDNN_POINTWISE_SIGMOID_BWD, [](double x) { return 1 / (1 + std::exp(-x)); }, {}},
      {CUDNN_POINTWISE_ELU_FWD, CUDNN_POINTWISE_ELU_BWD, [](double x) { return x > 0 ? x : 2 * (std::exp(x) - 1); }, {{CUDNN_ATTR_POINTWISE_ELU_ALPHA, 2.0}}},
      {CUDNN_POINTWISE_GELU_FWD, CUDNN_POINTWISE_GELU_BWD, [](double x) { return x / 2 * (1 + std::erf(x / std::sqrt(2.))); }, {}},
      {CUDNN_POINTWISE_SOFTPLUS_FWD, CUDNN_POINTWISE_SOFTPLUS_BWD, [](double x) { return std::log(1 + std::exp(3 * x)) / 3; },
       {{CUDNN_ATTR_POINTWISE_SOFTPLUS_BETA, 3.0}}},
      {CUDNN_POINTWISE_SWISH_FWD, CUDNN_POINTWISE_SWISH_BWD, [](double x) { return x / (1 + std::exp(-2 * x)); }, {{CUDNN_ATTR_POINTWISE_SWISH_BETA, 2.0}}},
      {CUDNN_POINTWISE_GELU_APPROX_TANH_FWD, CUDNN_POINTWISE_GELU_APPROX_TANH_BWD,
       [](double x) { return x / 2 * (1 + std::tanh(std::sqrt(2 / M_PI) * (x + .044715 * x * x * x))); }, {}}};
  Sizes size{1, 2, 2, 3};
  std::vector<double> xs = numbers(12, 1);
  for (double &x : xs)
    x = x * .7 + .13;
  for (const Activation &a : all) {
    Tensor<double> x(size, Order::Plain, xs), y(size), dy(size, Order::Plain, 3), dx(size);
    Graph forward{handle}, backward{handle};
    forward.pointwise(a.forward, {{CUDNN_ATTR_OPERATION_POINTWISE_XDESC, forward(x)}, {CUDNN_ATTR_OPERATION_POINTWISE_YDESC, forward(y)}}, a.how);
    forward.run();
    backward.pointwise(a.backward,
                       {{CUDNN_ATTR_OPERATION_POINTWISE_XDESC, backward(x)},
                        {CUDNN_ATTR_OPERATION_POINTWISE_DYDESC, backward(dy)},
                        {CUDNN_ATTR_OPERATION_POINTWISE_DXDESC, backward(dx)}},
                       a.how);
    backward.run();
    std::vector<double> values, slopes;
    for (int i = 0; i < 12; ++i) {
      values.push_back(a.function(xs[i]));
      slopes.push_back(dy.values[i] * (a.function(xs[i] + 1e-6) - a.function(xs[i] - 1e-6)) / 2e-6);
    }
    CHECK(blended(y, values, 1, 0, 1e-9));
    CHECK(blended(dx, slopes, 1, 0, 1e-7));
  }
}

/// Booleans are bits; a choice by them; a number of the host's; half in between is rounded.
static void masks() {
  Tensor<float> x({1, 1, 2, 10}, Order::Plain, 1), other({1, 1, 2, 10}, Order::Plain, 2), y({1, 1, 2, 10}), rounded({1, 1, 2, 10});
  Array<uint8_t> bits(std::vector<uint8_t>{0, 0, 0});
  float one = 1, little = 1.0f / 4096;
  Graph g{handle};
  Backend mask = g.add(CUDNN_DATA_BOOLEAN, {1, 1, 2, 10}, {20, 20, 10, 1}, bits.data), half = g.between({1, 1, 2, 10}, CUDNN_DATA_HALF);
  g.pointwise(CUDNN_POINTWISE_CMP_GE, g(x), g.scalar(&one), mask);
  g.pointwise(CUDNN_POINTWISE_BINARY_SELECT, {{CUDNN_ATTR_OPERATION_POINTWISE_XDESC, g(x)},
                                              {CUDNN_ATTR_OPERATION_POINTWISE_BDESC, g(other)},
                                              {CUDNN_ATTR_OPERATION_POINTWISE_TDESC, mask},
                                              {CUDNN_ATTR_OPERATION_POINTWISE_YDESC, g(y)}});
  g.pointwise(CUDNN_POINTWISE_ADD, g(other), g.scalar(&little), half);
  g.pointwise(CUDNN_POINTWISE_IDENTITY, {{CUDNN_ATTR_OPERATION_POINTWISE_XDESC, half}, {CUDNN_ATTR_OPERATION_POINTWISE_YDESC, g(rounded)}});
  Backend plan = g.plan(), pack = g.pack();
  OK(cudnnBackendExecute(handle, plan, pack));
  // What it was when the call was made.
  one = 100;
  OK(cudaDeviceSynchronize());
  std::vector<uint8_t> got = bits.host();
  std::vector<double> chosen, halves;
  for (int i = 0; i < 20; ++i) {
    IS(got[i / 8] >> (i % 8) & 1, int(x.values[i] >= 1));
    chosen.push_back(x.values[i] >= 1 ? x.values[i] : other.values[i]);
    halves.push_back(float(__half(float(other.values[i] + little))));
  }
  CHECK(blended(y, chosen));
  CHECK(blended(rounded, halves));
}

static void movement() {
  Tensor<float> a({2, 3, 2}, Order::Plain, 1), b({2, 1, 2}, Order::Gaps, 2), c({2, 4, 2}, Order::ChannelsLast), r({4, 3}, Order::Gaps);
  Graph g{handle};
  g.operation(CUDNN_BACKEND_OPERATION_CONCAT_DESCRIPTOR, {{CUDNN_ATTR_OPERATION_CONCAT_AXIS, std::vector<int64_t>{1}},
                                                          {CUDNN_ATTR_OPERATION_CONCAT_INPUT_DESCS, CUDNN_TYPE_BACKEND_DESCRIPTOR, std::vector<Backend>{g(a), g(b)}},
                                                          {CUDNN_ATTR_OPERATION_CONCAT_OUTPUT_DESC, g(c)}});
  g.operation(CUDNN_BACKEND_OPERATION_RESHAPE_DESCRIPTOR, {{CUDNN_ATTR_OPERATION_RESHAPE_XDESC, g(a)}, {CUDNN_ATTR_OPERATION_RESHAPE_YDESC, g(r)}});
  g.run();
  std::vector<double> joined;
  for (int n = 0; n < 2; ++n) {
    joined.insert(joined.end(), a.values.begin() + n * 6, a.values.begin() + n * 6 + 6);
    joined.insert(joined.end(), b.values.begin() + n * 2, b.values.begin() + n * 2 + 2);
  }
  CHECK(blended(c, joined));
  CHECK(blended(r, a.values));
  // The same memory by other strides is the matrix turned, in between, too.
  Tensor<float> m({1, 2, 3}, Order::Plain, 1), turned({1, 3, 2});
  Graph turn{handle};
  Backend view = tensorOf(++turn.next, CUDNN_DATA_FLOAT, {1, 3, 2}, {6, 1, 3}, true);
  turn.operation(CUDNN_BACKEND_OPERATION_RESHAPE_DESCRIPTOR, {{CUDNN_ATTR_OPERATION_RESHAPE_XDESC, turn(m)}, {CUDNN_ATTR_OPERATION_RESHAPE_YDESC, view}});
  turn.pointwise(CUDNN_POINTWISE_IDENTITY, {{CUDNN_ATTR_OPERATION_POINTWISE_XDESC, view}, {CUDNN_ATTR_OPERATION_POINTWISE_YDESC, turn(turned)}});
  turn.run();
  CHECK(blended(turned, {m.values[0], m.values[3], m.values[1], m.values[4], m.values[2], m.values[5]}));
}

/// A mean and a deviation that numbers of a distribution have, and that a seed gives the same again.
static void randomNumbers() {
  auto drawn = [](cudnnRngDistribution_t distribution, const std::vector<Set> &parameters, int64_t seed) {
    Tensor<float> y({1, 1, 100, 100});
    Graph g{handle};
    std::vector<Set> how = parameters;
    how.push_back({CUDNN_ATTR_RNG_DISTRIBUTION, CUDNN_TYPE_RNG_DISTRIBUTION, distribution});
    g.operation(CUDNN_BACKEND_OPERATION_RNG_DESCRIPTOR, {{CUDNN_ATTR_OPERATION_RNG_DESC, finalized(CUDNN_BACKEND_RNG_DESCRIPTOR, how)},
                                                         {CUDNN_ATTR_OPERATION_RNG_YDESC, g(y)},
                                                         {CUDNN_ATTR_OPERATION_RNG_SEED, std::vector<int64_t>{seed}}});
    g.run();
    return y.host();
  };
  auto are = [](const std::vector<double> &x, double mean, double deviation) {
    double sum = 0, squares = 0;
    for (double each : x)
      sum += each, squares += each * each;
    sum /= x.size(), squares /= x.size();
    return std::abs(sum - mean) < .05 && std::abs(std::sqrt(squares - sum * sum) - deviation) < .05;
  };
  std::vector<Set> probability{{CUDNN_ATTR_RNG_BERNOULLI_DIST_PROBABILITY, .25}};
  std::vector<double> coins = drawn(CUDNN_RNG_DISTRIBUTION_BERNOULLI, probability, 7);
  CHECK(are(coins, .25, std::sqrt(.25 * .75)) && coins == drawn(CUDNN_RNG_DISTRIBUTION_BERNOULLI, probability, 7));
  CHECK(coins != drawn(CUDNN_RNG_DISTRIBUTION_BERNOULLI, probability, 8));
  CHECK(are(drawn(CUDNN_RNG_DISTRIBUTION_UNIFORM, {{CUDNN_ATTR_RNG_UNIFORM_DIST_MINIMUM, 1.0}, {CUDNN_ATTR_RNG_UNIFORM_DIST_MAXIMUM, 3.0}}, 1), 2,
            1 / std::sqrt(3.)));
  CHECK(are(drawn(CUDNN_RNG_DISTRIBUTION_NORMAL, {{CUDNN_ATTR_RNG_NORMAL_DIST_MEAN, 2.0}, {CUDNN_ATTR_RNG_NORMAL_DIST_STANDARD_DEVIATION, 1.5}}, 1), 2,
            1.5));
}

/// A plan as text and back; as a node of a CUDA graph, whose addresses are changed; captured.
static void plans() {
  Tensor<float> x({1, 2, 2, 2}, Order::Plain, 1), b({1, 2, 2, 2}, Order::Plain, 2), y({1, 2, 2, 2}), z({1, 2, 2, 2}, Order::Plain, 5);
  Graph g{handle};
  g.pointwise(CUDNN_POINTWISE_MUL, {{CUDNN_ATTR_OPERATION_POINTWISE_XDESC, g(x)},
                                    {CUDNN_ATTR_OPERATION_POINTWISE_BDESC, g(b)},
                                    {CUDNN_ATTR_OPERATION_POINTWISE_YDESC, g(y)},
                                    {CUDNN_ATTR_OPERATION_POINTWISE_ALPHA1, CUDNN_TYPE_FLOAT, 3.0f}});
  std::vector<double> product, same;
  for (int i = 0; i < 8; ++i)
    product.push_back(3 * x.values[i] * b.values[i]);
  Backend plan = g.plan(), pack = g.pack();
  int64_t length = 0, size = 1;
  OK(cudnnBackendGetAttribute(plan, CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE, CUDNN_TYPE_INT64, 1, nullptr, &size));
  IS(size, 0);
  OK(cudnnBackendGetAttribute(plan, CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION, CUDNN_TYPE_CHAR, 0, &length, nullptr));
  std::vector<char> text(length);
  OK(cudnnBackendGetAttribute(plan, CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION, CUDNN_TYPE_CHAR, length, &length, text.data()));
  Backend again = finalized(CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR, {{CUDNN_ATTR_EXECUTION_PLAN_HANDLE, CUDNN_TYPE_HANDLE, handle},
                                                                      {CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION, CUDNN_TYPE_CHAR, text}});
  OK(cudnnBackendExecute(handle, again, pack));
  OK(cudaDeviceSynchronize());
  CHECK(blended(y, product));
  text[30] = 'x';
  finalized(CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR, {{CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION, CUDNN_TYPE_CHAR, text}}, CUDNN_STATUS_BAD_PARAM);

  cudaGraph_t graph;
  cudaGraphExec_t executable;
  OK(cudaGraphCreate(&graph, 0));
  OK(cudnnBackendPopulateCudaGraph(handle, plan, pack, graph));
  g.pointers[2] = z;
  OK(cudnnBackendUpdateCudaGraph(handle, plan, g.pack(), graph));
  OK(cudaGraphInstantiate(&executable, graph, 0));
  OK(cudaMemset(y, 0, 32));
  OK(cudaGraphLaunch(executable, 0));
  OK(cudaDeviceSynchronize());
  CHECK(blended(z, product));
  CHECK(blended(y, std::vector<double>(8)));
}

static void refused() {
  Backend tensor;
  OK(cudnnBackendCreateDescriptor(CUDNN_BACKEND_TENSOR_DESCRIPTOR, &tensor));
  // Not of this descriptor, of another type, not all there; not to be changed or asked in the wrong state.
  IS(int(set(tensor, {CUDNN_ATTR_MATMUL_COMP_TYPE, CUDNN_DATA_FLOAT})), int(CUDNN_STATUS_BAD_PARAM));
  IS(int(set(tensor, {CUDNN_ATTR_TENSOR_UNIQUE_ID, 1.0})), int(CUDNN_STATUS_BAD_PARAM_ATTRIBUTE_TYPE));
  IS(int(cudnnBackendFinalize(tensor)), int(CUDNN_STATUS_BAD_PARAM));
  int64_t number;
  IS(int(cudnnBackendGetAttribute(tensor, CUDNN_ATTR_TENSOR_UNIQUE_ID, CUDNN_TYPE_INT64, 1, nullptr, &number)), int(CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED));
  Backend good = tensorOf(9, CUDNN_DATA_HALF, {2, 3}, {3, 1});
  OK(cudnnBackendGetAttribute(good, CUDNN_ATTR_TENSOR_UNIQUE_ID, CUDNN_TYPE_INT64, 1, nullptr, &number));
  IS(number, 9);
  IS(int(set(good, {CUDNN_ATTR_TENSOR_UNIQUE_ID, std::vector<int64_t>{1}})), int(CUDNN_STATUS_BAD_PARAM));
  Backend reduction;
  OK(cudnnBackendCreateDescriptor(CUDNN_BACKEND_OPERATION_REDUCTION_DESCRIPTOR, &reduction));
  IS(int(set(reduction, {CUDNN_ATTR_OPERATION_REDUCTION_XDESC, tensor})), int(CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED));
  OK(cudnnBackendDestroyDescriptor(tensor));

  Graph g{handle};
  Tensor<float> x({1, 3, 2, 2}), b({1, 2, 2, 2}), y({1, 3, 2, 2});
  g.pointwise(CUDNN_POINTWISE_ADD, g(x), g(b), g(y));
  Backend graph = g.graph();
  OK(cudnnBackendGetAttribute(graph, CUDNN_ATTR_OPERATIONGRAPH_ENGINE_GLOBAL_COUNT, CUDNN_TYPE_INT64, 1, nullptr, &number));
  IS(number, 0);
  finalized(CUDNN_BACKEND_ENGINE_DESCRIPTOR, {{CUDNN_ATTR_ENGINE_OPERATION_GRAPH, graph}, {CUDNN_ATTR_ENGINE_GLOBAL_INDEX, std::vector<int64_t>{0}}},
            CUDNN_STATUS_NOT_SUPPORTED_GRAPH_PATTERN);
  Backend none;
  IS(int(cudnnBackendCreateDescriptor(CUDNN_BACKEND_OPERATION_BLOCK_SCALE_QUANTIZE_DESCRIPTOR, &none)), int(CUDNN_STATUS_NOT_SUPPORTED));

  // A tensor without an address.
  Graph other{handle};
  other.pointwise(CUDNN_POINTWISE_ADD, other(x), other(y), other(y));
  Backend plan = other.plan();
  other.uids[1] = 77;
  IS(int(cudnnBackendExecute(handle, plan, other.pack())), int(CUDNN_STATUS_BAD_PARAM_NULL_POINTER));
}

int main() {
  OK(cudnnCreate(&handle));
  for (Order order : {Order::Plain, Order::ChannelsLast, Order::Gaps}) {
    convolutions<float>(order, 1, true);
    convolutions<float>(order, 2, false);
    convolutions<__half>(order, 1, true);
    convolutions<double>(order, 2, false);
  }
  products<float, float>();
  products<__half, float>();
  products<double, double>();
  products<int8_t, int32_t>();
  elementByElement();
  activations();
  masks();
  movement();
  randomNumbers();
  plans();
  refused();
  OK(cudnnDestroy(handle));
  return done();
}
