// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuSOLVER for several devices. A matrix lies in blocks of columns that go around the devices; it is gathered, LAPACK's function is called, and
// it is put back. A call waits for what its devices do, and then for itself, as it gives the host its information.

#include "Handle.h"

#include <cusolverMg.h>

#include <algorithm>
#include <vector>

using namespace cuport;
using namespace cuport::solver;

struct cusolverMgContext {
  std::vector<int> devices{};
  cudaStream_t stream = nullptr; ///< of the first device
};

namespace {

struct Grid {
  std::vector<int> devices;
};

struct Distributed {
  int64_t rows, columns, blockColumns;
  cudaDataType type;
  size_t devices;
};

using MgCall = CallOf<cusolverMgContext>;

/// Part of a matrix of the program's, from the row and column on that are counted from 1.
template <class T> struct Region {
  const Distributed &matrix;
  void *const *arrays;
  int row, column, rows, columns;

  T *place(int i, int j) const {
    int64_t at = j + column - 1, block = at / matrix.blockColumns;
    int64_t local = block / int64_t(matrix.devices) * matrix.blockColumns + at % matrix.blockColumns;
    return static_cast<T *>(arrays[block % int64_t(matrix.devices)]) + local * matrix.rows + i + row - 1;
  }
  bool isInside() const { return row >= 1 && column >= 1 && rows >= 0 && columns >= 0 && row - 1 + rows <= matrix.rows && column - 1 + columns <= matrix.columns; }
  std::vector<T> gathered() const {
    std::vector<T> all(size_t(rows) * columns);
    for (int j = 0; j < columns; ++j)
      std::copy_n(place(0, j), rows, all.data() + size_t(j) * rows);
    return all;
  }
  void put(const std::vector<T> &all) const {
    for (int j = 0; j < columns; ++j)
      std::copy_n(all.data() + size_t(j) * rows, rows, place(0, j));
  }
};

const Distributed *matrixOf(cudaLibMgMatrixDesc_t descriptor) { return static_cast<const Distributed *>(descriptor); }

template <class T> struct Type {};
/// Waits for the devices, calls \p body with the matrix's type as an operation of the first, and waits for that.
template <class Body> Status run(MgCall call, cudaDataType type, cudaDataType compute, const Body &body) {
  int current;
  if (cudaError_t error = cudaGetDevice(&current))
    return statusOf(error);
  cudaError_t error = cudaSuccess;
  for (int device : call.handle->devices) {
    error = error ? error : cudaSetDevice(device);
    error = error ? error : cudaDeviceSynchronize();
  }
  cudaSetDevice(current);
  if (error)
    return statusOf(error);
  if (type != compute)
    return call.unsupported();
  // It is waited for, so what the closure has may be the caller's.
  switch (type) {
  case CUDA_R_32F: return call.wait([&body] { body(Type<float>()); });
  case CUDA_R_64F: return call.wait([&body] { body(Type<double>()); });
  case CUDA_C_32F: return call.wait([&body] { body(Type<cuComplex>()); });
  case CUDA_C_64F: return call.wait([&body] { body(Type<cuDoubleComplex>()); });
  default: return call.unsupported();
  }
}

Status giveSize(cusolverMgHandle_t handle, int64_t *size) {
  if (!handle)
    return CUSOLVER_STATUS_NOT_INITIALIZED;
  if (!size)
    return CUSOLVER_STATUS_INVALID_VALUE;
  *size = smallWork;
  return CUSOLVER_STATUS_SUCCESS;
}

} // namespace

cusolverStatus_t cusolverMgCreate(cusolverMgHandle_t *handle) {
  if (!handle)
    return CUSOLVER_STATUS_INVALID_VALUE;
  *handle = new cusolverMgContext;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverMgDestroy(cusolverMgHandle_t handle) {
  delete handle;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverMgDeviceSelect(cusolverMgHandle_t handle, int count, int *devices) {
  CUPORT_CHECK((MgCall{handle, "cusolverMgDeviceSelect"}), count > 0 && devices);
  handle->devices.assign(devices, devices + count);
  return CUSOLVER_STATUS_SUCCESS;
}

cusolverStatus_t cusolverMgCreateDeviceGrid(cudaLibMgGrid_t *grid, int32_t rows, int32_t columns, const int32_t *devices, cusolverMgGridMapping_t) {
  if (!grid || rows != 1 || columns < 1 || !devices)
    return CUSOLVER_STATUS_INVALID_VALUE;
  *grid = new Grid{{devices, devices + columns}};
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverMgDestroyGrid(cudaLibMgGrid_t grid) {
  delete static_cast<Grid *>(grid);
  return CUSOLVER_STATUS_SUCCESS;
}

/// Blocks have all rows, as with cuSOLVER.
cusolverStatus_t cusolverMgCreateMatrixDesc(cudaLibMgMatrixDesc_t *descriptor, int64_t rows, int64_t columns, int64_t blockRows, int64_t blockColumns,
                                            cudaDataType type, const cudaLibMgGrid_t grid) {
  if (!descriptor || rows < 1 || columns < 1 || blockRows != rows || blockColumns < 1 || !grid)
    return CUSOLVER_STATUS_INVALID_VALUE;
  *descriptor = new Distributed{rows, columns, blockColumns, type, static_cast<const Grid *>(grid)->devices.size()};
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverMgDestroyMatrixDesc(cudaLibMgMatrixDesc_t descriptor) {
  delete static_cast<Distributed *>(descriptor);
  return CUSOLVER_STATUS_SUCCESS;
}

cusolverStatus_t cusolverMgSyevd_bufferSize(cusolverMgHandle_t handle, cusolverEigMode_t, cublasFillMode_t, int, void **, int, int, cudaLibMgMatrixDesc_t,
                                            void *, cudaDataType, cudaDataType, int64_t *size) {
  return giveSize(handle, size);
}
/// The values are the host's.
cusolverStatus_t cusolverMgSyevd(cusolverMgHandle_t handle, cusolverEigMode_t mode, cublasFillMode_t fill, int n, void **arrays, int row, int column,
                                 cudaLibMgMatrixDesc_t descriptor, void *values, cudaDataType, cudaDataType compute, void **, int64_t, int *info) {
  MgCall call{handle, "cusolverMgSyevd"};
  CUPORT_CHECK(call, isMode(mode) && isTriangle(fill) && n >= 0 && arrays && descriptor && values && info &&
                         (Region<char>{*matrixOf(descriptor), arrays, row, column, n, n}.isInside()));
  return run(call, matrixOf(descriptor)->type, compute, [&]<class T>(Type<T>) {
    Region<T> part{*matrixOf(descriptor), arrays, row, column, n, n};
    std::vector<T> a = part.gathered();
    *info = lapacke::syevd<T>(letter(mode), letter(fill), n, numbers(a.data()), std::max(n, 1), static_cast<Part<T> *>(values));
    part.put(a);
  });
}

cusolverStatus_t cusolverMgGetrf_bufferSize(cusolverMgHandle_t handle, int, int, void **, int, int, cudaLibMgMatrixDesc_t, int **, cudaDataType,
                                            int64_t *size) {
  return giveSize(handle, size);
}

/// Pivots lie as a row of the matrix does.
static Region<int> pivotsOf(const Distributed &matrix, Distributed &row, int **arrays, int column, int count) {
  row = {1, matrix.columns, matrix.blockColumns, CUDA_R_32I, matrix.devices};
  return {row, reinterpret_cast<void *const *>(arrays), 1, column, 1, count};
}

cusolverStatus_t cusolverMgGetrf(cusolverMgHandle_t handle, int m, int n, void **arrays, int row, int column, cudaLibMgMatrixDesc_t descriptor,
                                 int **pivots, cudaDataType compute, void **, int64_t, int *info) {
  MgCall call{handle, "cusolverMgGetrf"};
  CUPORT_CHECK(call, m >= 0 && n >= 0 && arrays && descriptor && pivots && info &&
                         (Region<char>{*matrixOf(descriptor), arrays, row, column, m, n}.isInside()));
  return run(call, matrixOf(descriptor)->type, compute, [&]<class T>(Type<T>) {
    Region<T> part{*matrixOf(descriptor), arrays, row, column, m, n};
    std::vector<T> a = part.gathered();
    std::vector<lapack_int> made(std::min(m, n));
    *info = lapacke::getrf<T>(m, n, numbers(a.data()), std::max(m, 1), made.data());
    part.put(a);
    Distributed inRow;
    pivotsOf(*matrixOf(descriptor), inRow, pivots, column, std::min(m, n)).put({made.begin(), made.end()});
  });
}

cusolverStatus_t cusolverMgGetrs_bufferSize(cusolverMgHandle_t handle, cublasOperation_t, int, int, void **, int, int, cudaLibMgMatrixDesc_t, int **,
                                            void **, int, int, cudaLibMgMatrixDesc_t, cudaDataType, int64_t *size) {
  return giveSize(handle, size);
}
cusolverStatus_t cusolverMgGetrs(cusolverMgHandle_t handle, cublasOperation_t operation, int n, int columns, void **arrays, int row, int column,
                                 cudaLibMgMatrixDesc_t descriptor, int **pivots, void **rights, int rightRow, int rightColumn,
                                 cudaLibMgMatrixDesc_t rightDescriptor, cudaDataType compute, void **, int64_t, int *info) {
  MgCall call{handle, "cusolverMgGetrs"};
  CUPORT_CHECK(call, isOperation(operation) && n >= 0 && columns >= 0 && arrays && descriptor && pivots && rights && rightDescriptor && info &&
                         matrixOf(descriptor)->type == matrixOf(rightDescriptor)->type &&
                         (Region<char>{*matrixOf(descriptor), arrays, row, column, n, n}.isInside()) &&
                         (Region<char>{*matrixOf(rightDescriptor), rights, rightRow, rightColumn, n, columns}.isInside()));
  return run(call, matrixOf(descriptor)->type, compute, [&]<class T>(Type<T>) {
    std::vector<T> a = Region<T>{*matrixOf(descriptor), arrays, row, column, n, n}.gathered();
    Region<T> right{*matrixOf(rightDescriptor), rights, rightRow, rightColumn, n, columns};
    std::vector<T> b = right.gathered();
    Distributed inRow;
    std::vector<int> exchanges = pivotsOf(*matrixOf(descriptor), inRow, pivots, column, n).gathered();
    std::vector<lapack_int> given(exchanges.begin(), exchanges.end());
    *info = lapacke::getrs<T>(letter(operation), n, columns, numbers(a.data()), std::max(n, 1), given.data(), numbers(b.data()), std::max(n, 1));
    right.put(b);
  });
}

cusolverStatus_t cusolverMgPotrf_bufferSize(cusolverMgHandle_t handle, cublasFillMode_t, int, void **, int, int, cudaLibMgMatrixDesc_t, cudaDataType,
                                            int64_t *size) {
  return giveSize(handle, size);
}
cusolverStatus_t cusolverMgPotri_bufferSize(cusolverMgHandle_t handle, cublasFillMode_t, int, void **, int, int, cudaLibMgMatrixDesc_t, cudaDataType,
                                            int64_t *size) {
  return giveSize(handle, size);
}

/// Cholesky's factor, or by it the inverse.
static Status cholesky(MgCall call, bool isInverse, cublasFillMode_t fill, int n, void **arrays, int row, int column, cudaLibMgMatrixDesc_t descriptor,
                       cudaDataType compute, int *info) {
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && arrays && descriptor && info &&
                         (Region<char>{*matrixOf(descriptor), arrays, row, column, n, n}.isInside()));
  return run(call, matrixOf(descriptor)->type, compute, [&]<class T>(Type<T>) {
    Region<T> part{*matrixOf(descriptor), arrays, row, column, n, n};
    std::vector<T> a = part.gathered();
    *info = isInverse ? lapacke::potri<T>(letter(fill), n, numbers(a.data()), std::max(n, 1))
                      : lapacke::potrf<T>(letter(fill), n, numbers(a.data()), std::max(n, 1));
    part.put(a);
  });
}
cusolverStatus_t cusolverMgPotrf(cusolverMgHandle_t handle, cublasFillMode_t fill, int n, void **arrays, int row, int column,
                                 cudaLibMgMatrixDesc_t descriptor, cudaDataType compute, void **, int64_t, int *info) {
  return cholesky({handle, "cusolverMgPotrf"}, false, fill, n, arrays, row, column, descriptor, compute, info);
}
cusolverStatus_t cusolverMgPotri(cusolverMgHandle_t handle, cublasFillMode_t fill, int n, void **arrays, int row, int column,
                                 cudaLibMgMatrixDesc_t descriptor, cudaDataType compute, void **, int64_t, int *info) {
  return cholesky({handle, "cusolverMgPotri"}, true, fill, n, arrays, row, column, descriptor, compute, info);
}

cusolverStatus_t cusolverMgPotrs_bufferSize(cusolverMgHandle_t handle, cublasFillMode_t, int, int, void **, int, int, cudaLibMgMatrixDesc_t, void **, int,
                                            int, cudaLibMgMatrixDesc_t, cudaDataType, int64_t *size) {
  return giveSize(handle, size);
}
cusolverStatus_t cusolverMgPotrs(cusolverMgHandle_t handle, cublasFillMode_t fill, int n, int columns, void **arrays, int row, int column,
                                 cudaLibMgMatrixDesc_t descriptor, void **rights, int rightRow, int rightColumn, cudaLibMgMatrixDesc_t rightDescriptor,
                                 cudaDataType compute, void **, int64_t, int *info) {
  MgCall call{handle, "cusolverMgPotrs"};
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && columns >= 0 && arrays && descriptor && rights && rightDescriptor && info &&
                         matrixOf(descriptor)->type == matrixOf(rightDescriptor)->type &&
                         (Region<char>{*matrixOf(descriptor), arrays, row, column, n, n}.isInside()) &&
                         (Region<char>{*matrixOf(rightDescriptor), rights, rightRow, rightColumn, n, columns}.isInside()));
  return run(call, matrixOf(descriptor)->type, compute, [&]<class T>(Type<T>) {
    std::vector<T> a = Region<T>{*matrixOf(descriptor), arrays, row, column, n, n}.gathered();
    Region<T> right{*matrixOf(rightDescriptor), rights, rightRow, rightColumn, n, columns};
    std::vector<T> b = right.gathered();
    *info = lapacke::potrs<T>(letter(fill), n, columns, numbers(a.data()), std::max(n, 1), numbers(b.data()), std::max(n, 1));
    right.put(b);
  });
}
