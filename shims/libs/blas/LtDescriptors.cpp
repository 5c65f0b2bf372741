// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuBLASLt's handles, descriptors and their attributes.

#include "Lt.h"

#include <cstring>

using namespace cuport;
using namespace cuport::blas;

static const LtField *find(LtFields fields, int attribute) {
  for (const LtField &field : fields)
    if (field.attribute == attribute)
      return &field;
  return nullptr;
}

Status blas::setLtField(LtFields fields, void *of, int attribute, const void *value, size_t size) {
  const LtField *field = find(fields, attribute);
  if (!of || !value || !field || size != field->size)
    return CUBLAS_STATUS_INVALID_VALUE;
  std::memcpy(static_cast<char *>(of) + field->offset, value, size);
  return CUBLAS_STATUS_SUCCESS;
}

Status blas::giveLtValue(const void *from, size_t needed, void *value, size_t size, size_t *written) {
  if (!size) {
    if (!written)
      return CUBLAS_STATUS_INVALID_VALUE;
    *written = needed;
    return CUBLAS_STATUS_SUCCESS;
  }
  if (!value || size < needed)
    return CUBLAS_STATUS_INVALID_VALUE;
  std::memcpy(value, from, needed);
  if (written)
    *written = needed;
  return CUBLAS_STATUS_SUCCESS;
}

Status blas::getLtField(LtFields fields, const void *of, int attribute, void *value, size_t size, size_t *written) {
  const LtField *field = find(fields, attribute);
  if (!of || !field)
    return CUBLAS_STATUS_INVALID_VALUE;
  return giveLtValue(static_cast<const char *>(of) + field->offset, field->size, value, size, written);
}

#define FIELD(Type, attribute, member) LtField{attribute, offsetof(Type, member), sizeof(Type::member)}

#define LAYOUT(name, member) FIELD(LtLayout, CUBLASLT_MATRIX_LAYOUT_##name, member)
static constexpr LtField layoutFields[] = {
    LAYOUT(TYPE, type),
    LAYOUT(ORDER, order),
    LAYOUT(ROWS, rows),
    LAYOUT(COLS, columns),
    LAYOUT(LD, leading),
    LAYOUT(BATCH_COUNT, batchCount),
    LAYOUT(STRIDED_BATCH_OFFSET, batchStride),
    LAYOUT(PLANE_OFFSET, planeOffset),
    LAYOUT(BATCH_MODE, batchMode),
};

#define MATMUL(name, member) FIELD(LtMatmul, CUBLASLT_MATMUL_DESC_##name, member)
static constexpr LtField matmulFields[] = {
    MATMUL(COMPUTE_TYPE, compute),
    MATMUL(SCALE_TYPE, scale),
    MATMUL(POINTER_MODE, pointerMode),
    MATMUL(TRANSA, opA),
    MATMUL(TRANSB, opB),
    MATMUL(TRANSC, opC),
    MATMUL(FILL_MODE, fill),
    MATMUL(EPILOGUE, epilogue),
    MATMUL(BIAS_POINTER, bias),
    MATMUL(BIAS_BATCH_STRIDE, biasStride),
    MATMUL(EPILOGUE_AUX_POINTER, aux),
    MATMUL(EPILOGUE_AUX_LD, auxLeading),
    MATMUL(EPILOGUE_AUX_BATCH_STRIDE, auxStride),
    MATMUL(ALPHA_VECTOR_BATCH_STRIDE, alphaStride),
    MATMUL(SM_COUNT_TARGET, multiprocessors),
    MATMUL(A_SCALE_POINTER, scaleA),
    MATMUL(B_SCALE_POINTER, scaleB),
    MATMUL(C_SCALE_POINTER, scaleC),
    MATMUL(D_SCALE_POINTER, scaleD),
    MATMUL(AMAX_D_POINTER, amaxD),
    MATMUL(EPILOGUE_AUX_DATA_TYPE, auxType),
    MATMUL(EPILOGUE_AUX_SCALE_POINTER, scaleAux),
    MATMUL(EPILOGUE_AUX_AMAX_POINTER, amaxAux),
    MATMUL(FAST_ACCUM, fastAccumulation),
    MATMUL(BIAS_DATA_TYPE, biasType),
    MATMUL(A_SCALE_MODE, scaleModeA),
    MATMUL(B_SCALE_MODE, scaleModeB),
    MATMUL(C_SCALE_MODE, scaleModeC),
    MATMUL(D_SCALE_MODE, scaleModeD),
    MATMUL(EPILOGUE_AUX_SCALE_MODE, scaleModeAux),
    MATMUL(D_OUT_SCALE_POINTER, outScaleD),
    MATMUL(D_OUT_SCALE_MODE, outScaleModeD),
    MATMUL(EMULATION_DESCRIPTOR, emulation),
};

#define PREFERENCE(name, member) FIELD(LtPreference, CUBLASLT_MATMUL_PREF_##name, member)
static constexpr LtField preferenceFields[] = {
    PREFERENCE(SEARCH_MODE, searchMode),
    PREFERENCE(MAX_WORKSPACE_BYTES, maximumWorkspace),
    PREFERENCE(REDUCTION_SCHEME_MASK, reductionMask),
    PREFERENCE(MIN_ALIGNMENT_A_BYTES, alignmentA),
    PREFERENCE(MIN_ALIGNMENT_B_BYTES, alignmentB),
    PREFERENCE(MIN_ALIGNMENT_C_BYTES, alignmentC),
    PREFERENCE(MIN_ALIGNMENT_D_BYTES, alignmentD),
    PREFERENCE(MAX_WAVES_COUNT, maximumWaves),
    PREFERENCE(IMPL_MASK, implementations),
};

#define TRANSFORM(name, member) FIELD(LtTransform, CUBLASLT_MATRIX_TRANSFORM_DESC_##name, member)
static constexpr LtField transformFields[] = {
    TRANSFORM(SCALE_TYPE, scale),
    TRANSFORM(POINTER_MODE, pointerMode),
    TRANSFORM(TRANSA, opA),
    TRANSFORM(TRANSB, opB),
};

/// A descriptor in memory of the program's, or in memory of its own.
template <class Part, class Opaque> static Status init(Opaque *opaque, size_t size, const Part &value) {
  if (!opaque || size < sizeof(Part))
    return CUBLAS_STATUS_INVALID_VALUE;
  std::memset(opaque, 0, size);
  new (opaque->data) Part(value);
  return CUBLAS_STATUS_SUCCESS;
}
template <class Part, class Opaque> static Status create(Opaque **opaque, const Part &value) {
  if (!opaque)
    return CUBLAS_STATUS_INVALID_VALUE;
  *opaque = new Opaque;
  return init(*opaque, sizeof(Opaque), value);
}

/// NAME_internal is what the inline function of CUDA's header calls.
#define DESCRIPTOR(name, Opaque, Part, fields, Attribute, VALUE, ...)                                                                      \
  cublasStatus_t name##Init_internal(Opaque *opaque, size_t size __VA_OPT__(, ) __VA_ARGS__) { return init(opaque, size, VALUE); }      \
  cublasStatus_t name##Init(Opaque *opaque __VA_OPT__(, ) __VA_ARGS__) { return init(opaque, sizeof(Opaque), VALUE); }                  \
  cublasStatus_t name##Create(Opaque **opaque __VA_OPT__(, ) __VA_ARGS__) { return create(opaque, VALUE); }                             \
  cublasStatus_t name##Destroy(Opaque *opaque) {                                                                                        \
    delete opaque;                                                                                                                      \
    return CUBLAS_STATUS_SUCCESS;                                                                                                       \
  }                                                                                                                                     \
  cublasStatus_t name##SetAttribute(Opaque *opaque, Attribute attribute, const void *value, size_t size) {                              \
    return setLtField(fields, opaque, attribute, value, size);                                                                          \
  }                                                                                                                                     \
  cublasStatus_t name##GetAttribute(Opaque *opaque, Attribute attribute, void *value, size_t size, size_t *written) {                   \
    return getLtField(fields, opaque, attribute, value, size, written);                                                                 \
  }

#define VALUE                                                                                                                           \
  LtLayout { .type = type, .rows = rows, .columns = columns, .leading = leading }
DESCRIPTOR(cublasLtMatrixLayout, cublasLtMatrixLayoutOpaque_t, LtLayout, layoutFields, cublasLtMatrixLayoutAttribute_t, VALUE,
           cudaDataType type, uint64_t rows, uint64_t columns, int64_t leading)
#undef VALUE
#define VALUE                                                                                                                           \
  LtMatmul { .compute = compute, .scale = scale }
DESCRIPTOR(cublasLtMatmulDesc, cublasLtMatmulDescOpaque_t, LtMatmul, matmulFields, cublasLtMatmulDescAttributes_t, VALUE,
           cublasComputeType_t compute, cudaDataType_t scale)
#undef VALUE
#define VALUE                                                                                                                           \
  LtPreference {}
DESCRIPTOR(cublasLtMatmulPreference, cublasLtMatmulPreferenceOpaque_t, LtPreference, preferenceFields,
           cublasLtMatmulPreferenceAttributes_t, VALUE)
#undef VALUE
#define VALUE                                                                                                                           \
  LtTransform { .scale = scale }
DESCRIPTOR(cublasLtMatrixTransformDesc, cublasLtMatrixTransformDescOpaque_t, LtTransform, transformFields,
           cublasLtMatrixTransformDescAttributes_t, VALUE, cudaDataType scale)
#undef VALUE

cublasStatus_t cublasLtCreate(cublasLtHandle_t *handle) {
  if (!handle)
    return CUBLAS_STATUS_INVALID_VALUE;
  if (Status status = initialize())
    return status;
  *handle = new cublasLtContext;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtDestroy(cublasLtHandle_t handle) {
  if (!handle)
    return CUBLAS_STATUS_NOT_INITIALIZED;
  delete handle;
  return CUBLAS_STATUS_SUCCESS;
}

const char *cublasLtGetStatusName(cublasStatus_t status) { return cublasGetStatusName(status); }
const char *cublasLtGetStatusString(cublasStatus_t status) { return cublasGetStatusString(status); }
size_t cublasLtGetVersion() { return CUBLAS_VERSION; }
size_t cublasLtGetCudartVersion() { return CUDART_VERSION; }
cublasStatus_t cublasLtGetProperty(libraryPropertyType type, int *value) { return cublasGetProperty(type, value); }

// There is no cache of heuristics, no choice of instructions and nothing to log.
cublasStatus_t cublasLtHeuristicsCacheGetCapacity(size_t *capacity) {
  if (!capacity)
    return CUBLAS_STATUS_INVALID_VALUE;
  *capacity = 0;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtHeuristicsCacheSetCapacity(size_t) { return CUBLAS_STATUS_SUCCESS; }
unsigned int cublasLtDisableCpuInstructionsSetMask(unsigned int) { return 0; }
cublasStatus_t cublasLtLoggerSetCallback(cublasLtLoggerCallback_t) { return CUBLAS_STATUS_SUCCESS; }
cublasStatus_t cublasLtLoggerSetFile(FILE *) { return CUBLAS_STATUS_SUCCESS; }
cublasStatus_t cublasLtLoggerOpenFile(const char *) { return CUBLAS_STATUS_SUCCESS; }
cublasStatus_t cublasLtLoggerSetLevel(int) { return CUBLAS_STATUS_SUCCESS; }
cublasStatus_t cublasLtLoggerSetMask(int) { return CUBLAS_STATUS_SUCCESS; }
cublasStatus_t cublasLtLoggerForceDisable() { return CUBLAS_STATUS_SUCCESS; }
