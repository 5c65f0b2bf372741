// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Normalisation: layer, instance, batch and root mean square, forwards and backwards.
//
//   y = (x - mean) * inverse * scale + bias, where mean and inverse deviation are those of the elements that are taken together

#include "Elements.h"

using namespace cuport;
using namespace cuport::dnn;
using namespace cuport::dnn::graph;

namespace {

enum Part { X, Mean, Inverse, Scale, Bias, Epsilon, Factor, OldMean, OldVariance, NewMean, NewVariance, Y };
namespace back {
enum Part { X, Mean, Inverse, Dy, Scale, Epsilon, Dscale, Dbias, Dx };
}

/// One element for all that are taken together. The dimensions that these are along: all but the channels (batch), the spatial ones
/// (instance), or those of the statistics' size 1, or else of the scale's full size (layer, root mean square).
Tensor statisticsOf(int mode, const Tensor &x, const Tensor *statistics, const Tensor &scale) {
  Tensor result = x;
  for (int i = 0; i < x.rank; ++i)
    if (mode == CUDNN_BATCH_NORM     ? i != 1
        : mode == CUDNN_INSTANCE_NORM ? i >= 2
        : statistics                  ? statistics->size[i] == 1
                                      : i > 0 && scale.size[i] == x.size[i])
      result.size[i] = 1;
  result.pack(false);
  return result;
}

bool isMode(int mode) {
  return mode == CUDNN_LAYER_NORM || mode == CUDNN_INSTANCE_NORM || mode == CUDNN_BATCH_NORM || mode == CUDNN_RMS_NORM ||
         mode == CUDNN_ADA_LAYER_NORM;
}

constexpr const char *sizes = "tensors of sizes that do not go together";

/// The sum of what \p of gives for each element, by the statistics' numbers.
template <class Of> Array<double> summed(const Tensor &x, const Tensor &statistics, Of of) {
  Array<double> sums = makeArray<double>(statistics.count());
  std::fill_n(sums.get(), statistics.count(), 0.0);
  eachOf<1>(x, {&statistics}, [&](int64_t i, const auto &at) { sums[at[0]] += of(i, at[0]); });
  return sums;
}

struct Statistics {
  Array<double> mean, variance;
};

/// In two passes, so that nothing is cancelled out.
template <class T> Statistics statistics(int mode, const Tensor &xt, const Tensor &st, const T *x) {
  double share = double(st.count()) / double(xt.count());
  Statistics s{summed(xt, st, [&](int64_t i, int64_t) { return mode == CUDNN_RMS_NORM ? 0.0 : double(x[i]); }), {}};
  for (int64_t i = 0; i < st.count(); ++i)
    s.mean[i] *= share;
  s.variance = summed(xt, st, [&](int64_t i, int64_t to) { return (double(x[i]) - s.mean[to]) * (double(x[i]) - s.mean[to]); });
  for (int64_t i = 0; i < st.count(); ++i)
    s.variance[i] *= share;
  return s;
}

const char *readForward(const Descriptor &d, const Tensors &t, std::vector<double> &n) {
  int mode = d.get<cudnnBackendNormMode_t>(CUDNN_ATTR_OPERATION_NORM_FWD_MODE);
  bool isTraining = d.get<cudnnBackendNormFwdPhase_t>(CUDNN_ATTR_OPERATION_NORM_FWD_PHASE) == CUDNN_NORM_FWD_TRAINING;
  n = {double(mode)};
  if (!isMode(mode))
    return "a mode of normalisation that is not there";
  if (mode == CUDNN_BATCH_NORM && !isTraining)
    return "inference of batches, whose statistics are given";
  if (const Value *peers = d.find(CUDNN_ATTR_OPERATION_NORM_FWD_PEER_STAT_DESCS); peers && peers->count)
    return "statistics of several devices";
  const Tensor &x = *t[X];
  if (!t[Epsilon] || t[Epsilon]->count() != 1 || (t[Factor] && t[Factor]->count() != 1))
    return "an epsilon or a factor that is not one number";
  if (x.rank < 2 || !t[Y]->sameSize(x) || !spreadsTo(*t[Scale], x) || (t[Bias] && !spreadsTo(*t[Bias], x)))
    return sizes;
  for (int i : {Mean, Inverse})
    if (t[i] && t[i]->rank != x.rank)
      return sizes;
  Tensor one = statisticsOf(mode, x, t[Mean] ? t[Mean] : t[Inverse], *t[Scale]);
  for (int i : {Mean, Inverse, OldMean, OldVariance, NewMean, NewVariance})
    if (t[i] && !t[i]->sameSize(one))
      return sizes;
  return (t[NewMean] && (!t[OldMean] || !t[Factor])) || (t[NewVariance] && (!t[OldVariance] || !t[Factor])) ? "running statistics without old ones"
                                                                                                           : nullptr;
}

template <class T> void forward(const Operation &o, const Run &run) {
  auto part = [&](int i) { return o.tensors[i]; };
  auto tensor = [&](int i) { return part(i) == none ? nullptr : &run.tensor(part(i)); };
  int mode = int(o.numbers[0]);
  const Tensor &xt = *tensor(X), st = statisticsOf(mode, xt, tensor(Mean) ? tensor(Mean) : tensor(Inverse), *tensor(Scale));
  int64_t count = st.count();
  Source<T> x(run, part(X)), scale(run, part(Scale)), bias(run, part(Bias));
  double epsilon = Source<double>(run, part(Epsilon))[0];
  Statistics s = statistics<T>(mode, xt, st, x);
  Target<double> mean(run, part(Mean)), inverse(run, part(Inverse));
  Array<double> factor = makeArray<double>(count);
  for (int64_t i = 0; i < count; ++i) {
    factor[i] = 1 / std::sqrt(s.variance[i] + epsilon);
    if (mean)
      mean[i] = s.mean[i];
    if (inverse)
      inverse[i] = factor[i];
  }
  Target<T> y(run, part(Y));
  eachOf<3>(xt, {&st, tensor(Scale), tensor(Bias)}, [&](int64_t i, const auto &at) {
    double normal = (double(x[i]) - s.mean[at[0]]) * factor[at[0]];
    y[i] = T(normal * double(scale[at[1]]) + (bias ? double(bias[at[2]]) : 0.0));
  });
  if (part(NewMean) != none || part(NewVariance) != none) {
    double share = Source<double>(run, part(Factor))[0], elements = double(xt.count()) / double(count);
    Source<double> oldMean(run, part(OldMean)), oldVariance(run, part(OldVariance));
    Target<double> newMean(run, part(NewMean)), newVariance(run, part(NewVariance));
    for (int64_t i = 0; i < count; ++i) {
      if (newMean)
        newMean[i] = (1 - share) * oldMean[i] + share * s.mean[i];
      // Of the batch as a sample.
      if (newVariance)
        newVariance[i] = (1 - share) * oldVariance[i] + share * s.variance[i] * (elements > 1 ? elements / (elements - 1) : 1);
    }
    newMean.store();
    newVariance.store();
  }
  mean.store();
  inverse.store();
  y.store();
}

const char *readBackward(const Descriptor &d, const Tensors &t, std::vector<double> &n) {
  int mode = d.get<cudnnBackendNormMode_t>(CUDNN_ATTR_OPERATION_NORM_BWD_MODE);
  n = {double(mode)};
  if (!isMode(mode))
    return "a mode of normalisation that is not there";
  if (const Value *peers = d.find(CUDNN_ATTR_OPERATION_NORM_BWD_PEER_STAT_DESCS); peers && peers->count)
    return "statistics of several devices";
  const Tensor &x = *t[back::X];
  if (!t[back::Inverse] && (!t[back::Epsilon] || t[back::Epsilon]->count() != 1))
    return "neither statistics nor an epsilon";
  if (x.rank < 2 || !t[back::Dy]->sameSize(x) || !t[back::Dx]->sameSize(x) || !spreadsTo(*t[back::Scale], x))
    return sizes;
  for (int i : {back::Mean, back::Inverse})
    if (t[i] && t[i]->rank != x.rank)
      return sizes;
  Tensor one = statisticsOf(mode, x, t[back::Inverse], *t[back::Scale]);
  for (int i : {back::Mean, back::Inverse})
    if (t[i] && !t[i]->sameSize(one))
      return sizes;
  for (int i : {back::Dscale, back::Dbias})
    if (t[i] && !t[i]->sameSize(*t[back::Scale]))
      return sizes;
  return nullptr;
}

template <class T> void backward(const Operation &o, const Run &run) {
  auto part = [&](int i) { return o.tensors[i]; };
  auto tensor = [&](int i) { return part(i) == none ? nullptr : &run.tensor(part(i)); };
  int mode = int(o.numbers[0]);
  const Tensor &xt = *tensor(back::X), st = statisticsOf(mode, xt, tensor(back::Inverse), *tensor(back::Scale)), &ct = *tensor(back::Scale);
  int64_t count = st.count();
  double share = double(count) / double(xt.count());
  Source<T> x(run, part(back::X)), dy(run, part(back::Dy)), scale(run, part(back::Scale));
  Source<double> mean(run, part(back::Mean)), inverse(run, part(back::Inverse));
  Statistics s{makeArray<double>(count), makeArray<double>(count)};
  if (!inverse || (!mean && mode != CUDNN_RMS_NORM))
    s = statistics<T>(mode, xt, st, x);
  double epsilon = part(back::Epsilon) == none ? 0 : Source<double>(run, part(back::Epsilon))[0];
  Array<double> factor = makeArray<double>(count);
  for (int64_t i = 0; i < count; ++i) {
    factor[i] = inverse ? inverse[i] : 1 / std::sqrt(s.variance[i] + epsilon);
    s.mean[i] = mode == CUDNN_RMS_NORM ? 0 : mean ? mean[i] : s.mean[i];
  }
  auto normal = [&](int64_t i, int64_t of) { return (double(x[i]) - s.mean[of]) * factor[of]; };
  Array<double> gradients = makeArray<double>(count), products = makeArray<double>(count), dscale = makeArray<double>(ct.count()),
                dbias = makeArray<double>(ct.count());
  std::fill_n(gradients.get(), count, 0.0);
  std::fill_n(products.get(), count, 0.0);
  std::fill_n(dscale.get(), ct.count(), 0.0);
  std::fill_n(dbias.get(), ct.count(), 0.0);
  eachOf<2>(xt, {&st, &ct}, [&](int64_t i, const auto &at) {
    double g = double(dy[i]) * double(scale[at[1]]);
    gradients[at[0]] += g;
    products[at[0]] += g * normal(i, at[0]);
    dscale[at[1]] += double(dy[i]) * normal(i, at[0]);
    dbias[at[1]] += double(dy[i]);
  });
  Target<T> dx(run, part(back::Dx));
  eachOf<2>(xt, {&st, &ct}, [&](int64_t i, const auto &at) {
    double g = double(dy[i]) * double(scale[at[1]]) - normal(i, at[0]) * products[at[0]] * share;
    dx[i] = T(factor[at[0]] * (mode == CUDNN_RMS_NORM ? g : g - gradients[at[0]] * share));
  });
  dx.store();
  for (auto &[to, from] : {std::pair{part(back::Dscale), dscale.get()}, {part(back::Dbias), dbias.get()}}) {
    Target<double> result(run, to);
    if (result)
      std::copy_n(from, ct.count(), static_cast<double *>(result));
    result.store();
  }
}

} // namespace

const Kind graph::normForward{CUDNN_BACKEND_OPERATION_NORM_FORWARD_DESCRIPTOR,
                              {{CUDNN_ATTR_OPERATION_NORM_FWD_XDESC, Use::Reads},
                               {CUDNN_ATTR_OPERATION_NORM_FWD_MEAN_DESC, Use::Writes},
                               {CUDNN_ATTR_OPERATION_NORM_FWD_INV_VARIANCE_DESC, Use::Writes},
                               {CUDNN_ATTR_OPERATION_NORM_FWD_SCALE_DESC, Use::Reads},
                               {CUDNN_ATTR_OPERATION_NORM_FWD_BIAS_DESC, Use::Reads},
                               {CUDNN_ATTR_OPERATION_NORM_FWD_EPSILON_DESC, Use::Reads},
                               {CUDNN_ATTR_OPERATION_NORM_FWD_EXP_AVG_FACTOR_DESC, Use::Reads},
                               {CUDNN_ATTR_OPERATION_NORM_FWD_INPUT_RUNNING_MEAN_DESC, Use::Reads},
                               {CUDNN_ATTR_OPERATION_NORM_FWD_INPUT_RUNNING_VAR_DESC, Use::Reads},
                               {CUDNN_ATTR_OPERATION_NORM_FWD_OUTPUT_RUNNING_MEAN_DESC, Use::Writes},
                               {CUDNN_ATTR_OPERATION_NORM_FWD_OUTPUT_RUNNING_VAR_DESC, Use::Writes},
                               {CUDNN_ATTR_OPERATION_NORM_FWD_YDESC, Use::Writes}},
                              readForward,
                              [](const Operation &o, const Run &run) {
                                withType(run, o, [&](auto type) { forward<TypeOf<decltype(type)>>(o, run); });
                              }};

const Kind graph::normBackward{CUDNN_BACKEND_OPERATION_NORM_BACKWARD_DESCRIPTOR,
                               {{CUDNN_ATTR_OPERATION_NORM_BWD_XDESC, Use::Reads},
                                {CUDNN_ATTR_OPERATION_NORM_BWD_MEAN_DESC, Use::Reads},
                                {CUDNN_ATTR_OPERATION_NORM_BWD_INV_VARIANCE_DESC, Use::Reads},
                                {CUDNN_ATTR_OPERATION_NORM_BWD_DYDESC, Use::Reads},
                                {CUDNN_ATTR_OPERATION_NORM_BWD_SCALE_DESC, Use::Reads},
                                {CUDNN_ATTR_OPERATION_NORM_BWD_EPSILON_DESC, Use::Reads},
                                {CUDNN_ATTR_OPERATION_NORM_BWD_DSCALE_DESC, Use::Writes},
                                {CUDNN_ATTR_OPERATION_NORM_BWD_DBIAS_DESC, Use::Writes},
                                {CUDNN_ATTR_OPERATION_NORM_BWD_DXDESC, Use::Writes}},
                               readBackward,
                               [](const Operation &o, const Run &run) {
                                 withType(run, o, [&](auto type) { backward<TypeOf<decltype(type)>>(o, run); });
                               }};
