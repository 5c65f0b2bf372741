// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Reductions of a tensor to a smaller one.

#include "Elements.h"

using namespace cuport;
using namespace cuport::dnn;
using namespace cuport::dnn::graph;

namespace {

enum Part { X, Y, SquareSum };

/// Where so many elements that follow each other become one, in each dimension: all of it, or heads that share one.
bool shrinksTo(const Tensor &x, const Tensor &y) {
  if (x.rank != y.rank)
    return false;
  for (int i = 0; i < x.rank; ++i)
    if (x.size[i] % y.size[i])
      return false;
  return true;
}

/// body(number in x, number in y) for all elements of x.
template <class Body> void eachPair(const Tensor &x, const Tensor &y, Body body) {
  int index[maxRank] = {};
  int64_t step[maxRank], next = 1;
  for (int i = y.rank; i-- > 0; next *= y.size[i])
    step[i] = next;
  for (int64_t i = 0, count = x.count(); i < count; ++i) {
    int64_t to = 0;
    for (int k = 0; k < x.rank; ++k)
      to += index[k] / (x.size[k] / y.size[k]) * step[k];
    body(i, to);
    for (int k = x.rank; k-- > 0;) {
      if (++index[k] < x.size[k])
        break;
      index[k] = 0;
    }
  }
}

const char *readReduction(const Descriptor &d, const Tensors &t, std::vector<double> &n) {
  const Descriptor *how = d.descriptor(CUDNN_ATTR_OPERATION_REDUCTION_DESC);
  if (how->type != CUDNN_BACKEND_REDUCTION_DESCRIPTOR)
    return "an operator that is no reduction descriptor";
  n = {double(how->get<cudnnReduceTensorOp_t>(CUDNN_ATTR_REDUCTION_OPERATOR))};
  return !shrinksTo(*t[X], *t[Y])                       ? "tensors of sizes that do not go together"
         : int(n[0]) > CUDNN_REDUCE_TENSOR_MUL_NO_ZEROS ? "an operator that is not there"
                                                        : nullptr;
}

/// Of all that has come so far, and one more.
double combined(int op, double sum, double x) {
  switch (op) {
  case CUDNN_REDUCE_TENSOR_MUL: return sum * x;
  case CUDNN_REDUCE_TENSOR_MUL_NO_ZEROS: return x != 0 ? sum * x : sum;
  case CUDNN_REDUCE_TENSOR_MIN: return x < sum || std::isnan(x) ? x : sum;
  case CUDNN_REDUCE_TENSOR_MAX: return x > sum || std::isnan(x) ? x : sum;
  case CUDNN_REDUCE_TENSOR_AMAX: return std::fabs(x) > sum || std::isnan(x) ? std::fabs(x) : sum;
  case CUDNN_REDUCE_TENSOR_NORM1: return sum + std::fabs(x);
  case CUDNN_REDUCE_TENSOR_NORM2: return sum + x * x;
  default: return sum + x;
  }
}

double first(int op) {
  switch (op) {
  case CUDNN_REDUCE_TENSOR_MUL:
  case CUDNN_REDUCE_TENSOR_MUL_NO_ZEROS: return 1;
  case CUDNN_REDUCE_TENSOR_MIN: return std::numeric_limits<double>::infinity();
  case CUDNN_REDUCE_TENSOR_MAX: return -std::numeric_limits<double>::infinity();
  default: return 0;
  }
}

void runReduction(const Operation &o, const Run &run) {
  const Tensor &xt = run.tensor(o.tensors[X]), &yt = run.tensor(o.tensors[Y]);
  int op = int(o.numbers[0]);
  Source<double> x(run, o.tensors[X]);
  Target<double> y(run, o.tensors[Y]);
  int64_t results = yt.count();
  std::fill_n(static_cast<double *>(y), results, first(op));
  eachPair(xt, yt, [&](int64_t from, int64_t to) { y[to] = combined(op, y[to], x[from]); });
  for (int64_t i = 0; i < results; ++i)
    y[i] = op == CUDNN_REDUCE_TENSOR_AVG ? y[i] / double(xt.count() / results) : op == CUDNN_REDUCE_TENSOR_NORM2 ? std::sqrt(y[i]) : y[i];
  y.store();
}

const char *readStats(const Descriptor &, const Tensors &t, std::vector<double> &) {
  return shrinksTo(*t[X], *t[Y]) && t[SquareSum]->sameSize(*t[Y]) ? nullptr : "tensors of sizes that do not go together";
}

/// Sums and sums of squares.
void runStats(const Operation &o, const Run &run) {
  const Tensor &xt = run.tensor(o.tensors[X]), &yt = run.tensor(o.tensors[Y]);
  Source<double> x(run, o.tensors[X]);
  Target<double> sum(run, o.tensors[Y]), squares(run, o.tensors[SquareSum]);
  std::fill_n(static_cast<double *>(sum), yt.count(), 0.0);
  std::fill_n(static_cast<double *>(squares), yt.count(), 0.0);
  eachPair(xt, yt, [&](int64_t from, int64_t to) {
    sum[to] += x[from];
    squares[to] += x[from] * x[from];
  });
  sum.store();
  squares.store();
}

} // namespace

const Kind graph::reduction{CUDNN_BACKEND_OPERATION_REDUCTION_DESCRIPTOR,
                            {{CUDNN_ATTR_OPERATION_REDUCTION_XDESC, Use::Reads}, {CUDNN_ATTR_OPERATION_REDUCTION_YDESC, Use::Writes}},
                            readReduction, runReduction};

const Kind graph::genStats{CUDNN_BACKEND_OPERATION_GEN_STATS_DESCRIPTOR,
                           {{CUDNN_ATTR_OPERATION_GENSTATS_XDESC, Use::Reads},
                            {CUDNN_ATTR_OPERATION_GENSTATS_SUMDESC, Use::Writes},
                            {CUDNN_ATTR_OPERATION_GENSTATS_SQSUMDESC, Use::Writes}},
                           readStats, runStats};
