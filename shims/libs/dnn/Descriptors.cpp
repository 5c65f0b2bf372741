// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Descriptors of tensors and filters.

#include "Handle.h"

#include <algorithm>

using namespace cuport;
using namespace cuport::dnn;

CUPORT_DESCRIPTOR(Tensor)
CUPORT_DESCRIPTOR(Filter)

static bool isFormat(cudnnTensorFormat_t format) { return format >= CUDNN_TENSOR_NCHW && format <= CUDNN_TENSOR_NCHW_VECT_C; }

/// Checks \p rank sizes and takes them; strides are left to the caller.
static Status setSizes(const char *name, Tensor *t, cudnnDataType_t type, int rank, const int *size, int leastRank) {
  Call call{nullptr, name};
  if (!t || !size || rank < leastRank || unsigned(type) > CUDNN_DATA_COMPLEX_FP64)
    return call.fail(CUDNN_STATUS_BAD_PARAM);
  if (rank > maxRank)
    return call.fail(CUDNN_STATUS_NOT_SUPPORTED);
  for (int i = 0; i < rank; ++i)
    if (size[i] <= 0)
      return call.fail(CUDNN_STATUS_BAD_PARAM);
  if (!sizeOf(type))
    return call.unsupported();
  t->type = type;
  t->rank = rank;
  std::copy_n(size, rank, t->size);
  return CUDNN_STATUS_SUCCESS;
}

static Status setFormat(const char *name, Tensor *t, cudnnTensorFormat_t format, cudnnDataType_t type, int rank, const int *size,
                        int leastRank) {
  if (!isFormat(format))
    return Call{nullptr, name}.fail(CUDNN_STATUS_BAD_PARAM);
  if (format == CUDNN_TENSOR_NCHW_VECT_C)
    return Call{nullptr, name}.unsupported();
  Status status = setSizes(name, t, type, rank, size, leastRank);
  if (!status)
    t->pack(format == CUDNN_TENSOR_NHWC);
  return status;
}

cudnnStatus_t cudnnSetTensor4dDescriptor(cudnnTensorDescriptor_t t, cudnnTensorFormat_t format, cudnnDataType_t type, int n, int c,
                                         int h, int w) {
  const int size[] = {n, c, h, w};
  return setFormat("cudnnSetTensor4dDescriptor", t, format, type, 4, size, 4);
}

cudnnStatus_t cudnnSetTensorNdDescriptorEx(cudnnTensorDescriptor_t t, cudnnTensorFormat_t format, cudnnDataType_t type, int rank,
                                           const int *size) {
  return setFormat("cudnnSetTensorNdDescriptorEx", t, format, type, rank, size, 2);
}

cudnnStatus_t cudnnSetTensorNdDescriptor(cudnnTensorDescriptor_t t, cudnnDataType_t type, int rank, const int *size,
                                         const int *stride) {
  Status status = setSizes("cudnnSetTensorNdDescriptor", stride ? t : nullptr, type, rank, size, 2);
  if (!status)
    std::copy_n(stride, rank, t->stride);
  return status;
}

cudnnStatus_t cudnnSetTensor4dDescriptorEx(cudnnTensorDescriptor_t t, cudnnDataType_t type, int n, int c, int h, int w, int nStride,
                                           int cStride, int hStride, int wStride) {
  const int size[] = {n, c, h, w}, stride[] = {nStride, cStride, hStride, wStride};
  return cudnnSetTensorNdDescriptor(t, type, 4, size, stride);
}

cudnnStatus_t cudnnGetTensor4dDescriptor(const cudnnTensorDescriptor_t t, cudnnDataType_t *type, int *n, int *c, int *h, int *w,
                                         int *nStride, int *cStride, int *hStride, int *wStride) {
  if (!t || !type || !n || !c || !h || !w || !nStride || !cStride || !hStride || !wStride)
    return CUDNN_STATUS_BAD_PARAM;
  *type = t->type;
  int *const sizes[] = {n, c, h, w}, *const strides[] = {nStride, cStride, hStride, wStride};
  for (int i = 0; i < 4; ++i) {
    *sizes[i] = t->size[i];
    *strides[i] = t->stride[i];
  }
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetTensorNdDescriptor(const cudnnTensorDescriptor_t t, int requested, cudnnDataType_t *type, int *rank, int *size,
                                         int *stride) {
  if (!t || !type || !rank || !size || !stride || requested < 0)
    return CUDNN_STATUS_BAD_PARAM;
  *type = t->type;
  *rank = t->rank;
  std::copy_n(t->size, std::min(requested, t->rank), size);
  std::copy_n(t->stride, std::min(requested, t->rank), stride);
  return CUDNN_STATUS_SUCCESS;
}

static size_t bytesOf(const Tensor &t) { return t.rank ? t.span() * sizeOf(t.type) : 0; }

cudnnStatus_t cudnnGetTensorSizeInBytes(const cudnnTensorDescriptor_t t, size_t *size) {
  if (!t || !size)
    return CUDNN_STATUS_BAD_PARAM;
  *size = bytesOf(*t);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnSetFilterNdDescriptor(cudnnFilterDescriptor_t filter, cudnnDataType_t type, cudnnTensorFormat_t format, int rank,
                                         const int *size) {
  Status status = setFormat("cudnnSetFilterNdDescriptor", filter, format, type, rank, size, 3);
  if (!status)
    filter->format = format;
  return status;
}

cudnnStatus_t cudnnSetFilter4dDescriptor(cudnnFilterDescriptor_t filter, cudnnDataType_t type, cudnnTensorFormat_t format, int k,
                                         int c, int h, int w) {
  const int size[] = {k, c, h, w};
  return cudnnSetFilterNdDescriptor(filter, type, format, 4, size);
}

cudnnStatus_t cudnnGetFilter4dDescriptor(const cudnnFilterDescriptor_t filter, cudnnDataType_t *type, cudnnTensorFormat_t *format,
                                         int *k, int *c, int *h, int *w) {
  if (!filter || !type || !format || !k || !c || !h || !w)
    return CUDNN_STATUS_BAD_PARAM;
  *type = filter->type;
  *format = filter->format;
  int *const sizes[] = {k, c, h, w};
  for (int i = 0; i < 4; ++i)
    *sizes[i] = filter->size[i];
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetFilterNdDescriptor(const cudnnFilterDescriptor_t filter, int requested, cudnnDataType_t *type,
                                         cudnnTensorFormat_t *format, int *rank, int *size) {
  if (!filter || !type || !format || !rank || !size || requested < 0)
    return CUDNN_STATUS_BAD_PARAM;
  *type = filter->type;
  *format = filter->format;
  *rank = filter->rank;
  std::copy_n(filter->size, std::min(requested, filter->rank), size);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetFilterSizeInBytes(const cudnnFilterDescriptor_t filter, size_t *size) {
  if (!filter || !size)
    return CUDNN_STATUS_BAD_PARAM;
  *size = bytesOf(*filter);
  return CUDNN_STATUS_SUCCESS;
}
