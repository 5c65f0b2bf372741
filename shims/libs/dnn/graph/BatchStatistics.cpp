// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What stands between the sums of a batch and operations element by element that normalise it:
//
//   forwards   y = scale' * x + bias'
//   backwards  dx = dyScale * dy + xScale * x + bias'

#include "Elements.h"

using namespace cuport;
using namespace cuport::dnn;
using namespace cuport::dnn::graph;

namespace {

enum Part { Sum, SquareSum, Scale, Bias, OldMean, OldVariance, NewMean, NewVariance, Mean, Inverse, EqualScale, EqualBias, Count, Epsilon, Factor };

const char *readFinalize(const Descriptor &d, const Tensors &t, std::vector<double> &n) {
  bool isTraining = d.get<cudnnBnFinalizeStatsMode_t>(CUDNN_ATTR_OPERATION_BN_FINALIZE_STATS_MODE) == CUDNN_BN_FINALIZE_STATISTICS_TRAINING;
  n = {double(isTraining)};
  if (!t[Epsilon] || (isTraining && (!t[Sum] || !t[SquareSum] || !t[Count])) || (!isTraining && (!t[OldMean] || !t[OldVariance])) ||
      (t[NewMean] && (!t[OldMean] || !t[Factor])) || (t[NewVariance] && (!t[OldVariance] || !t[Factor])))
    return "a tensor that the mode needs is not set";
  for (int i = Sum; i <= EqualBias; ++i)
    if (t[i] && t[i]->count() != t[Scale]->count())
      return "tensors of sizes that do not go together";
  return nullptr;
}

void runFinalize(const Operation &o, const Run &run) {
  auto source = [&](int i) { return Source<double>(run, o.tensors[i]); };
  auto number = [&](int i, double otherwise) { return o.tensors[i] == none ? otherwise : source(i)[0]; };
  bool isTraining = o.numbers[0] != 0;
  double count = number(Count, 1), epsilon = number(Epsilon, 0), factor = number(Factor, 0);
  auto sum = source(Sum), squares = source(SquareSum), scale = source(Scale), bias = source(Bias), oldMean = source(OldMean),
       oldVariance = source(OldVariance);
  auto target = [&](int i) { return Target<double>(run, o.tensors[i]); };
  auto newMean = target(NewMean), newVariance = target(NewVariance), savedMean = target(Mean), savedInverse = target(Inverse),
       equalScale = target(EqualScale), equalBias = target(EqualBias);
  for (int64_t i = 0, channels = run.tensor(o.tensors[Scale]).count(); i < channels; ++i) {
    double mean = isTraining ? sum[i] / count : oldMean[i];
    double variance = isTraining ? std::max(0.0, squares[i] / count - mean * mean) : oldVariance[i];
    double inverse = 1 / std::sqrt(variance + epsilon);
    if (newMean)
      newMean[i] = (1 - factor) * oldMean[i] + factor * mean;
    if (newVariance)
      newVariance[i] = (1 - factor) * oldVariance[i] + factor * variance * (count > 1 ? count / (count - 1) : 1);
    if (savedMean)
      savedMean[i] = mean;
    if (savedInverse)
      savedInverse[i] = inverse;
    equalScale[i] = scale[i] * inverse;
    equalBias[i] = bias[i] - mean * scale[i] * inverse;
  }
  for (auto *each : {&newMean, &newVariance, &savedMean, &savedInverse, &equalScale, &equalBias})
    each->store();
}

namespace back {
enum Part { Mean, Inverse, Scale, X, Dy, Dscale, Dbias, DyScale, XScale, EqualBias };
}

const char *readWeights(const Descriptor &, const Tensors &t, std::vector<double> &) {
  bool fits = t[back::Dy]->sameSize(*t[back::X]) && t[back::X]->rank >= 2;
  for (int i : {back::Mean, back::Inverse, back::Scale, back::Dscale, back::Dbias, back::DyScale, back::XScale, back::EqualBias})
    fits = fits && t[i]->count() == t[back::X]->size[1];
  return fits ? nullptr : "tensors of sizes that do not go together";
}

void runWeights(const Operation &o, const Run &run) {
  auto source = [&](int i) { return Source<double>(run, o.tensors[i]); };
  auto target = [&](int i) { return Target<double>(run, o.tensors[i]); };
  auto mean = source(back::Mean), inverse = source(back::Inverse), scale = source(back::Scale), x = source(back::X), dy = source(back::Dy);
  auto dscale = target(back::Dscale), dbias = target(back::Dbias), dyScale = target(back::DyScale), xScale = target(back::XScale),
       equalBias = target(back::EqualBias);
  const Tensor &xt = run.tensor(o.tensors[back::X]);
  int64_t plane = xt.countFrom(2), channels = xt.size[1];
  double elements = double(xt.size[0] * plane);
  for (int64_t c = 0; c < channels; ++c) {
    double gradients = 0, products = 0;
    for (int64_t n = 0; n < xt.size[0]; ++n)
      for (int64_t i = (n * channels + c) * plane, end = i + plane; i < end; ++i) {
        gradients += dy[i];
        products += dy[i] * (x[i] - mean[c]) * inverse[c];
      }
    dscale[c] = products;
    dbias[c] = gradients;
    dyScale[c] = scale[c] * inverse[c];
    xScale[c] = -scale[c] * inverse[c] * inverse[c] * products / elements;
    equalBias[c] = -scale[c] * inverse[c] * gradients / elements - xScale[c] * mean[c];
  }
  for (auto *each : {&dscale, &dbias, &dyScale, &xScale, &equalBias})
    each->store();
}

} // namespace

const Kind graph::finalizeStatistics{CUDNN_BACKEND_OPERATION_BN_FINALIZE_STATISTICS_DESCRIPTOR,
                                     {{CUDNN_ATTR_OPERATION_BN_FINALIZE_Y_SUM_DESC, Use::Reads},
                                      {CUDNN_ATTR_OPERATION_BN_FINALIZE_Y_SQ_SUM_DESC, Use::Reads},
                                      {CUDNN_ATTR_OPERATION_BN_FINALIZE_SCALE_DESC, Use::Reads},
                                      {CUDNN_ATTR_OPERATION_BN_FINALIZE_BIAS_DESC, Use::Reads},
                                      {CUDNN_ATTR_OPERATION_BN_FINALIZE_PREV_RUNNING_MEAN_DESC, Use::Reads},
                                      {CUDNN_ATTR_OPERATION_BN_FINALIZE_PREV_RUNNING_VAR_DESC, Use::Reads},
                                      {CUDNN_ATTR_OPERATION_BN_FINALIZE_UPDATED_RUNNING_MEAN_DESC, Use::Writes},
                                      {CUDNN_ATTR_OPERATION_BN_FINALIZE_UPDATED_RUNNING_VAR_DESC, Use::Writes},
                                      {CUDNN_ATTR_OPERATION_BN_FINALIZE_SAVED_MEAN_DESC, Use::Writes},
                                      {CUDNN_ATTR_OPERATION_BN_FINALIZE_SAVED_INV_STD_DESC, Use::Writes},
                                      {CUDNN_ATTR_OPERATION_BN_FINALIZE_EQ_SCALE_DESC, Use::Writes},
                                      {CUDNN_ATTR_OPERATION_BN_FINALIZE_EQ_BIAS_DESC, Use::Writes},
                                      {CUDNN_ATTR_OPERATION_BN_FINALIZE_ACCUM_COUNT_DESC, Use::Reads},
                                      {CUDNN_ATTR_OPERATION_BN_FINALIZE_EPSILON_DESC, Use::Reads},
                                      {CUDNN_ATTR_OPERATION_BN_FINALIZE_EXP_AVERATE_FACTOR_DESC, Use::Reads}},
                                     readFinalize, runFinalize};

const Kind graph::normBackwardWeights{CUDNN_BACKEND_OPERATION_BN_BWD_WEIGHTS_DESCRIPTOR,
                                      {{CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_MEAN_DESC, Use::Reads},
                                       {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_INVSTD_DESC, Use::Reads},
                                       {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_BN_SCALE_DESC, Use::Reads},
                                       {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_X_DESC, Use::Reads},
                                       {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_DY_DESC, Use::Reads},
                                       {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_DBN_SCALE_DESC, Use::Writes},
                                       {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_DBN_BIAS_DESC, Use::Writes},
                                       {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_EQ_DY_SCALE_DESC, Use::Writes},
                                       {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_EQ_X_SCALE_DESC, Use::Writes},
                                       {CUDNN_ATTR_OPERATION_BN_BWD_WEIGHTS_EQ_BIAS, Use::Writes}},
                                      readWeights, runWeights};
