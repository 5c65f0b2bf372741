// CUPORT_TRACE counts calls of libraries: not those that a library makes itself, and of one that dlopen brings, too.
// REQUIRES: cublas
// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx %s -shared -fPIC -DPLUGIN %library-program -lcuport-cublas -o %t/plugin.so
// RUN: %clangxx %s %library-program -lcuport-curand -o %t/prog
// RUN: env CUPORT_TRACE=%t/calls.json %t/prog %t/plugin.so 2>&1 | FileCheck %s --check-prefix=OUTPUT
// OUTPUT: all as it should be
// RUN: FileCheck %s --input-file=%t/calls.json --implicit-check-not=cublasGetStatusString --implicit-check-not=cudaLaunchKernel
// CHECK-DAG: {"name": "cublasCreate_v2", "calls": 1, "failed": 0, "unsupported": 0}
// CHECK-DAG: {"name": "cublasSaxpy_v2", "calls": 3, "failed": 1, "unsupported": 0}
// CHECK-DAG: {"name": "cublasCgetrsBatched", "calls": 1, "failed": 1, "unsupported": 0}
// CHECK-DAG: {"name": "cublasLtGetStatusString", "calls": 1, "failed": 0, "unsupported": 0}
// CHECK-DAG: {"name": "curandGenerateBinomial", "calls": 1, "failed": 1, "unsupported": 1}

#include "check.h"

#include <cublas_v2.h>
#include <curand.h>

#include <dlfcn.h>

#ifdef PLUGIN
extern "C" void useBlas() {
  cublasHandle_t handle;
  IS(cublasCreate(&handle), CUBLAS_STATUS_SUCCESS);
  float *x, one = 1;
  OK(cudaMalloc(&x, 4 * sizeof(float)));
  for (int i = 0; i < 2; ++i)
    IS(cublasSaxpy(handle, 2, &one, x, 1, x + 2, 1), CUBLAS_STATUS_SUCCESS);
  IS(cublasSaxpy(nullptr, 2, &one, x, 1, x + 2, 1), CUBLAS_STATUS_NOT_INITIALIZED);
  IS(cublasCgetrsBatched(handle, CUBLAS_OP_N, 1, 1, nullptr, 1, nullptr, nullptr, 1, nullptr, 1), CUBLAS_STATUS_INVALID_VALUE);
  CHECK(cublasLtGetStatusString(CUBLAS_STATUS_SUCCESS));
}
#else
int main(int, char **arguments) {
  void *plugin = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
  CHECK(plugin);
  reinterpret_cast<void (*)()>(dlsym(plugin, "useBlas"))();
  curandGenerator_t generator;
  IS(curandCreateGenerator(&generator, CURAND_RNG_PSEUDO_DEFAULT), CURAND_STATUS_SUCCESS);
  IS(curandGenerateBinomial(generator, nullptr, 1, 1, 0.5), CURAND_STATUS_TYPE_ERROR);
  return done();
}
#endif
