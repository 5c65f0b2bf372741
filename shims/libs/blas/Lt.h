// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuBLASLt's descriptors as they lie in the opaque structures of its header, and how their attributes are set and asked for.
//
//   cublasLtMatmulDescSetAttribute(desc, CUBLASLT_MATMUL_DESC_EPILOGUE, ...)  -->  LtFields: place and size  -->  LtMatmul::epilogue

#ifndef CUPORT_LIBS_BLAS_LT_H
#define CUPORT_LIBS_BLAS_LT_H

#include "Handle.h"

#include <cublasLt.h>

#include <cstddef>
#include <new>
#include <span>

struct cublasLtContext {};

namespace cuport::blas {

struct LtLayout {
  int32_t type, order = CUBLASLT_ORDER_COL;
  uint64_t rows, columns;
  int64_t leading;
  int32_t batchCount = 1, batchMode = CUBLASLT_BATCH_MODE_STRIDED;
  int64_t batchStride = 0, planeOffset = 0;

  bool isValid() const {
    return rows && columns && batchCount > 0 && (isPlainOrder() ? leading >= int64_t(order == CUBLASLT_ORDER_COL ? rows : columns) : true);
  }
  bool isPlainOrder() const { return order == CUBLASLT_ORDER_COL || order == CUBLASLT_ORDER_ROW; }
  int64_t at(int64_t row, int64_t column) const { return order == CUBLASLT_ORDER_ROW ? row * leading + column : row + column * leading; }
};

struct LtMatmul {
  int32_t compute, scale, pointerMode = CUBLASLT_POINTER_MODE_HOST;
  int32_t opA = CUBLAS_OP_N, opB = CUBLAS_OP_N, opC = CUBLAS_OP_N, fill = CUBLAS_FILL_MODE_FULL;
  uint32_t epilogue = CUBLASLT_EPILOGUE_DEFAULT;
  void *bias = nullptr;
  int64_t biasStride = 0;
  void *aux = nullptr;
  int64_t auxLeading = 0, auxStride = 0, alphaStride = 0;
  int32_t multiprocessors = 0, biasType = -1, auxType = -1;
  int8_t fastAccumulation = 0;
  const void *scaleA = nullptr, *scaleB = nullptr, *scaleC = nullptr, *scaleD = nullptr, *scaleAux = nullptr, *outScaleD = nullptr;
  void *amaxD = nullptr, *amaxAux = nullptr, *emulation = nullptr;
  int32_t scaleModeA = 0, scaleModeB = 0, scaleModeC = 0, scaleModeD = 0, scaleModeAux = 0, outScaleModeD = 0;
};

struct LtPreference {
  uint32_t searchMode = CUBLASLT_SEARCH_BEST_FIT, reductionMask = CUBLASLT_REDUCTION_SCHEME_MASK;
  uint64_t maximumWorkspace = 0;
  uint32_t alignmentA = 256, alignmentB = 256, alignmentC = 256, alignmentD = 256;
  float maximumWaves = 0;
  uint64_t implementations = ~uint64_t(0);
};

struct LtTransform {
  int32_t scale, pointerMode = CUBLASLT_POINTER_MODE_HOST, opA = CUBLAS_OP_N, opB = CUBLAS_OP_N;
};

/// There is one algorithm; what a program sets of it is kept.
struct LtAlgorithm {
  int32_t id = 0;
  uint32_t tile = 0;
  int32_t splitK = 1;
  uint32_t reduction = 0, swizzling = 0, custom = 0, stages = 0;
  uint16_t innerShape = 0, clusterShape = 0;
};

/// Where an attribute lies.
struct LtField {
  int attribute;
  size_t offset, size;
};
using LtFields = std::span<const LtField>;

Status setLtField(LtFields fields, void *of, int attribute, const void *value, size_t size);
/// \p size 0 asks for the size only.
Status getLtField(LtFields fields, const void *of, int attribute, void *value, size_t size, size_t *written);
/// The same for something in no descriptor.
Status giveLtValue(const void *from, size_t needed, void *value, size_t size, size_t *written);

template <class Part, class Opaque> Part &part(Opaque *opaque) {
  static_assert(sizeof(Part) <= sizeof(Opaque) && alignof(Part) <= alignof(Opaque));
  return *std::launder(reinterpret_cast<Part *>(opaque->data));
}
template <class Part, class Opaque> const Part &part(const Opaque *opaque) { return part<Part>(const_cast<Opaque *>(opaque)); }

} // namespace cuport::blas

#endif
