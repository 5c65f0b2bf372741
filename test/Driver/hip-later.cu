// A name that a later HIP calls otherwise is that one from then on; its row says so.
// RUN: %cuport translate %s -o %t63 --hip-version=6.3 && %strip %t63/hip-later.cu | FileCheck %s --check-prefix=HIP6
// RUN: %cuport translate %s -o %t70 --hip-version=7.0 && %strip %t70/hip-later.cu | FileCheck %s --check-prefix=HIP7
// RUN: %cuport explain cublasCgemm --hip-version=7.0 | FileCheck %s --check-prefix=ROW
// ROW: HIP {{ *}}hipblasCgemm_v2
// ROW-NEXT: {{^ +}}hipblasCgemm from 7.0 on
// ROW: verdict {{ *}}rename (for HIP 7.0)

#include <cublas_v2.h>
// HIP6: hipblasCgemm_v2(
// HIP7: hipblasCgemm(
void g(cublasHandle_t h, cuComplex *x, cublasOperation_t o) { cublasCgemm(h, o, o, 1, 1, 1, x, x, 1, x, 1, x, x, 1); }
