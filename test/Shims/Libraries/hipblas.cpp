// hipBLAS's names and numbers over cuBLAS: with the first interface, and with HIPBLAS_V2.
// REQUIRES: cublas
// RUN: %clangxx %s -D__HIP_PLATFORM_AMD__ %library-program -lcuport-cublas -o %t
// RUN: %t | FileCheck %s
// RUN: %clangxx %s -D__HIP_PLATFORM_AMD__ -DHIPBLAS_V2 %library-program -lcuport-cublas -o %t.v2
// RUN: %t.v2 | FileCheck %s
// The header is C, too.
// RUN: %clang -x c -std=c11 -Wall -Werror -fsyntax-only -D__HIP_PLATFORM_AMD__ -isystem %toolkit/include/cuport -include hipblas/hipblas.h /dev/null
// RUN: %clang -x c -std=c11 -Wall -Werror -fsyntax-only -isystem %toolkit/include/cuport -include cublas_v2.h /dev/null
// CHECK: all as it should be

#include "check.h"

#include <hipblas/hipblas.h>

#include <vector>

// From ROCm 6.2.2's hipblas.h.
static_assert(HIPBLAS_STATUS_INVALID_VALUE == 3 && HIPBLAS_STATUS_NOT_SUPPORTED == 7 && HIPBLAS_STATUS_INVALID_ENUM == 10);
static_assert(HIPBLAS_OP_N == 111 && HIPBLAS_OP_T == 112 && HIPBLAS_OP_C == 113);
static_assert(HIPBLAS_FILL_MODE_UPPER == 121 && HIPBLAS_FILL_MODE_LOWER == 122 && HIPBLAS_FILL_MODE_FULL == 123);
static_assert(HIPBLAS_DIAG_NON_UNIT == 131 && HIPBLAS_DIAG_UNIT == 132 && HIPBLAS_SIDE_LEFT == 141 && HIPBLAS_SIDE_RIGHT == 142);
static_assert(HIPBLAS_GEMM_DEFAULT == 160 && HIPBLAS_COMPUTE_32F == 2 && HIPBLAS_COMPUTE_32I == 9 && HIPBLAS_TENSOR_OP_MATH == 5);
#ifdef HIPBLAS_V2
static_assert(HIPBLAS_R_32F == 0 && HIPBLAS_R_16F == 2 && HIPBLAS_R_16B == 14);
using Complex = hipComplex;
#else
static_assert(HIPBLAS_R_16F == 150 && HIPBLAS_R_32F == 151 && HIPBLAS_C_64F == 155 && HIPBLAS_R_8I == 160 && HIPBLAS_R_16B == 168);
using Complex = hipblasComplex;
#endif

template <class T> T *onDevice(const std::vector<T> &values) {
  T *data;
  IS(hipMalloc((void **)&data, values.size() * sizeof(T)), hipSuccess);
  IS(hipMemcpy(data, values.data(), values.size() * sizeof(T), hipMemcpyHostToDevice), hipSuccess);
  return data;
}
template <class T> std::vector<T> fromDevice(const T *data, size_t size) {
  std::vector<T> values(size);
  IS(hipMemcpy(values.data(), data, size * sizeof(T), hipMemcpyDeviceToHost), hipSuccess);
  return values;
}

#define GOOD(call) IS(call, HIPBLAS_STATUS_SUCCESS)

int main() {
  hipblasHandle_t handle;
  GOOD(hipblasCreate(&handle));
  hipStream_t stream, given;
  IS(hipStreamCreate(&stream), hipSuccess);
  GOOD(hipblasSetStream(handle, stream));
  GOOD(hipblasGetStream(handle, &given));
  IS(given, stream);
  hipblasPointerMode_t mode;
  GOOD(hipblasGetPointerMode(handle, &mode));
  IS(mode, HIPBLAS_POINTER_MODE_HOST);
  hipblasMath_t math;
  GOOD(hipblasSetMathMode(handle, HIPBLAS_TF32_TENSOR_OP_MATH));
  GOOD(hipblasGetMathMode(handle, &math));
  IS(math, HIPBLAS_TF32_TENSOR_OP_MATH);
  hipblasAtomicsMode_t atomics;
  GOOD(hipblasGetAtomicsMode(handle, &atomics));
  IS(atomics, HIPBLAS_ATOMICS_NOT_ALLOWED);
  IS(std::string(hipblasStatusToString(HIPBLAS_STATUS_MAPPING_ERROR)), "HIPBLAS_STATUS_MAPPING_ERROR");

  // (1 3, 2 4)^T times (5 7, 6 8), in columns.
  float *a = onDevice<float>({1, 2, 3, 4}), *b = onDevice<float>({5, 6, 7, 8}), *c = onDevice<float>({0, 0, 0, 0});
  float alpha = 1, beta = 0;
  GOOD(hipblasSgemm(handle, HIPBLAS_OP_T, HIPBLAS_OP_N, 2, 2, 2, &alpha, a, 2, b, 2, &beta, c, 2));
  CHECK(fromDevice(c, 4) == (std::vector<float>{17, 39, 23, 53}));
  // The triangle above the diagonal, solved from the left.
  GOOD(hipblasStrsm(handle, HIPBLAS_SIDE_LEFT, HIPBLAS_FILL_MODE_LOWER, HIPBLAS_OP_N, HIPBLAS_DIAG_UNIT, 2, 2, &alpha, a, 2, c, 2));
  CHECK(fromDevice(c, 4) == (std::vector<float>{17, 5, 23, 7}));
  int index;
  GOOD(hipblasIsamax(handle, 4, a, 1, &index));
  IS(index, 4);
  float dot;
  GOOD(hipblasSdot(handle, 4, a, 1, b, 1, &dot));
  IS(dot, 70);
  // cuBLAS's own numbers mean nothing here.
  IS(hipblasSgemm(handle, hipblasOperation_t(0), HIPBLAS_OP_N, 2, 2, 2, &alpha, a, 2, b, 2, &beta, c, 2), HIPBLAS_STATUS_INVALID_VALUE);
  IS(hipblasSgemm(nullptr, HIPBLAS_OP_N, HIPBLAS_OP_N, 2, 2, 2, &alpha, a, 2, b, 2, &beta, c, 2), HIPBLAS_STATUS_NOT_INITIALIZED);

  // Complex numbers: i times i.
  Complex *z = onDevice<Complex>({Complex{0, 1}}), *w = onDevice<Complex>({Complex{0, 0}});
  Complex one{1, 0}, none{0, 0};
  GOOD(hipblasCgemm(handle, HIPBLAS_OP_N, HIPBLAS_OP_N, 1, 1, 1, &one, z, 1, z, 1, &none, w, 1));
  CHECK(reinterpret_cast<const float *>(fromDevice(w, 1).data())[0] == -1);
  GOOD(hipblasCgemm(handle, HIPBLAS_OP_C, HIPBLAS_OP_N, 1, 1, 1, &one, z, 1, z, 1, &none, w, 1));
  CHECK(reinterpret_cast<const float *>(fromDevice(w, 1).data())[0] == 1);

  // Types of data by number: of the first interface, or HIP's.
#ifdef HIPBLAS_V2
  hipblasComputeType_t compute = HIPBLAS_COMPUTE_32F;
#else
  hipblasDatatype_t compute = HIPBLAS_R_32F;
#endif
  __half *h = onDevice<__half>({__half(1.f), __half(2.f), __half(3.f), __half(4.f)});
  GOOD(hipblasGemmEx(handle, HIPBLAS_OP_N, HIPBLAS_OP_N, 2, 2, 2, &alpha, h, HIPBLAS_R_16F, 2, h, HIPBLAS_R_16F, 2, &beta, c,
                     HIPBLAS_R_32F, 2, compute, HIPBLAS_GEMM_DEFAULT));
  CHECK(fromDevice(c, 4) == (std::vector<float>{7, 10, 15, 22}));
  __half halfOne(1.f), halfNone(0.f);
  GOOD(hipblasHgemm(handle, HIPBLAS_OP_N, HIPBLAS_OP_N, 1, 1, 1, (const hipblasHalf *)&halfOne, (const hipblasHalf *)h, 1,
                    (const hipblasHalf *)(h + 1), 1, (const hipblasHalf *)&halfNone, (hipblasHalf *)h, 1));
  IS(float(fromDevice(h, 1)[0]), 2);

  float *const arrays[] = {a}, *const others[] = {c};
  float **as = onDevice<float *>({arrays[0]}), **cs = onDevice<float *>({others[0]});
  int *pivots = onDevice<int>({0, 0}), *info = onDevice<int>({9});
  GOOD(hipblasSgetrfBatched(handle, 2, as, 2, pivots, info, 1)); // (1 3, 2 4): exchange, 2 4, then 0.5 1
  CHECK(fromDevice(a, 4) == (std::vector<float>{2, 0.5, 4, 1}));
  CHECK(fromDevice(pivots, 2) == (std::vector<int>{2, 2}));
  GOOD(hipblasSgetriBatched(handle, 2, as, 2, pivots, cs, 2, info, 1));
  CHECK(fromDevice(c, 4) == (std::vector<float>{-2, 1, 1.5, -0.5}));
  GOOD(hipblasDestroy(handle));
  return done();
}
