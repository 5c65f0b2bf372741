// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Operations that only move elements, or make them: reshape, concat, random numbers.

#include "../Dropout.h"
#include "Elements.h"

using namespace cuport;
using namespace cuport::dnn;
using namespace cuport::dnn::graph;

namespace {

/// What changes is how memory is looked at, so elements keep their order there: by other strides a matrix is turned.
void runReshape(const Operation &o, const Run &run) {
  withType(run, o, [&](auto type) {
    using T = TypeOf<decltype(type)>;
    Tensor from = inMemoryOrder(run.tensor(o.tensors[0])), to = inMemoryOrder(run.tensor(o.tensors[1]));
    Input<T> x(from, run.place(o.tensors[0]));
    Output<T> y(to, run.place(o.tensors[1]), {});
    std::copy_n(static_cast<const T *>(x), from.count(), static_cast<T *>(y));
    y.store();
  });
}

/// The output is the first tensor, all others are inputs.
const char *readConcat(const Descriptor &d, const Tensors &t, std::vector<double> &n) {
  int axis = int(d.get<int64_t>(CUDNN_ATTR_OPERATION_CONCAT_AXIS)), sum = 0;
  n = {double(axis)};
  bool fits = axis >= 0 && axis < t[0]->rank;
  for (size_t i = 1; fits && i < t.size(); ++i) {
    fits = t[i]->rank == t[0]->rank;
    for (int k = 0; fits && k < t[0]->rank; ++k)
      fits = k == axis || t[i]->size[k] == t[0]->size[k];
    sum += fits ? t[i]->size[axis] : 0;
  }
  return fits && sum == t[0]->size[axis] ? nullptr : "tensors of sizes that do not go together";
}

void runConcat(const Operation &o, const Run &run) {
  withType(run, o, [&](auto type) {
    using T = TypeOf<decltype(type)>;
    const Tensor &yt = run.tensor(o.tensors[0]);
    int axis = int(o.numbers[0]);
    int64_t rows = yt.count() / yt.countFrom(axis), to = 0;
    Array<T> all = makeArray<T>(yt.count());
    for (size_t i = 1; i < o.tensors.size(); ++i) {
      Source<T> x(run, o.tensors[i]);
      int64_t length = run.tensor(o.tensors[i]).countFrom(axis);
      for (int64_t row = 0; row < rows; ++row)
        std::copy_n(x + row * length, length, all.get() + row * yt.countFrom(axis) + to);
      to += length;
    }
    Target<T> y(run, o.tensors[0]);
    std::copy_n(all.get(), yt.count(), static_cast<T *>(y));
    y.store();
  });
}

enum Part { Y, Seed, Offset };
enum Number { Distribution, First, Second, SeedHigh, SeedLow };

const char *readRandom(const Descriptor &d, const Tensors &t, std::vector<double> &n) {
  const Descriptor *how = d.descriptor(CUDNN_ATTR_OPERATION_RNG_DESC);
  if (how->type != CUDNN_BACKEND_RNG_DESCRIPTOR)
    return "a distribution that is no descriptor of one";
  int distribution = how->get<cudnnRngDistribution_t>(CUDNN_ATTR_RNG_DISTRIBUTION);
  auto number = [&](cudnnBackendAttributeName_t name) { return how->real(name, 0); };
  auto seed = t[Seed] ? 0 : d.get<uint64_t>(CUDNN_ATTR_OPERATION_RNG_SEED);
  n = {double(distribution), 0, 1, double(seed >> 32), double(uint32_t(seed))};
  if (distribution == CUDNN_RNG_DISTRIBUTION_BERNOULLI)
    n[First] = number(CUDNN_ATTR_RNG_BERNOULLI_DIST_PROBABILITY);
  else if (distribution == CUDNN_RNG_DISTRIBUTION_UNIFORM)
    n[First] = number(CUDNN_ATTR_RNG_UNIFORM_DIST_MINIMUM), n[Second] = number(CUDNN_ATTR_RNG_UNIFORM_DIST_MAXIMUM);
  else
    n[First] = number(CUDNN_ATTR_RNG_NORMAL_DIST_MEAN), n[Second] = number(CUDNN_ATTR_RNG_NORMAL_DIST_STANDARD_DEVIATION);
  for (int i : {Seed, Offset})
    if (t[i] && (t[i]->count() != 1 || (t[i]->type != CUDNN_DATA_INT64 && t[i]->type != CUDNN_DATA_INT32)))
      return "a seed or an offset that is not one integer";
  return nullptr;
}

uint64_t integer(const Run &run, int number) {
  if (run.tensor(number).type == CUDNN_DATA_INT32)
    return uint64_t(*static_cast<const int32_t *>(run.place(number)));
  return *static_cast<const uint64_t *>(run.place(number));
}

void runRandom(const Operation &o, const Run &run) {
  const std::vector<double> &n = o.numbers;
  DropoutState state{o.tensors[Seed] != none ? integer(run, o.tensors[Seed]) : uint64_t(n[SeedHigh]) << 32 | uint64_t(n[SeedLow]),
                     o.tensors[Offset] != none ? integer(run, o.tensors[Offset]) : 0};
  /// From 0 to below 1.
  auto draw = [&](uint64_t number) { return double(state.draw(number) >> 11) * 0x1p-53; };
  Target<double> y(run, o.tensors[Y]);
  for (int64_t i = 0, count = run.tensor(o.tensors[Y]).count(); i < count; ++i)
    switch (int(n[Distribution])) {
    case CUDNN_RNG_DISTRIBUTION_BERNOULLI: y[i] = draw(i) < n[First]; break;
    case CUDNN_RNG_DISTRIBUTION_UNIFORM: y[i] = n[First] + (n[Second] - n[First]) * draw(i); break;
    default: y[i] = n[First] + n[Second] * std::sqrt(-2 * std::log1p(-draw(2 * i))) * std::cos(2 * M_PI * draw(2 * i + 1)); break;
    }
  y.store();
}

} // namespace

const Kind graph::reshape{CUDNN_BACKEND_OPERATION_RESHAPE_DESCRIPTOR,
                          {{CUDNN_ATTR_OPERATION_RESHAPE_XDESC, Use::Reads}, {CUDNN_ATTR_OPERATION_RESHAPE_YDESC, Use::Writes}},
                          [](const Descriptor &, const Tensors &t, std::vector<double> &) {
                            return t[0]->type == CUDNN_DATA_BOOLEAN || t[1]->type == CUDNN_DATA_BOOLEAN ? "booleans"
                                   : t[0]->count() == t[1]->count()                                    ? nullptr
                                                                                                       : "tensors of sizes that do not go together";
                          },
                          runReshape};

const Kind graph::concat{CUDNN_BACKEND_OPERATION_CONCAT_DESCRIPTOR,
                         {{CUDNN_ATTR_OPERATION_CONCAT_OUTPUT_DESC, Use::Writes}, {CUDNN_ATTR_OPERATION_CONCAT_INPUT_DESCS, Use::Reads}},
                         readConcat, runConcat};

const Kind graph::random{CUDNN_BACKEND_OPERATION_RNG_DESCRIPTOR,
                         {{CUDNN_ATTR_OPERATION_RNG_YDESC, Use::Writes},
                          {CUDNN_ATTR_OPERATION_RNG_SEED, Use::Reads},
                          {CUDNN_ATTR_OPERATION_RNG_OFFSET_DESC, Use::Reads}},
                         readRandom, runRandom};
