// cuDNN's graph interface: normalisations, statistics, reductions and pooling, against plain loops.
// REQUIRES: cudnn
// RUN: %clangxx %s %library-program -lcuport-cudnn -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// CHECK-NOT: {{.}}
// CHECK: all as it should be

#include "dnn_graph.h"

#include <algorithm>

static cudnnHandle_t handle;
static const float epsilon = 1e-3f;

using Values = std::vector<double>;

/// Numbers of what each element is normalised with, and of its scale, for x of {2, 3, 2, 2}.
struct Norm {
  cudnnBackendNormMode_t mode;
  Sizes statistics, scale;
  int together(int i) const {
    int n = i / 12, c = i / 4 % 3;
    return mode == CUDNN_BATCH_NORM ? c : mode == CUDNN_INSTANCE_NORM ? n * 3 + c : n;
  }
  int scaleOf(int i) const { return countOf(scale) == 3 ? i / 4 % 3 : i % 12; }
};

static const Norm norms[] = {{CUDNN_LAYER_NORM, {2, 1, 1, 1}, {1, 3, 2, 2}},
                             {CUDNN_RMS_NORM, {2, 1, 1, 1}, {1, 3, 2, 2}},
                             {CUDNN_INSTANCE_NORM, {2, 3, 1, 1}, {1, 3, 1, 1}},
                             {CUDNN_BATCH_NORM, {1, 3, 1, 1}, {1, 3, 1, 1}}};

struct Result {
  Values y, mean, inverse, variance;
};

static Result normalized(const Norm &norm, const Values &x, const Values &scale, const Values &bias) {
  int count = countOf(norm.statistics), each = 24 / count;
  Result r{Values(24), Values(count), Values(count), Values(count)};
  if (norm.mode != CUDNN_RMS_NORM)
    for (int i = 0; i < 24; ++i)
      r.mean[norm.together(i)] += x[i] / each;
  for (int i = 0; i < 24; ++i)
    r.variance[norm.together(i)] += std::pow(x[i] - r.mean[norm.together(i)], 2) / each;
  for (int i = 0; i < count; ++i)
    r.inverse[i] = 1 / std::sqrt(r.variance[i] + double(epsilon));
  for (int i = 0; i < 24; ++i)
    r.y[i] = (x[i] - r.mean[norm.together(i)]) * r.inverse[norm.together(i)] * scale[norm.scaleOf(i)] + bias[norm.scaleOf(i)];
  return r;
}

template <class T> static void normalize(const Norm &norm, Order order, bool isTraining, double tolerance) {
  Tensor<T> x({2, 3, 2, 2}, order, 1), y({2, 3, 2, 2}, order, 2), dy({2, 3, 2, 2}, order, 3), dx({2, 3, 2, 2}, order, 4);
  Tensor<float> scale(norm.scale, Order::Plain, 5), bias(norm.scale, Order::Plain, 6), mean(norm.statistics), inverse(norm.statistics),
      oldMean(norm.statistics, Order::Plain, 7), oldVariance(norm.statistics, Order::Plain, 8), newMean(norm.statistics), newVariance(norm.statistics),
      dScale(norm.scale), dBias(norm.scale);
  float factor = .25f;
  bool isRms = norm.mode == CUDNN_RMS_NORM, isBatch = norm.mode == CUDNN_BATCH_NORM;
  Result wanted = normalized(norm, x.values, scale.values, isRms ? Values(24) : bias.values);
  {
    Graph g{handle};
    std::vector<Set> attributes{{CUDNN_ATTR_OPERATION_NORM_FWD_MODE, CUDNN_TYPE_NORM_MODE, norm.mode},
                                {CUDNN_ATTR_OPERATION_NORM_FWD_PHASE, CUDNN_TYPE_NORM_FWD_PHASE, isTraining ? CUDNN_NORM_FWD_TRAINING : CUDNN_NORM_FWD_INFERENCE},
                                {CUDNN_ATTR_OPERATION_NORM_FWD_XDESC, g(x)},
                                {CUDNN_ATTR_OPERATION_NORM_FWD_SCALE_DESC, g(scale)},
                                {CUDNN_ATTR_OPERATION_NORM_FWD_EPSILON_DESC, g.scalar(&epsilon)},
                                {CUDNN_ATTR_OPERATION_NORM_FWD_YDESC, g(y)}};
    if (!isRms)
      attributes.push_back({CUDNN_ATTR_OPERATION_NORM_FWD_BIAS_DESC, g(bias)});
    if (isTraining && !isRms)
      attributes.push_back({CUDNN_ATTR_OPERATION_NORM_FWD_MEAN_DESC, g(mean)});
    if (isTraining)
      attributes.push_back({CUDNN_ATTR_OPERATION_NORM_FWD_INV_VARIANCE_DESC, g(inverse)});
    if (isBatch)
      for (const Set &each : {Set{CUDNN_ATTR_OPERATION_NORM_FWD_EXP_AVG_FACTOR_DESC, g.scalar(&factor)},
                              {CUDNN_ATTR_OPERATION_NORM_FWD_INPUT_RUNNING_MEAN_DESC, g(oldMean)},
                              {CUDNN_ATTR_OPERATION_NORM_FWD_INPUT_RUNNING_VAR_DESC, g(oldVariance)},
                              {CUDNN_ATTR_OPERATION_NORM_FWD_OUTPUT_RUNNING_MEAN_DESC, g(newMean)},
                              {CUDNN_ATTR_OPERATION_NORM_FWD_OUTPUT_RUNNING_VAR_DESC, g(newVariance)}})
        attributes.push_back(each);
    g.operation(CUDNN_BACKEND_OPERATION_NORM_FORWARD_DESCRIPTOR, attributes);
    g.run();
  }
  CHECK(blended(y, wanted.y, 1, 0, tolerance));
  if (!isTraining)
    return;
  if (!isRms)
    CHECK(blended(mean, wanted.mean, 1, 0, 1e-5));
  CHECK(blended(inverse, wanted.inverse, 1, 0, 1e-5));
  if (isBatch) {
    Values means(3), variances(3);
    for (int i = 0; i < 3; ++i) {
      means[i] = .75 * oldMean.values[i] + .25 * wanted.mean[i];
      variances[i] = .75 * oldVariance.values[i] + .25 * wanted.variance[i] * 8 / 7;
    }
    CHECK(blended(newMean, means, 1, 0, 1e-5));
    CHECK(blended(newVariance, variances, 1, 0, 1e-5));
  }

  Graph g{handle};
  std::vector<Set> attributes{{CUDNN_ATTR_OPERATION_NORM_BWD_MODE, CUDNN_TYPE_NORM_MODE, norm.mode},
                              {CUDNN_ATTR_OPERATION_NORM_BWD_XDESC, g(x)},
                              {CUDNN_ATTR_OPERATION_NORM_BWD_INV_VARIANCE_DESC, g(inverse)},
                              {CUDNN_ATTR_OPERATION_NORM_BWD_DYDESC, g(dy)},
                              {CUDNN_ATTR_OPERATION_NORM_BWD_SCALE_DESC, g(scale)},
                              {CUDNN_ATTR_OPERATION_NORM_BWD_DSCALE_DESC, g(dScale)},
                              {CUDNN_ATTR_OPERATION_NORM_BWD_DBIAS_DESC, g(dBias)},
                              {CUDNN_ATTR_OPERATION_NORM_BWD_DXDESC, g(dx)}};
  if (!isRms)
    attributes.push_back({CUDNN_ATTR_OPERATION_NORM_BWD_MEAN_DESC, g(mean)});
  g.operation(CUDNN_BACKEND_OPERATION_NORM_BACKWARD_DESCRIPTOR, attributes);
  g.run();
  // By small steps of the sum of dy * y.
  auto weighted = [&](const Values &xs, const Values &scales, const Values &biases) {
    Values ys = normalized(norm, xs, scales, biases).y;
    double sum = 0;
    for (int i = 0; i < 24; ++i)
      sum += ys[i] * dy.values[i];
    return sum;
  };
  auto slopes = [&](Values &of, auto value) {
    Values result;
    for (double &each : of) {
      double kept = each, step = 1e-5;
      each = kept + step;
      double above = value();
      each = kept - step;
      result.push_back((above - value()) / (2 * step));
      each = kept;
    }
    return result;
  };
  Values xs = x.values, scales = scale.values, biases = bias.values;
  auto value = [&] { return weighted(xs, scales, biases); };
  CHECK(blended(dx, slopes(xs, value), 1, 0, std::max(tolerance, 1e-4)));
  CHECK(blended(dScale, slopes(scales, value), 1, 0, 1e-4));
  CHECK(blended(dBias, slopes(biases, value), 1, 0, 1e-4));
}

/// The sums of a convolution's result, from which a batch is normalised element by element, and its way back.
static void batchInSteps() {
  const Norm &norm = norms[3];
  Sizes c{1, 3, 1, 1};
  Tensor<float> x({2, 3, 2, 2}, Order::ChannelsLast, 1), dy({2, 3, 2, 2}, Order::Plain, 3), scale(c, Order::Plain, 5), bias(c, Order::Plain, 6), mean(c),
      inverse(c), equalScale(c), equalBias(c), oldMean(c, Order::Plain, 7), oldVariance(c, Order::Plain, 8), newMean(c), newVariance(c), dScale(c),
      dBias(c), dyScale(c), xScale(c), backBias(c), y({2, 3, 2, 2}), dx({2, 3, 2, 2});
  int64_t count = 8;
  float factor = .25f;
  Graph g{handle};
  Backend sum = g.between(c), squares = g.between(c), left = g.between({2, 3, 2, 2}), in = g(x), s = g(equalScale), b = g(equalBias);
  g.operation(CUDNN_BACKEND_OPERATION_GEN_STATS_DESCRIPTOR, {{CUDNN_ATTR_OPERATION_GENSTATS_MODE, CUDNN_TYPE_GENSTATS_MODE, CUDNN_GENSTATS_SUM_SQSUM},
                                                             {CUDNN_ATTR_OPERATION_GENSTATS_MATH_PREC, CUDNN_DATA_FLOAT},
                                                             {CUDNN_ATTR_OPERATION_GENSTATS_XDESC, in},
                                                             {CUDNN_ATTR_OPERATION_GENSTATS_SUMDESC, sum},
                                                             {CUDNN_ATTR_OPERATION_GENSTATS_SQSUMDESC, squares}});
  g.uids.push_back(++g.next);
  g.pointers.push_back(&count);
  Backend elements = tensorOf(g.next, CUDNN_DATA_INT64, {1, 1, 1, 1}, {1, 1, 1, 1}, false, true);
  g.operation(CUDNN_BACKEND_OPERATION_BN_FINALIZE_STATISTICS_DESCRIPTOR,
              {{CUDNN_ATTR_OPERATION_BN_FINALIZE_STATS_MODE, CUDNN_TYPE_BN_FINALIZE_STATS_MODE, CUDNN_BN_FINALIZE_STATISTICS_TRAINING},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_MATH_PREC, CUDNN_DATA_FLOAT},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_Y_SUM_DESC, sum},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_Y_SQ_SUM_DESC, squares},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_SCALE_DESC, g(scale)},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_BIAS_DESC, g(bias)},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_PREV_RUNNING_MEAN_DESC, g(oldMean)},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_PREV_RUNNING_VAR_DESC, g(oldVariance)},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_UPDATED_RUNNING_MEAN_DESC, g(newMean)},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_UPDATED_RUNNING_VAR_DESC, g(newVariance)},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_SAVED_MEAN_DESC, g(mean)},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_SAVED_INV_STD_DESC, g(inverse)},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_EQ_SCALE_DESC, s},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_EQ_BIAS_DESC, b},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_ACCUM_COUNT_DESC, elements},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_EPSILON_DESC, g.scalar(&epsilon)},
               {CUDNN_ATTR_OPERATION_BN_FINALIZE_EXP_AVERATE_FACTOR_DESC, g.scalar(&factor)}});
  g.pointwise(CUDNN_POINTWISE_MUL, in, s, left);
  g.pointwise(CUDNN_POINTWISE_ADD, left, b, g(y));
  g.run();
  Result wanted = normalized(norm, x.values, scale.values, bias.values);
  CHECK(blended(y, wanted.y, 1, 0, 1e-4));
  CHECK(blended(mean, wanted.mean, 1, 0, 1e-4));
  CHECK(blended(inverse, wanted.inverse, 1, 0, 1e-4));
  Values means(3), variances(3);
  for (int i = 0; i < 3; ++i) {
    means[i] = .75 * oldMean.values[i] + .25 * wanted.mean[i];
    variances[i] = .75 * oldVariance.values[i] + .25 * wanted.variance[i] * 8 / 7;
  }
  CHECK(blended(newMean, means, 1, 0, 1e-4));
  CHECK(blended(newVariance, variances, 1, 0, 1e-4));

  Graph back{handle};
  Backend from = back(x), gradient = back(dy), ofDy = back(dyScale), ofX = back(xScale), rest = back(backBias), first = back.between({2, 3, 2, 2}),
          second = back.between({2, 3, 2, 2}), both = back.between({2, 3, 2, 2});
  back.operation(CUDNN_BACKEND_OPERATION_BN_BWD_WEIGHTS_DESCRIPTOR, {{CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_MATH_PREC, CUDNN_DATA_FLOAT},
                                                                     {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_MEAN_DESC, back(mean)},
                                                                     {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_INVSTD_DESC, back(inverse)},
                                                                     {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_BN_SCALE_DESC, back(scale)},
                                                                     {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_X_DESC, from},
                                                                     {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_DY_DESC, gradient},
                                                                     {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_DBN_SCALE_DESC, back(dScale)},
                                                                     {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_DBN_BIAS_DESC, back(dBias)},
                                                                     {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_EQ_DY_SCALE_DESC, ofDy},
                                                                     {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_EQ_X_SCALE_DESC, ofX},
                                                                     {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_EQ_BIAS, rest}});
  back.pointwise(CUDNN_POINTWISE_MUL, gradient, ofDy, first);
  back.pointwise(CUDNN_POINTWISE_MUL, from, ofX, second);
  back.pointwise(CUDNN_POINTWISE_ADD, first, second, both);
  back.pointwise(CUDNN_POINTWISE_ADD, both, rest, back(dx));
  back.run();
  Values sums(3), weighted(3), gradients(24);
  auto normal = [&](int i) { return (x.values[i] - wanted.mean[i / 4 % 3]) * wanted.inverse[i / 4 % 3]; };
  for (int i = 0; i < 24; ++i)
    sums[i / 4 % 3] += dy.values[i], weighted[i / 4 % 3] += dy.values[i] * normal(i);
  for (int i = 0; i < 24; ++i) {
    int k = i / 4 % 3;
    gradients[i] = scale.values[k] * wanted.inverse[k] * (dy.values[i] - sums[k] / 8 - normal(i) * weighted[k] / 8);
  }
  CHECK(blended(dScale, weighted, 1, 0, 1e-4));
  CHECK(blended(dBias, sums, 1, 0, 1e-4));
  CHECK(blended(dx, gradients, 1, 0, 1e-4));
}

static void reductions() {
  Tensor<float> x({2, 4, 3, 2}, Order::ChannelsLast, 1);
  for (auto [op, start] : {std::pair{CUDNN_REDUCE_TENSOR_ADD, 0.}, {CUDNN_REDUCE_TENSOR_MUL, 1.}, {CUDNN_REDUCE_TENSOR_MIN, 1e9},
                           {CUDNN_REDUCE_TENSOR_MAX, -1e9}, {CUDNN_REDUCE_TENSOR_AMAX, 0.}, {CUDNN_REDUCE_TENSOR_AVG, 0.}, {CUDNN_REDUCE_TENSOR_NORM1, 0.},
                           {CUDNN_REDUCE_TENSOR_NORM2, 0.}, {CUDNN_REDUCE_TENSOR_MUL_NO_ZEROS, 1.}}) {
    // Along the last dimension but one, and two channels become one.
    Tensor<float> y({2, 2, 1, 2});
    Graph g{handle};
    g.reduction(op, g(x), g(y));
    g.run();
    Values wanted(8, start);
    for (int i = 0; i < 48; ++i) {
      double &to = wanted[(i / 24 * 2 + i / 12 % 2) * 2 + i % 2], v = x.values[i];
      switch (op) {
      case CUDNN_REDUCE_TENSOR_MUL: to *= v; break;
      case CUDNN_REDUCE_TENSOR_MIN: to = std::min(to, v); break;
      case CUDNN_REDUCE_TENSOR_MAX: to = std::max(to, v); break;
      case CUDNN_REDUCE_TENSOR_AMAX: to = std::max(to, std::abs(v)); break;
      case CUDNN_REDUCE_TENSOR_AVG: to += v / 6; break;
      case CUDNN_REDUCE_TENSOR_NORM1: to += std::abs(v); break;
      case CUDNN_REDUCE_TENSOR_NORM2: to = std::sqrt(to * to + v * v); break;
      case CUDNN_REDUCE_TENSOR_MUL_NO_ZEROS: to *= v != 0 ? v : 1; break;
      default: to += v;
      }
    }
    CHECK(blended(y, wanted, 1, 0, 1e-5));
  }
}

static void pooling(cudnnResampleMode_t mode, cudnnPaddingMode_t padding, bool hasIndices) {
  Sizes xs{1, 2, 5, 4}, ys{1, 2, 3, 2};
  Tensor<float> x(xs, Order::ChannelsLast, 1), y(ys), dy(ys, Order::Plain, 3), dx(xs, Order::ChannelsLast, 4);
  Tensor<int8_t> index(ys);
  auto fractions = [](int64_t a, int64_t b) { return std::vector<cudnnFraction_t>{{a, 1}, {b, 1}}; };
  Backend shape = finalized(CUDNN_BACKEND_RESAMPLE_DESCRIPTOR, {{CUDNN_ATTR_RESAMPLE_MODE, CUDNN_TYPE_RESAMPLE_MODE, mode},
                                                                {CUDNN_ATTR_RESAMPLE_COMP_TYPE, CUDNN_DATA_FLOAT},
                                                                {CUDNN_ATTR_RESAMPLE_SPATIAL_DIMS, std::vector<int64_t>{2}},
                                                                {CUDNN_ATTR_RESAMPLE_PADDING_MODE, CUDNN_TYPE_PADDING_MODE, padding},
                                                                {CUDNN_ATTR_RESAMPLE_WINDOW_DIMS, CUDNN_TYPE_FRACTION, fractions(3, 3)},
                                                                {CUDNN_ATTR_RESAMPLE_PRE_PADDINGS, CUDNN_TYPE_FRACTION, fractions(1, 1)},
                                                                {CUDNN_ATTR_RESAMPLE_POST_PADDINGS, CUDNN_TYPE_FRACTION, fractions(1, 0)},
                                                                {CUDNN_ATTR_RESAMPLE_STRIDES, CUDNN_TYPE_FRACTION, fractions(2, 2)}});
  Values forward(countOf(ys)), indices(countOf(ys)), backward(countOf(xs));
  for (int i = 0; i < countOf(ys); ++i) {
    int plane = i / 6, top = i / 2 % 3 * 2 - 1, left = i % 2 * 2 - 1, best = -1, inside = 0;
    double most = -1e9, sum = 0;
    for (int a = 0; a < 3; ++a)
      for (int b = 0; b < 3; ++b)
        if (int r = top + a, c = left + b; r >= 0 && r < 5 && c >= 0 && c < 4) {
          double v = x.values[plane * 20 + r * 4 + c];
          ++inside, sum += v;
          if (v > most)
            most = v, best = plane * 20 + r * 4 + c, indices[i] = a * 3 + b;
        }
    bool isMax = mode == CUDNN_RESAMPLE_MAXPOOL;
    double share = mode == CUDNN_RESAMPLE_AVGPOOL_EXCLUDE_PADDING ? inside : 9;
    forward[i] = isMax ? most : sum / share;
    if (isMax)
      backward[best] += dy.values[i];
    else
      for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 3; ++b)
          if (int r = top + a, c = left + b; r >= 0 && r < 5 && c >= 0 && c < 4)
            backward[plane * 20 + r * 4 + c] += dy.values[i] / share;
  }
  Graph g{handle};
  std::vector<Set> attributes{{CUDNN_ATTR_OPERATION_RESAMPLE_FWD_DESC, shape}, {CUDNN_ATTR_OPERATION_RESAMPLE_FWD_XDESC, g(x)}, {CUDNN_ATTR_OPERATION_RESAMPLE_FWD_YDESC, g(y)}};
  if (hasIndices)
    attributes.push_back({CUDNN_ATTR_OPERATION_RESAMPLE_FWD_IDXDESC, g(index)});
  g.operation(CUDNN_BACKEND_OPERATION_RESAMPLE_FWD_DESCRIPTOR, attributes);
  g.run();
  CHECK(blended(y, forward, 1, 0, 1e-5));
  if (hasIndices)
    CHECK(blended(index, indices));
  Graph back{handle};
  attributes = {{CUDNN_ATTR_OPERATION_RESAMPLE_BWD_DESC, shape}, {CUDNN_ATTR_OPERATION_RESAMPLE_BWD_DXDESC, back(dx)}, {CUDNN_ATTR_OPERATION_RESAMPLE_BWD_DYDESC, back(dy)}};
  if (hasIndices)
    attributes.push_back({CUDNN_ATTR_OPERATION_RESAMPLE_BWD_IDXDESC, back(index)});
  else
    attributes.push_back({CUDNN_ATTR_OPERATION_RESAMPLE_BWD_XDESC, back(x)});
  back.operation(CUDNN_BACKEND_OPERATION_RESAMPLE_BWD_DESCRIPTOR, attributes);
  back.run();
  CHECK(blended(dx, backward, 1, 0, 1e-5));
}

int main() {
  OK(cudnnCreate(&handle));
  for (const Norm &norm : norms) {
    normalize<float>(norm, Order::Plain, true, 1e-4);
    normalize<float>(norm, Order::ChannelsLast, true, 1e-4);
    normalize<__half>(norm, Order::Plain, true, 2e-2);
    if (norm.mode != CUDNN_BATCH_NORM)
      normalize<float>(norm, Order::Plain, false, 1e-4);
  }
  batchInSteps();
  reductions();
  pooling(CUDNN_RESAMPLE_MAXPOOL, CUDNN_NEG_INF_PAD, true);
  pooling(CUDNN_RESAMPLE_MAXPOOL, CUDNN_NEG_INF_PAD, false);
  pooling(CUDNN_RESAMPLE_AVGPOOL_INCLUDE_PADDING, CUDNN_ZERO_PAD, false);
  pooling(CUDNN_RESAMPLE_AVGPOOL_EXCLUDE_PADDING, CUDNN_ZERO_PAD, false);
  OK(cudnnDestroy(handle));
  return done();
}
