// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuSPARSE's handle and descriptors, and what every entry point does with them.
//
//   entry point --> Call: handle and name --> checks --> closure over copies of the descriptors --> libs::enqueue

#ifndef CUPORT_LIBS_SPARSE_HANDLE_H
#define CUPORT_LIBS_SPARSE_HANDLE_H

#include "MatrixDescriptor.h"

#include "libs/Operation.h"

#include <cusparse.h>

struct cusparseContext {
  cudaStream_t stream = nullptr;
  cusparsePointerMode_t pointerMode = CUSPARSE_POINTER_MODE_HOST;
};

struct cusparseSpVecDescr {
  int64_t size, nonzeros;
  void *indices, *values;
  cusparseIndexType_t indexType;
  cusparseIndexBase_t base;
  cudaDataType type;
};

struct cusparseDnVecDescr {
  int64_t size;
  void *values;
  cudaDataType type;
};

struct cusparseSpMatDescr {
  cusparseFormat_t format;
  int64_t rows, columns, nonzeros; ///< of BSR blocks
  void *offsets, *indices, *values; ///< of COO rows, columns, values; of CSC offsets of columns, rows, values
  cusparseIndexType_t offsetType, indexType;
  cusparseIndexBase_t base;
  cudaDataType type;
  cusparseFillMode_t fill = CUSPARSE_FILL_MODE_LOWER;
  cusparseDiagType_t diagonal = CUSPARSE_DIAG_TYPE_NON_UNIT;
  int batches = 1;
  int64_t offsetStride = 0, indexStride = 0, valueStride = 0; ///< from one batch to the next
  int64_t blockRows = 1, blockColumns = 1;
  cusparseOrder_t blockOrder = CUSPARSE_ORDER_ROW;
  /// Of Blocked-ELL: square blocks, and how many columns are stored, by rows; indices are those of the blocks of a row of blocks, below the
  /// base where there is none.
  int64_t ellBlock = 0, ellColumns = 0;
};

struct cusparseDnMatDescr {
  int64_t rows, columns, leading;
  void *values;
  cudaDataType type;
  cusparseOrder_t order;
  int batches = 1;
  int64_t stride = 0;
  int64_t at(int64_t row, int64_t column) const { return order == CUSPARSE_ORDER_ROW ? row * leading + column : row + column * leading; }
  int64_t span() const { return leading * (order == CUSPARSE_ORDER_ROW ? rows : columns); }
};

namespace cuport::sparse {

using Status = cusparseStatus_t;

/// cuSPARSE's code for what the runtime said.
Status statusOf(cudaError_t error);

/// A factor such as alpha, of a type that is only known when it runs: its value, or where the device has it.
struct Scalar {
  alignas(16) char value[16];
  const void *place;
  const void *data() const { return place ? place : value; }
};

/// For what needs none: cuSPARSE gives a few bytes, too.
inline constexpr size_t smallBuffer = 8;

/// One call of an entry point.
struct Call {
  cusparseHandle_t handle;
  const char *name;

  bool hostScalars() const { return handle->pointerMode == CUSPARSE_POINTER_MODE_HOST; }
  /// \p size is at most 16 bytes, and only read on the host.
  Scalar scalar(const void *place, size_t size) const {
    Scalar result{{}, hostScalars() ? nullptr : place};
    if (hostScalars())
      __builtin_memcpy(result.value, place, size);
    return result;
  }
  template <class Body> Status enqueue(const Body &body) const { return statusOf(libs::enqueue(handle->stream, name, body)); }
  /// And waits for it: the host asks for what it found.
  template <class Body> Status wait(const Body &body) const {
    Status status = enqueue(body);
    return status ? status : statusOf(cudaStreamSynchronize(handle->stream));
  }
  /// For what writes to a scalar. In a capture nothing runs yet, and who launches the graph waits.
  template <class Body> Status result(const Body &body) const {
    if (!hostScalars())
      return enqueue(body);
    cudaStreamCaptureStatus capture = cudaStreamCaptureStatusNone;
    cudaStreamIsCapturing(handle->stream, &capture);
    return capture == cudaStreamCaptureStatusNone ? wait(body) : enqueue(body);
  }
  /// Says once that it is not supported.
  Status unsupported() const {
    libs::logUnsupported(name);
    return CUSPARSE_STATUS_NOT_SUPPORTED;
  }
};

inline bool isBlockedEll(const cusparseSpMatDescr &matrix) { return matrix.format == CUSPARSE_FORMAT_BLOCKED_ELL; }

inline bool isOperation(cusparseOperation_t operation) {
  return operation >= CUSPARSE_OPERATION_NON_TRANSPOSE && operation <= CUSPARSE_OPERATION_CONJUGATE_TRANSPOSE;
}

} // namespace cuport::sparse

/// Begin of an entry point's body: no handle, an invalid argument.
#define CUPORT_CHECK(call, valid)                                                                                        \
  if (!(call).handle)                                                                                                    \
    return CUSPARSE_STATUS_NOT_INITIALIZED;                                                                              \
  if (!(valid))                                                                                                          \
    return CUSPARSE_STATUS_INVALID_VALUE

/// Each function of a name for the four types.
#define CUPORT_FOUR_TYPES(X) X(S, float) X(D, double) X(C, cuComplex) X(Z, cuDoubleComplex)

#endif
