// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Reductions of a tensor along those of its dimensions that the result has only one of.

#include "Values.h"

using namespace cuport;
using namespace cuport::dnn;

struct cudnnReduceTensorStruct {
  cudnnReduceTensorOp_t op = CUDNN_REDUCE_TENSOR_ADD;
  cudnnDataType_t type = CUDNN_DATA_FLOAT;
  cudnnNanPropagation_t nan = CUDNN_NOT_PROPAGATE_NAN;
  cudnnReduceTensorIndices_t indices = CUDNN_REDUCE_TENSOR_NO_INDICES;
  cudnnIndicesType_t indexType = CUDNN_32BIT_INDICES;

  bool picksOne() const { return op == CUDNN_REDUCE_TENSOR_MIN || op == CUDNN_REDUCE_TENSOR_MAX || op == CUDNN_REDUCE_TENSOR_AMAX; }
  bool givesIndices() const { return picksOne() && indices == CUDNN_REDUCE_TENSOR_FLATTENED_INDICES; }
  int64_t indexSize() const {
    return indexType == CUDNN_64BIT_INDICES ? 8 : indexType == CUDNN_32BIT_INDICES ? 4 : indexType == CUDNN_16BIT_INDICES ? 2 : 1;
  }
};

CUPORT_DESCRIPTOR(ReduceTensor)

cudnnStatus_t cudnnSetReduceTensorDescriptor(cudnnReduceTensorDescriptor_t d, cudnnReduceTensorOp_t op, cudnnDataType_t type,
                                             cudnnNanPropagation_t nan, cudnnReduceTensorIndices_t indices,
                                             cudnnIndicesType_t indexType) {
  if (!d || unsigned(op) > CUDNN_REDUCE_TENSOR_MUL_NO_ZEROS || !sizeOf(type) || unsigned(nan) > CUDNN_PROPAGATE_NAN ||
      unsigned(indices) > CUDNN_REDUCE_TENSOR_FLATTENED_INDICES || unsigned(indexType) > CUDNN_8BIT_INDICES)
    return CUDNN_STATUS_BAD_PARAM;
  *d = {op, type, nan, indices, indexType};
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetReduceTensorDescriptor(const cudnnReduceTensorDescriptor_t d, cudnnReduceTensorOp_t *op, cudnnDataType_t *type,
                                             cudnnNanPropagation_t *nan, cudnnReduceTensorIndices_t *indices,
                                             cudnnIndicesType_t *indexType) {
  if (!d || !op || !type || !nan || !indices || !indexType)
    return CUDNN_STATUS_BAD_PARAM;
  *op = d->op;
  *type = d->type;
  *nan = d->nan;
  *indices = d->indices;
  *indexType = d->indexType;
  return CUDNN_STATUS_SUCCESS;
}

static bool reducesTo(const Tensor *a, const Tensor *c) {
  if (!isSet(a) || !isSet(c) || a->rank != c->rank)
    return false;
  for (int i = 0; i < a->rank; ++i)
    if (c->size[i] != 1 && c->size[i] != a->size[i])
      return false;
  return true;
}

cudnnStatus_t cudnnGetReductionIndicesSize(cudnnHandle_t handle, const cudnnReduceTensorDescriptor_t d, const cudnnTensorDescriptor_t a,
                                           const cudnnTensorDescriptor_t c, size_t *size) {
  CUPORT_CHECK(Call({handle, "cudnnGetReductionIndicesSize"}), d && reducesTo(a, c) && size);
  *size = d->givesIndices() ? c->count() * d->indexSize() : 0;
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetReductionWorkspaceSize(cudnnHandle_t handle, const cudnnReduceTensorDescriptor_t d,
                                             const cudnnTensorDescriptor_t a, const cudnnTensorDescriptor_t c, size_t *size) {
  CUPORT_CHECK(Call({handle, "cudnnGetReductionWorkspaceSize"}), d && reducesTo(a, c) && size);
  *size = 0;
  return CUDNN_STATUS_SUCCESS;
}

namespace {

/// One result as it comes about.
struct Sum {
  const cudnnReduceTensorStruct &d;
  double value = d.op == CUDNN_REDUCE_TENSOR_MUL || d.op == CUDNN_REDUCE_TENSOR_MUL_NO_ZEROS ? 1 : 0;
  int64_t best = -1; ///< the number of the element that was picked

  void add(double x, int64_t number) {
    switch (d.op) {
    case CUDNN_REDUCE_TENSOR_ADD:
    case CUDNN_REDUCE_TENSOR_AVG: value += x; break;
    case CUDNN_REDUCE_TENSOR_MUL: value *= x; break;
    case CUDNN_REDUCE_TENSOR_MUL_NO_ZEROS: value *= x != 0 ? x : 1; break;
    case CUDNN_REDUCE_TENSOR_NORM1: value += std::fabs(x); break;
    case CUDNN_REDUCE_TENSOR_NORM2: value += x * x; break;
    case CUDNN_REDUCE_TENSOR_AMAX: pick(std::fabs(x), number); break;
    default: pick(x, number); break;
    }
  }
  double result(int64_t count) const {
    return d.op == CUDNN_REDUCE_TENSOR_AVG ? value / double(count) : d.op == CUDNN_REDUCE_TENSOR_NORM2 ? std::sqrt(value) : value;
  }

private:
  void pick(double x, int64_t number) {
    bool keepsNan = d.nan == CUDNN_PROPAGATE_NAN, better = d.op == CUDNN_REDUCE_TENSOR_MIN ? x < value : x > value;
    if (std::isnan(x) || std::isnan(value))
      better = std::isnan(x) != std::isnan(value) && std::isnan(x) == keepsNan;
    if (best >= 0 && !better)
      return;
    value = x;
    best = number;
  }
};

} // namespace

cudnnStatus_t cudnnReduceTensor(cudnnHandle_t handle, const cudnnReduceTensorDescriptor_t reduce, void *indices, size_t indicesSize,
                                void *, size_t, const void *alpha, const cudnnTensorDescriptor_t aDesc, const void *a, const void *beta,
                                const cudnnTensorDescriptor_t cDesc, void *c) {
  Call call{handle, "cudnnReduceTensor"};
  CUPORT_CHECK(call, reduce && alpha && reducesTo(aDesc, cDesc) && a && beta && c &&
                         (!reduce->givesIndices() || (indices && indicesSize >= size_t(cDesc->count() * reduce->indexSize()))));
  return call.enqueue([=, d = *reduce, at = Tensor(*aDesc), ct = Tensor(*cDesc), blend = blendOf(cDesc->type, alpha, beta)] {
    Input<double> input(at, a);
    Output<double> output(ct, c, blend);
    // Over the results, and over what each is made of; both as they stand in a packed a.
    Tensor kept = input.layout, reduced = input.layout;
    for (int i = 0; i < at.rank; ++i)
      (ct.size[i] == 1 ? kept : reduced).size[i] = 1;
    int last = at.rank - 1;
    eachRow(kept, [&](int64_t first, int64_t before) {
      for (int64_t i = 0; i < kept.size[last]; ++i) {
        Sum sum{d};
        eachRow(reduced, [&](int64_t row, int64_t number) {
          for (int64_t j = 0; j < reduced.size[last]; ++j)
            sum.add(input[first + i + row + j], number + j);
        });
        output[before + i] = sum.result(reduced.count());
        if (d.givesIndices())
          __builtin_memcpy(static_cast<char *>(indices) + (before + i) * d.indexSize(), &sum.best, d.indexSize());
      }
    });
    output.store();
  });
}
