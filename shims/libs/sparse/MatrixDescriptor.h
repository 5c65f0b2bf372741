// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A matrix's descriptor of the functions for one format and type, which cuSOLVER's sparse part takes, too.

#ifndef CUPORT_LIBS_SPARSE_MATRIXDESCRIPTOR_H
#define CUPORT_LIBS_SPARSE_MATRIXDESCRIPTOR_H

#include <cusparse.h>

struct cusparseMatDescr {
  cusparseMatrixType_t type = CUSPARSE_MATRIX_TYPE_GENERAL;
  cusparseFillMode_t fill = CUSPARSE_FILL_MODE_LOWER;
  cusparseDiagType_t diagonal = CUSPARSE_DIAG_TYPE_NON_UNIT;
  cusparseIndexBase_t base = CUSPARSE_INDEX_BASE_ZERO;
};

#endif
