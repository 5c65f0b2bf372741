// cuBLASXt, on matrices of the host and of a device, against plain loops over small whole numbers.
// REQUIRES: cublas
// RUN: %clangxx %s %library-program -lcuport-cublas -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 CUPORT_DEVICES=2 %t 2>&1 | FileCheck %s
// CHECK: cuport: cublasXtSspmm is not supported
// CHECK-NEXT: all as it should be

#include "blas.h"

#include <cublasXt.h>

static cublasXtHandle_t handle;

template <class T> struct Functions;
#define FUNCTIONS(T, L)                                                                                                  \
  template <> struct Functions<T> {                                                                                      \
    static constexpr auto gemm = cublasXt##L##gemm;                                                                      \
    static constexpr auto syrk = cublasXt##L##syrk;                                                                      \
    static constexpr auto syr2k = cublasXt##L##syr2k;                                                                    \
    static constexpr auto syrkx = cublasXt##L##syrkx;                                                                    \
    static constexpr auto symm = cublasXt##L##symm;                                                                      \
    static constexpr auto trsm = cublasXt##L##trsm;                                                                      \
    static constexpr auto trmm = cublasXt##L##trmm;                                                                      \
  };
FUNCTIONS(float, S)
FUNCTIONS(double, D)
FUNCTIONS(cuComplex, C)
FUNCTIONS(cuDoubleComplex, Z)
template <class T> struct Hermitian;
#define HERMITIAN(T, L)                                                                                                  \
  template <> struct Hermitian<T> {                                                                                      \
    static constexpr auto herk = cublasXt##L##herk;                                                                      \
    static constexpr auto her2k = cublasXt##L##her2k;                                                                    \
    static constexpr auto herkx = cublasXt##L##herkx;                                                                    \
    static constexpr auto hemm = cublasXt##L##hemm;                                                                      \
  };
HERMITIAN(cuComplex, C)
HERMITIAN(cuDoubleComplex, Z)

template <class T> bool sameOnHost(const std::vector<T> &values, int leading, const Matrix<T> &wanted, Part part = all, double tolerance = 0) {
  for (int j = 0; j < wanted.columns; ++j)
    for (int i = 0; i < wanted.rows; ++i)
      if (part(i, j) && !(std::abs(number(values[i + j * leading]) - wanted(i, j)) <= tolerance)) {
        std::cout << "at " << i << ", " << j << ": " << number(values[i + j * leading]) << ", not " << wanted(i, j) << std::endl;
        return false;
      }
  return true;
}

template <class T> void products() {
  using F = Functions<T>;
  const int m = 4, n = 3, k = 2, leading = 6;
  std::vector<T> a = vectorOf<T>(leading * 8, 1), b = vectorOf<T>(leading * 8, 2);
  const std::vector<T> before = vectorOf<T>(leading * 8, 3);
  T alpha = make<T>(2, 1), beta = make<T>(-1, 3);
  Number<T> f = number(alpha), g = number(beta);
  Matrix<T> first = matrixOf(m, k, a, leading), second = matrixOf(n, k, b, leading), old = matrixOf(m, n, before, leading);
  std::vector<T> c = before;
  OK(F::gemm(handle, CUBLAS_OP_N, CUBLAS_OP_T, m, n, k, &alpha, a.data(), leading, b.data(), leading, &beta, c.data(), leading));
  CHECK(sameOnHost(c, leading, sum<T>(f, first * turned(second, CUBLAS_OP_T), g, old)));
  // One of the matrices on the device, and the result there.
  Array<T> onDevice(a), result(before);
  OK(F::gemm(handle, CUBLAS_OP_N, CUBLAS_OP_T, m, n, k, &alpha, onDevice, leading, b.data(), leading, &beta, result, leading));
  CHECK(same(result, leading, sum<T>(f, first * turned(second, CUBLAS_OP_T), g, old), before));

  Matrix<T> x = matrixOf(n, k, a, leading), square = matrixOf(n, n, before, leading), given = matrixOf(n, n, a, leading), right = matrixOf(n, 2, b, leading);
  Matrix<T> xx = x * turned(x, CUBLAS_OP_T), xy = x * turned(second, CUBLAS_OP_T), yx = second * turned(x, CUBLAS_OP_T);
  for (cublasFillMode_t fill : {CUBLAS_FILL_MODE_LOWER, CUBLAS_FILL_MODE_UPPER}) {
    std::vector<T> c1 = before, c2 = before, c3 = before, c4 = before, c5 = before;
    OK(F::syrk(handle, fill, CUBLAS_OP_N, n, k, &alpha, a.data(), leading, &beta, c1.data(), leading));
    CHECK(sameOnHost(c1, leading, sum<T>(f, xx, g, square), triangle(fill)));
    OK(F::syr2k(handle, fill, CUBLAS_OP_N, n, k, &alpha, a.data(), leading, b.data(), leading, &beta, c2.data(), leading));
    CHECK(sameOnHost(c2, leading, sum<T>(1, sum<T>(f, xy, f, yx), g, square), triangle(fill)));
    OK(F::syrkx(handle, fill, CUBLAS_OP_N, n, k, &alpha, a.data(), leading, b.data(), leading, &beta, c3.data(), leading));
    CHECK(sameOnHost(c3, leading, sum<T>(f, xy, g, square), triangle(fill)));
    OK(F::symm(handle, CUBLAS_SIDE_LEFT, fill, n, 2, &alpha, a.data(), leading, b.data(), leading, &beta, c4.data(), leading));
    CHECK(sameOnHost(c4, leading, sum<T>(f, filled(given, fill, Kind::Symmetric) * right, g, matrixOf(n, 2, before, leading))));
    OK(F::trmm(handle, CUBLAS_SIDE_LEFT, fill, CUBLAS_OP_N, CUBLAS_DIAG_UNIT, n, 2, &alpha, a.data(), leading, b.data(), leading, c5.data(), leading));
    Matrix<T> product = filled(given, fill, Kind::UnitTriangular) * right;
    CHECK(sameOnHost(c5, leading, sum<T>(f, product, 0, product)));
    T one = make<T>(1);
    OK(F::trsm(handle, CUBLAS_SIDE_LEFT, fill, CUBLAS_OP_N, CUBLAS_DIAG_UNIT, n, 2, &one, a.data(), leading, c5.data(), leading));
    CHECK(sameOnHost(c5, leading, sum<T>(f, right, 0, right), all, 1e-3));
    if constexpr (isComplex<T>) {
      using H = Hermitian<T>;
      decltype(std::real(Number<T>())) real = 3, realBeta = 2;
      Matrix<T> xh = x * turned(x, CUBLAS_OP_C), xyh = x * turned(second, CUBLAS_OP_C), yxh = second * turned(x, CUBLAS_OP_C);
      std::vector<T> plain = before;
      for (int i = 0; i < n; ++i)
        plain[i + i * leading].y = 0;
      Matrix<T> start = matrixOf(n, n, plain, leading);
      std::vector<T> h1 = plain, h2 = plain, h3 = plain, h4 = before;
      OK(H::herk(handle, fill, CUBLAS_OP_N, n, k, &real, a.data(), leading, &realBeta, h1.data(), leading));
      CHECK(sameOnHost(h1, leading, sum<T>(3, xh, 2, start), triangle(fill)));
      OK(H::her2k(handle, fill, CUBLAS_OP_N, n, k, &alpha, a.data(), leading, b.data(), leading, &realBeta, h2.data(), leading));
      CHECK(sameOnHost(h2, leading, sum<T>(1, sum<T>(f, xyh, number(conjugate(alpha)), yxh), 2, start), triangle(fill)));
      T three = make<T>(3);
      OK(H::herkx(handle, fill, CUBLAS_OP_N, n, k, &three, a.data(), leading, a.data(), leading, &realBeta, h3.data(), leading));
      CHECK(sameOnHost(h3, leading, sum<T>(3, xh, 2, start), triangle(fill)));
      OK(H::hemm(handle, CUBLAS_SIDE_LEFT, fill, n, 2, &alpha, a.data(), leading, b.data(), leading, &beta, h4.data(), leading));
      CHECK(sameOnHost(h4, leading, sum<T>(f, filled(given, fill, Kind::Hermitian) * right, g, matrixOf(n, 2, before, leading))));
    }
  }
  IS(F::gemm(handle, CUBLAS_OP_N, CUBLAS_OP_N, m, n, k, &alpha, a.data(), m - 1, b.data(), leading, &beta, c.data(), leading), CUBLAS_STATUS_INVALID_VALUE);
  IS(F::gemm(nullptr, CUBLAS_OP_N, CUBLAS_OP_N, m, n, k, &alpha, a.data(), m, b.data(), leading, &beta, c.data(), leading), CUBLAS_STATUS_NOT_INITIALIZED);
}

int main() {
  OK(cublasXtCreate(&handle));
  int devices[] = {0}, none[] = {99}, blockDim = 0, boards = 0;
  OK(cublasXtDeviceSelect(handle, 1, devices));
  IS(cublasXtDeviceSelect(handle, 1, none), CUBLAS_STATUS_INVALID_VALUE);
  OK(cublasXtSetBlockDim(handle, 512));
  OK(cublasXtGetBlockDim(handle, &blockDim));
  IS(blockDim, 512);
  OK(cublasXtGetNumBoards(1, devices, &boards));
  IS(boards, 1);
  OK(cublasXtSetPinningMemMode(handle, CUBLASXT_PINNING_ENABLED));
  OK(cublasXtSetCpuRatio(handle, CUBLASXT_GEMM, CUBLASXT_FLOAT, 0.2f));
  products<float>();
  products<double>();
  products<cuComplex>();
  products<cuDoubleComplex>();
  IS(cublasXtSspmm(handle, CUBLAS_SIDE_LEFT, CUBLAS_FILL_MODE_LOWER, 0, 0, nullptr, nullptr, nullptr, 1, nullptr, nullptr, 1), CUBLAS_STATUS_NOT_SUPPORTED);
  OK(cublasXtDestroy(handle));
  return done();
}
