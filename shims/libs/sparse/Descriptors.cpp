// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Descriptors of vectors and matrices: made, asked, changed. Those with Const in their name are the same, for memory that is only read.

#include "Values.h"

#include <cstring>

using namespace cuport;
using namespace cuport::sparse;

namespace {

template <class Descriptor, class Made> Status create(Descriptor *descriptor, bool valid, const Made &made) {
  if (!descriptor || !valid)
    return CUSPARSE_STATUS_INVALID_VALUE;
  *descriptor = new Made(made);
  return CUSPARSE_STATUS_SUCCESS;
}

template <class Descriptor> Status destroy(const Descriptor *descriptor) {
  delete descriptor;
  return CUSPARSE_STATUS_SUCCESS;
}

/// Copies members of a descriptor to where they are wanted.
template <class T, class U> void give(T *place, const U &value) {
  if (place)
    *place = T(value);
}

Status giveMatrix(const cusparseSpMatDescr *m, cusparseFormat_t format, int64_t *rows, int64_t *columns, int64_t *nonzeros, const void **offsets,
                  const void **indices, const void **values, cusparseIndexType_t *offsetType, cusparseIndexType_t *indexType,
                  cusparseIndexBase_t *base, cudaDataType *type) {
  if (!m || m->format != format)
    return CUSPARSE_STATUS_INVALID_VALUE;
  give(rows, m->rows);
  give(columns, m->columns);
  give(nonzeros, m->nonzeros);
  give(offsets, m->offsets);
  give(indices, m->indices);
  give(values, m->values);
  give(offsetType, m->offsetType);
  give(indexType, m->indexType);
  give(base, m->base);
  give(type, m->type);
  return CUSPARSE_STATUS_SUCCESS;
}

Status setPointers(cusparseSpMatDescr *m, cusparseFormat_t format, void *offsets, void *indices, void *values) {
  if (!m || m->format != format || !offsets)
    return CUSPARSE_STATUS_INVALID_VALUE;
  m->offsets = offsets;
  m->indices = indices;
  m->values = values;
  return CUSPARSE_STATUS_SUCCESS;
}

bool isSize(int64_t rows, int64_t columns, int64_t nonzeros) { return rows >= 0 && columns >= 0 && nonzeros >= 0; }

} // namespace

#define GET_AND_SET_VALUES(Kind)                                                                                         \
  cusparseStatus_t cusparse##Kind##GetValues(cusparse##Kind##Descr_t descriptor, void **values) {                       \
    if (!descriptor || !values)                                                                                          \
      return CUSPARSE_STATUS_INVALID_VALUE;                                                                              \
    *values = descriptor->values;                                                                                        \
    return CUSPARSE_STATUS_SUCCESS;                                                                                      \
  }                                                                                                                      \
  cusparseStatus_t cusparseConst##Kind##GetValues(cusparseConst##Kind##Descr_t descriptor, const void **values) {       \
    return cusparse##Kind##GetValues(const_cast<cusparse##Kind##Descr_t>(descriptor), const_cast<void **>(values));      \
  }                                                                                                                      \
  cusparseStatus_t cusparse##Kind##SetValues(cusparse##Kind##Descr_t descriptor, void *values) {                        \
    if (!descriptor || !values)                                                                                          \
      return CUSPARSE_STATUS_INVALID_VALUE;                                                                              \
    descriptor->values = values;                                                                                         \
    return CUSPARSE_STATUS_SUCCESS;                                                                                      \
  }                                                                                                                      \
  cusparseStatus_t cusparseDestroy##Kind(cusparseConst##Kind##Descr_t descriptor) { return destroy(descriptor); }
GET_AND_SET_VALUES(SpVec)
GET_AND_SET_VALUES(DnVec)
GET_AND_SET_VALUES(SpMat)
GET_AND_SET_VALUES(DnMat)
#undef GET_AND_SET_VALUES

cusparseStatus_t cusparseCreateSpVec(cusparseSpVecDescr_t *descriptor, int64_t size, int64_t nonzeros, void *indices, void *values,
                                     cusparseIndexType_t indexType, cusparseIndexBase_t base, cudaDataType type) {
  return create(descriptor, isSize(size, 0, nonzeros) && nonzeros <= size && isIndexType(indexType),
                cusparseSpVecDescr{size, nonzeros, indices, values, indexType, base, type});
}

cusparseStatus_t cusparseCreateConstSpVec(cusparseConstSpVecDescr_t *descriptor, int64_t size, int64_t nonzeros, const void *indices,
                                          const void *values, cusparseIndexType_t indexType, cusparseIndexBase_t base, cudaDataType type) {
  return cusparseCreateSpVec(const_cast<cusparseSpVecDescr_t *>(descriptor), size, nonzeros, const_cast<void *>(indices),
                             const_cast<void *>(values), indexType, base, type);
}

cusparseStatus_t cusparseConstSpVecGet(cusparseConstSpVecDescr_t vector, int64_t *size, int64_t *nonzeros, const void **indices,
                                       const void **values, cusparseIndexType_t *indexType, cusparseIndexBase_t *base, cudaDataType *type) {
  if (!vector)
    return CUSPARSE_STATUS_INVALID_VALUE;
  give(size, vector->size);
  give(nonzeros, vector->nonzeros);
  give(indices, vector->indices);
  give(values, vector->values);
  give(indexType, vector->indexType);
  give(base, vector->base);
  give(type, vector->type);
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseSpVecGet(cusparseSpVecDescr_t vector, int64_t *size, int64_t *nonzeros, void **indices, void **values,
                                  cusparseIndexType_t *indexType, cusparseIndexBase_t *base, cudaDataType *type) {
  return cusparseConstSpVecGet(vector, size, nonzeros, const_cast<const void **>(indices), const_cast<const void **>(values), indexType, base,
                               type);
}

cusparseStatus_t cusparseSpVecGetIndexBase(cusparseConstSpVecDescr_t vector, cusparseIndexBase_t *base) {
  if (!vector || !base)
    return CUSPARSE_STATUS_INVALID_VALUE;
  *base = vector->base;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseCreateDnVec(cusparseDnVecDescr_t *descriptor, int64_t size, void *values, cudaDataType type) {
  return create(descriptor, size >= 0, cusparseDnVecDescr{size, values, type});
}

cusparseStatus_t cusparseCreateConstDnVec(cusparseConstDnVecDescr_t *descriptor, int64_t size, const void *values, cudaDataType type) {
  return create(descriptor, size >= 0, cusparseDnVecDescr{size, const_cast<void *>(values), type});
}

cusparseStatus_t cusparseConstDnVecGet(cusparseConstDnVecDescr_t vector, int64_t *size, const void **values, cudaDataType *type) {
  if (!vector)
    return CUSPARSE_STATUS_INVALID_VALUE;
  give(size, vector->size);
  give(values, vector->values);
  give(type, vector->type);
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseDnVecGet(cusparseDnVecDescr_t vector, int64_t *size, void **values, cudaDataType *type) {
  return cusparseConstDnVecGet(vector, size, const_cast<const void **>(values), type);
}

cusparseStatus_t cusparseCreateDnMat(cusparseDnMatDescr_t *descriptor, int64_t rows, int64_t columns, int64_t leading, void *values,
                                     cudaDataType type, cusparseOrder_t order) {
  bool valid = isSize(rows, columns, 0) && ((order == CUSPARSE_ORDER_COL && leading >= rows) || (order == CUSPARSE_ORDER_ROW && leading >= columns));
  return create(descriptor, valid, cusparseDnMatDescr{rows, columns, leading, values, type, order});
}

cusparseStatus_t cusparseCreateConstDnMat(cusparseConstDnMatDescr_t *descriptor, int64_t rows, int64_t columns, int64_t leading,
                                          const void *values, cudaDataType type, cusparseOrder_t order) {
  return cusparseCreateDnMat(const_cast<cusparseDnMatDescr_t *>(descriptor), rows, columns, leading, const_cast<void *>(values), type, order);
}

cusparseStatus_t cusparseConstDnMatGet(cusparseConstDnMatDescr_t m, int64_t *rows, int64_t *columns, int64_t *leading, const void **values,
                                       cudaDataType *type, cusparseOrder_t *order) {
  if (!m)
    return CUSPARSE_STATUS_INVALID_VALUE;
  give(rows, m->rows);
  give(columns, m->columns);
  give(leading, m->leading);
  give(values, m->values);
  give(type, m->type);
  give(order, m->order);
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseDnMatGet(cusparseDnMatDescr_t m, int64_t *rows, int64_t *columns, int64_t *leading, void **values, cudaDataType *type,
                                  cusparseOrder_t *order) {
  return cusparseConstDnMatGet(m, rows, columns, leading, const_cast<const void **>(values), type, order);
}

cusparseStatus_t cusparseDnMatSetStridedBatch(cusparseDnMatDescr_t m, int batches, int64_t stride) {
  if (!m || batches <= 0 || stride < 0)
    return CUSPARSE_STATUS_INVALID_VALUE;
  m->batches = batches;
  m->stride = stride;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseDnMatGetStridedBatch(cusparseConstDnMatDescr_t m, int *batches, int64_t *stride) {
  if (!m)
    return CUSPARSE_STATUS_INVALID_VALUE;
  give(batches, m->batches);
  give(stride, m->stride);
  return CUSPARSE_STATUS_SUCCESS;
}

#define COMPRESSED(Name, FORMAT)                                                                                                           \
  cusparseStatus_t cusparseCreate##Name(cusparseSpMatDescr_t *descriptor, int64_t rows, int64_t columns, int64_t nonzeros, void *offsets, \
                                        void *indices, void *values, cusparseIndexType_t offsetType, cusparseIndexType_t indexType,       \
                                        cusparseIndexBase_t base, cudaDataType type) {                                                    \
    return create(descriptor, isSize(rows, columns, nonzeros) && isIndexType(offsetType) && isIndexType(indexType),                       \
                  cusparseSpMatDescr{FORMAT, rows, columns, nonzeros, offsets, indices, values, offsetType, indexType, base, type});      \
  }                                                                                                                                       \
  cusparseStatus_t cusparseCreateConst##Name(cusparseConstSpMatDescr_t *descriptor, int64_t rows, int64_t columns, int64_t nonzeros,      \
                                             const void *offsets, const void *indices, const void *values,                                \
                                             cusparseIndexType_t offsetType, cusparseIndexType_t indexType, cusparseIndexBase_t base,     \
                                             cudaDataType type) {                                                                         \
    return cusparseCreate##Name(const_cast<cusparseSpMatDescr_t *>(descriptor), rows, columns, nonzeros, const_cast<void *>(offsets),     \
                                const_cast<void *>(indices), const_cast<void *>(values), offsetType, indexType, base, type);              \
  }                                                                                                                                       \
  cusparseStatus_t cusparseConst##Name##Get(cusparseConstSpMatDescr_t m, int64_t *rows, int64_t *columns, int64_t *nonzeros,              \
                                            const void **offsets, const void **indices, const void **values,                              \
                                            cusparseIndexType_t *offsetType, cusparseIndexType_t *indexType, cusparseIndexBase_t *base,   \
                                            cudaDataType *type) {                                                                         \
    return giveMatrix(m, FORMAT, rows, columns, nonzeros, offsets, indices, values, offsetType, indexType, base, type);                   \
  }                                                                                                                                       \
  cusparseStatus_t cusparse##Name##Get(cusparseSpMatDescr_t m, int64_t *rows, int64_t *columns, int64_t *nonzeros, void **offsets,        \
                                       void **indices, void **values, cusparseIndexType_t *offsetType, cusparseIndexType_t *indexType,    \
                                       cusparseIndexBase_t *base, cudaDataType *type) {                                                   \
    return giveMatrix(m, FORMAT, rows, columns, nonzeros, const_cast<const void **>(offsets), const_cast<const void **>(indices),         \
                      const_cast<const void **>(values), offsetType, indexType, base, type);                                              \
  }                                                                                                                                       \
  cusparseStatus_t cusparse##Name##SetPointers(cusparseSpMatDescr_t m, void *offsets, void *indices, void *values) {                      \
    return setPointers(m, FORMAT, offsets, indices, values);                                                                              \
  }
COMPRESSED(Csr, CUSPARSE_FORMAT_CSR)
COMPRESSED(Csc, CUSPARSE_FORMAT_CSC)
#undef COMPRESSED

cusparseStatus_t cusparseCreateCoo(cusparseSpMatDescr_t *descriptor, int64_t rows, int64_t columns, int64_t nonzeros, void *rowIndices,
                                   void *columnIndices, void *values, cusparseIndexType_t indexType, cusparseIndexBase_t base, cudaDataType type) {
  return create(descriptor, isSize(rows, columns, nonzeros) && isIndexType(indexType),
                cusparseSpMatDescr{CUSPARSE_FORMAT_COO, rows, columns, nonzeros, rowIndices, columnIndices, values, indexType, indexType, base, type});
}

cusparseStatus_t cusparseCreateConstCoo(cusparseConstSpMatDescr_t *descriptor, int64_t rows, int64_t columns, int64_t nonzeros,
                                        const void *rowIndices, const void *columnIndices, const void *values, cusparseIndexType_t indexType,
                                        cusparseIndexBase_t base, cudaDataType type) {
  return cusparseCreateCoo(const_cast<cusparseSpMatDescr_t *>(descriptor), rows, columns, nonzeros, const_cast<void *>(rowIndices),
                           const_cast<void *>(columnIndices), const_cast<void *>(values), indexType, base, type);
}

cusparseStatus_t cusparseConstCooGet(cusparseConstSpMatDescr_t m, int64_t *rows, int64_t *columns, int64_t *nonzeros, const void **rowIndices,
                                     const void **columnIndices, const void **values, cusparseIndexType_t *indexType, cusparseIndexBase_t *base,
                                     cudaDataType *type) {
  return giveMatrix(m, CUSPARSE_FORMAT_COO, rows, columns, nonzeros, rowIndices, columnIndices, values, nullptr, indexType, base, type);
}

cusparseStatus_t cusparseCooGet(cusparseSpMatDescr_t m, int64_t *rows, int64_t *columns, int64_t *nonzeros, void **rowIndices,
                                void **columnIndices, void **values, cusparseIndexType_t *indexType, cusparseIndexBase_t *base, cudaDataType *type) {
  return cusparseConstCooGet(m, rows, columns, nonzeros, const_cast<const void **>(rowIndices), const_cast<const void **>(columnIndices),
                             const_cast<const void **>(values), indexType, base, type);
}

cusparseStatus_t cusparseCooSetPointers(cusparseSpMatDescr_t m, void *rowIndices, void *columnIndices, void *values) {
  return setPointers(m, CUSPARSE_FORMAT_COO, rowIndices, columnIndices, values);
}

cusparseStatus_t cusparseCreateBsr(cusparseSpMatDescr_t *descriptor, int64_t blockRowCount, int64_t blockColumnCount, int64_t blocks,
                                   int64_t blockRows, int64_t blockColumns, void *offsets, void *indices, void *values,
                                   cusparseIndexType_t offsetType, cusparseIndexType_t indexType, cusparseIndexBase_t base, cudaDataType type,
                                   cusparseOrder_t order) {
  cusparseSpMatDescr made{CUSPARSE_FORMAT_BSR, blockRowCount * blockRows, blockColumnCount * blockColumns, blocks, offsets, indices, values,
                          offsetType, indexType, base, type};
  made.blockRows = blockRows;
  made.blockColumns = blockColumns;
  made.blockOrder = order;
  return create(descriptor, isSize(blockRowCount, blockColumnCount, blocks) && blockRows > 0 && blockColumns > 0 && isIndexType(offsetType) && isIndexType(indexType),
                made);
}

cusparseStatus_t cusparseCreateConstBsr(cusparseConstSpMatDescr_t *descriptor, int64_t blockRowCount, int64_t blockColumnCount, int64_t blocks,
                                        int64_t blockRows, int64_t blockColumns, const void *offsets, const void *indices, const void *values,
                                        cusparseIndexType_t offsetType, cusparseIndexType_t indexType, cusparseIndexBase_t base,
                                        cudaDataType type, cusparseOrder_t order) {
  return cusparseCreateBsr(const_cast<cusparseSpMatDescr_t *>(descriptor), blockRowCount, blockColumnCount, blocks, blockRows, blockColumns,
                           const_cast<void *>(offsets), const_cast<void *>(indices), const_cast<void *>(values), offsetType, indexType, base,
                           type, order);
}

cusparseStatus_t cusparseCreateBlockedEll(cusparseSpMatDescr_t *descriptor, int64_t rows, int64_t columns, int64_t block, int64_t ellColumns,
                                          void *indices, void *values, cusparseIndexType_t indexType, cusparseIndexBase_t base,
                                          cudaDataType type) {
  bool isDivided = block > 0 && rows % block == 0 && columns % block == 0 && ellColumns % block == 0;
  cusparseSpMatDescr made{CUSPARSE_FORMAT_BLOCKED_ELL, rows, columns, rows * ellColumns, nullptr, indices, values, indexType, indexType, base, type};
  made.ellBlock = block;
  made.ellColumns = ellColumns;
  return create(descriptor, isSize(rows, columns, ellColumns) && isDivided && ellColumns <= columns && isIndexType(indexType), made);
}

cusparseStatus_t cusparseCreateConstBlockedEll(cusparseConstSpMatDescr_t *descriptor, int64_t rows, int64_t columns, int64_t block, int64_t ellColumns,
                                               const void *indices, const void *values, cusparseIndexType_t indexType, cusparseIndexBase_t base,
                                               cudaDataType type) {
  return cusparseCreateBlockedEll(const_cast<cusparseSpMatDescr_t *>(descriptor), rows, columns, block, ellColumns, const_cast<void *>(indices),
                                  const_cast<void *>(values), indexType, base, type);
}

cusparseStatus_t cusparseConstBlockedEllGet(cusparseConstSpMatDescr_t m, int64_t *rows, int64_t *columns, int64_t *block, int64_t *ellColumns,
                                            const void **indices, const void **values, cusparseIndexType_t *indexType, cusparseIndexBase_t *base,
                                            cudaDataType *type) {
  if (Status status = giveMatrix(m, CUSPARSE_FORMAT_BLOCKED_ELL, rows, columns, nullptr, nullptr, indices, values, nullptr, indexType, base, type))
    return status;
  give(block, m->ellBlock);
  give(ellColumns, m->ellColumns);
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseBlockedEllGet(cusparseSpMatDescr_t m, int64_t *rows, int64_t *columns, int64_t *block, int64_t *ellColumns, void **indices,
                                       void **values, cusparseIndexType_t *indexType, cusparseIndexBase_t *base, cudaDataType *type) {
  return cusparseConstBlockedEllGet(m, rows, columns, block, ellColumns, const_cast<const void **>(indices), const_cast<const void **>(values), indexType,
                                    base, type);
}

cusparseStatus_t cusparseSpMatGetFormat(cusparseConstSpMatDescr_t m, cusparseFormat_t *format) {
  if (!m || !format)
    return CUSPARSE_STATUS_INVALID_VALUE;
  *format = m->format;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseSpMatGetIndexBase(cusparseConstSpMatDescr_t m, cusparseIndexBase_t *base) {
  if (!m || !base)
    return CUSPARSE_STATUS_INVALID_VALUE;
  *base = m->base;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseSpMatGetSize(cusparseConstSpMatDescr_t m, int64_t *rows, int64_t *columns, int64_t *nonzeros) {
  if (!m)
    return CUSPARSE_STATUS_INVALID_VALUE;
  give(rows, m->rows);
  give(columns, m->columns);
  give(nonzeros, m->nonzeros);
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseSpMatGetStridedBatch(cusparseConstSpMatDescr_t m, int *batches) {
  if (!m || !batches)
    return CUSPARSE_STATUS_INVALID_VALUE;
  *batches = m->batches;
  return CUSPARSE_STATUS_SUCCESS;
}

static Status setBatches(cusparseSpMatDescr_t m, int batches, int64_t offsetStride, int64_t indexStride, int64_t valueStride) {
  if (!m || batches <= 0 || offsetStride < 0 || indexStride < 0 || valueStride < 0)
    return CUSPARSE_STATUS_INVALID_VALUE;
  m->batches = batches;
  m->offsetStride = offsetStride;
  m->indexStride = indexStride;
  m->valueStride = valueStride;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseCooSetStridedBatch(cusparseSpMatDescr_t m, int batches, int64_t stride) {
  return setBatches(m, batches, stride, stride, stride);
}

cusparseStatus_t cusparseCsrSetStridedBatch(cusparseSpMatDescr_t m, int batches, int64_t offsetStride, int64_t stride) {
  return setBatches(m, batches, offsetStride, stride, stride);
}

cusparseStatus_t cusparseBsrSetStridedBatch(cusparseSpMatDescr_t m, int batches, int64_t offsetStride, int64_t indexStride, int64_t valueStride) {
  return setBatches(m, batches, offsetStride, indexStride, valueStride);
}

/// What an attribute is: of four bytes, both.
static void *attributeOf(cusparseSpMatDescr *m, cusparseSpMatAttribute_t attribute) {
  return attribute == CUSPARSE_SPMAT_FILL_MODE ? static_cast<void *>(&m->fill) : attribute == CUSPARSE_SPMAT_DIAG_TYPE ? &m->diagonal : nullptr;
}

cusparseStatus_t cusparseSpMatSetAttribute(cusparseSpMatDescr_t m, cusparseSpMatAttribute_t attribute, void *data, size_t size) {
  void *place = m ? attributeOf(m, attribute) : nullptr;
  if (!place || !data || size != sizeof(int))
    return CUSPARSE_STATUS_INVALID_VALUE;
  std::memcpy(place, data, size);
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseSpMatGetAttribute(cusparseConstSpMatDescr_t m, cusparseSpMatAttribute_t attribute, void *data, size_t size) {
  void *place = m ? attributeOf(const_cast<cusparseSpMatDescr_t>(m), attribute) : nullptr;
  if (!place || !data || size != sizeof(int))
    return CUSPARSE_STATUS_INVALID_VALUE;
  std::memcpy(data, place, size);
  return CUSPARSE_STATUS_SUCCESS;
}
