// cuBLAS's legacy interface has functions of today's names without a handle. HIP has none of them: they stay as they are, and are told of.
// RUN: rm -rf %t && mkdir %t
// RUN: not %cuport translate %s -o %t/out 2>%t/err
// RUN: %strip %t/out/cublas-legacy.cu | FileCheck %s
// RUN: FileCheck %s --input-file=%t/err --check-prefix=SAID
// RUN: not %cuport translate %t/out/cublas-legacy.cu -o %t/again 2>/dev/null
// RUN: diff %t/out/cublas-legacy.cu %t/again/cublas-legacy.cu
// RUN: not %cuport report %s --format=json > %t/report.json
// RUN: %python -c "import json; print(*sorted(f['name'] for f in json.load(open('%t/report.json'))['findings'] if f['verdict'] == 'unsupported'))" | FileCheck %s --check-prefix=COUNT
// RUN: not %cuport translate %s -o %t/card --to=musa 2>&1 | FileCheck %s --check-prefix=CARD
// RUN: FileCheck %s --input-file=%t/card/cublas-legacy.cu --check-prefix=ON-CARD
// CARD: 'cublasSgemm' is here the function of cuBLAS's legacy interface (cublas.h), which has no handle, and it is not known whether Moore Threads MUSA has such an interface
// ON-CARD: {{^}}  cublasSgemm('n', 't', n
// COUNT: cublasAlloc cublasInit cublasSaxpy cublasSdot cublasSgemm cublasSgemm cublasZdotc
// CHECK: #include <hipblas/hipblas.h>
#include <cublas.h>

#define MULTIPLY(...) cublasSgemm(__VA_ARGS__)

void (*addTo)(int, float, const float *, int, float *, int) = cublasSaxpy;

float legacy(int n, float alpha, const float *a, float *c) {
  // CHECK: cublasInit();
  // SAID: cublas-legacy.cu:[[@LINE+1]]:3: warning: {{.*}}make a handle with hipblasCreate{{.*}} [api-name]
  cublasInit();
  // CHECK: hipblasStatus_t status = cublasAlloc(
  cublasStatus status = cublasAlloc(n, sizeof(float), (void **)&c);
  // CHECK: cublasSgemm('n', 't', n
  // SAID: cublas-legacy.cu:[[@LINE+1]]:3: warning: 'cublasSgemm' is here the function of cuBLAS's legacy interface (cublas.h), which has no handle, and hipBLAS has no such interface; write the call as one of 'hipblasSgemm': {{.*}} [api-name]
  cublasSgemm('n', 't', n, n, n, alpha, a, n, a, n, 0.0f, c, n);
  MULTIPLY('n', 't', n, n, n, alpha, a, n, a, n, 0.0f, c, n);
  // CHECK: return status == HIPBLAS_STATUS_SUCCESS ? cublasSdot(n, a
  return status == CUBLAS_STATUS_SUCCESS ? cublasSdot(n, a, 1, c, 1) : 0;
}

cuDoubleComplex conjugated(int n, const cuDoubleComplex *a) { return cublasZdotc(n, a, 1, a, 1); }

// With a handle, which cublas.h lets a program have by the versions' names.
// CHECK: return hipblasSdot(handle, n, a, 1, a, 1, result);
cublasStatus_t today(cublasHandle_t handle, int n, const float *a, float *result) { return cublasSdot_v2(handle, n, a, 1, a, 1, result); }
