// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Products of matrices, the last two dimensions, for all of those in front.

#include "../Product.h"
#include "Elements.h"

using namespace cuport;
using namespace cuport::dnn;
using namespace cuport::dnn::graph;

namespace {

enum Part { A, B, C, M, N, K };

/// Has the operand one matrix for each of the result's, one for all, or one for so many that follow each other (heads of queries that share one)?
bool batchesFit(const Tensor &of, const Tensor &result) {
  if (of.rank != result.rank)
    return false;
  for (int i = 0; i < of.rank - 2; ++i)
    if (result.size[i] % of.size[i])
      return false;
  return true;
}

const char *readMatmul(const Descriptor &d, const Tensors &t, std::vector<double> &n) {
  const Descriptor *how = d.descriptor(CUDNN_ATTR_OPERATION_MATMUL_DESC);
  if (how->type != CUDNN_BACKEND_MATMUL_DESCRIPTOR)
    return "a type that is no matmul descriptor";
  n = {how->real(CUDNN_ATTR_MATMUL_PADDING_VALUE, 0)};
  int last = t[C]->rank - 1;
  if (last < 1 || !batchesFit(*t[A], *t[C]) || !batchesFit(*t[B], *t[C]) || t[A]->size[last - 1] != t[C]->size[last - 1] ||
      t[B]->size[last] != t[C]->size[last] || t[A]->size[last] != t[B]->size[last - 1])
    return "matrices of sizes that do not go together";
  for (int i : {M, N, K})
    if (t[i] && (t[i]->type != CUDNN_DATA_INT32 || !batchesFit(*t[i], *t[C]) || t[i]->size[last] != 1 || t[i]->size[last - 1] != 1))
      return "an override that is not one integer of 32 bits a matrix";
  return nullptr;
}

/// The number of \p of's matrix for that of the result.
int64_t matrixOf(const Tensor &of, const Tensor &result, int64_t number) {
  int64_t index = 0, step = 1;
  for (int i = result.rank - 2; i-- > 0; step *= of.size[i]) {
    index += number % result.size[i] / (result.size[i] / of.size[i]) * step;
    number /= result.size[i];
  }
  return index;
}

template <class T> void calculate(const Operation &o, const Run &run) {
  const Tensor &at = run.tensor(o.tensors[A]), &bt = run.tensor(o.tensors[B]), &ct = run.tensor(o.tensors[C]);
  Source<T> a(run, o.tensors[A]), b(run, o.tensors[B]);
  Target<T> c(run, o.tensors[C]);
  int last = ct.rank - 1;
  int64_t m = ct.size[last - 1], n = ct.size[last], k = at.size[last], matrices = ct.count() / (m * n);
  Source<double> limits[3]{{run, o.tensors[M]}, {run, o.tensors[N]}, {run, o.tensors[K]}};
  useThreads(run.threads);
  Array<T> part;
  for (int64_t i = 0; i < matrices; ++i) {
    auto limit = [&](int which, int64_t otherwise) {
      return limits[which] ? std::clamp<int64_t>(int64_t(limits[which][matrixOf(run.tensor(o.tensors[M + which]), ct, i)]), 0, otherwise)
                           : otherwise;
    };
    int64_t rows = limit(0, m), columns = limit(1, n), depth = limit(2, k);
    const T *from = a + matrixOf(at, ct, i) * m * k, *with = b + matrixOf(bt, ct, i) * k * n;
    T *to = c + i * m * n;
    if (depth < k) {
      // The first of each row.
      part = makeArray<T>(m * depth + 1);
      for (int64_t r = 0; r < m; ++r)
        std::copy_n(from + r * k, depth, part.get() + r * depth);
      from = part.get();
    }
    if (depth)
      product<T>(false, false, m, n, depth, from, with, T(0), to);
    else
      std::fill_n(to, m * n, T(0));
    for (int64_t r = 0; r < m; ++r)
      for (int64_t s = r < rows ? columns : 0; s < n; ++s)
        to[r * n + s] = T(o.numbers[0]);
  }
  c.store();
}

/// Integers of 8 bits add up beyond what a float holds exactly.
bool isExact(const Run &run, const Operation &o) {
  for (int i : {A, B, C})
    if (auto type = run.tensor(o.tensors[i]).type; isWide(&run.tensor(o.tensors[i])) || type == CUDNN_DATA_INT8 || type == CUDNN_DATA_UINT8)
      return true;
  return false;
}

void runMatmul(const Operation &o, const Run &run) {
  if (isExact(run, o))
    calculate<double>(o, run);
  else
    calculate<float>(o, run);
}

} // namespace

const Kind graph::matmul{CUDNN_BACKEND_OPERATION_MATMUL_DESCRIPTOR,
                         {{CUDNN_ATTR_OPERATION_MATMUL_ADESC, Use::Reads},
                          {CUDNN_ATTR_OPERATION_MATMUL_BDESC, Use::Reads},
                          {CUDNN_ATTR_OPERATION_MATMUL_CDESC, Use::Writes},
                          {CUDNN_ATTR_OPERATION_MATMUL_GEMM_M_OVERRIDE_DESC, Use::Reads},
                          {CUDNN_ATTR_OPERATION_MATMUL_GEMM_N_OVERRIDE_DESC, Use::Reads},
                          {CUDNN_ATTR_OPERATION_MATMUL_GEMM_K_OVERRIDE_DESC, Use::Reads}},
                         readMatmul, runMatmul};
