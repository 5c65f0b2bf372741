// cuBLAS's products and factorisations of many matrices, and products of types that numbers tell.
// REQUIRES: cublas
// RUN: %clangxx %s %library-program -lcuport-cublas -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// Of what is not supported the name is said, once.
// CHECK: cuport: cublasCherk3mEx is not supported
// CHECK: cuport: cublasGemmEx is not supported
// CHECK-NOT: cublasGemmEx
// CHECK: cuport: cublasSgelsBatched is not supported
// CHECK: cuport: cublasUint8gemmBias is not supported
// CHECK: all as it should be

#include "blas.h"

static cublasHandle_t handle;

template <class T> struct Functions;
#define FUNCTIONS(T, L)                                                                                                  \
  template <> struct Functions<T> {                                                                                      \
    static constexpr auto gemmBatched = cublas##L##gemmBatched;                                                          \
    static constexpr auto gemmStrided = cublas##L##gemmStridedBatched;                                                   \
    static constexpr auto gemvBatched = cublas##L##gemvBatched;                                                          \
    static constexpr auto gemvStrided = cublas##L##gemvStridedBatched;                                                   \
    static constexpr auto getrf = cublas##L##getrfBatched;                                                               \
    static constexpr auto getri = cublas##L##getriBatched;                                                               \
    static constexpr auto getrs = cublas##L##getrsBatched;                                                               \
    static constexpr auto matinv = cublas##L##matinvBatched;                                                             \
    static constexpr auto geqrf = cublas##L##geqrfBatched;                                                               \
    static constexpr auto gels = cublas##L##gelsBatched;                                                                 \
  };
FUNCTIONS(float, S)
FUNCTIONS(double, D)
FUNCTIONS(cuComplex, C)
FUNCTIONS(cuDoubleComplex, Z)

template <class T> void products() {
  using F = Functions<T>;
  const int n = 3, count = 2, step = 10;
  std::vector<T> ha = vectorOf<T>(step * count, 1), hb = vectorOf<T>(step * count, 2), hc = vectorOf<T>(step * count, 3);
  T alpha = make<T>(2, 1), beta = make<T>(-1);
  Array<T> a(ha), b(hb), c(hc), d(hc), y(hc), z(hc);
  Array<const T *> as(std::vector<const T *>{a, a + step}), bs(std::vector<const T *>{b, b + step});
  Array<T *> cs(std::vector<T *>{c, c + step}), ys(std::vector<T *>{y, y + step});
  OK(F::gemmBatched(handle, CUBLAS_OP_N, CUBLAS_OP_T, n, n, n, &alpha, as, n, bs, n, &beta, cs, n, count));
  OK(F::gemmStrided(handle, CUBLAS_OP_N, CUBLAS_OP_T, n, n, n, &alpha, a, n, step, b, n, step, &beta, d, n, step, count));
  OK(F::gemvBatched(handle, CUBLAS_OP_T, n, n, &alpha, as, n, bs, 1, &beta, ys, 1, count));
  OK(F::gemvStrided(handle, CUBLAS_OP_T, n, n, &alpha, a, n, step, b, 1, step, &beta, z, 1, step, count));
  std::vector<T> gotC = c.host(), gotD = d.host(), gotY = y.host(), gotZ = z.host();
  for (int each = 0; each < count; ++each) {
    auto part = [&](const std::vector<T> &all, int columns) {
      return matrixOf(n, columns, std::vector<T>(all.begin() + each * step, all.begin() + (each + 1) * step), n);
    };
    Matrix<T> first = part(ha, n), product = first * turned(part(hb, n), CUBLAS_OP_T);
    Matrix<T> wanted = sum<T>(number(alpha), product, number(beta), part(hc, n));
    CHECK(part(gotC, n).values == wanted.values);
    CHECK(part(gotD, n).values == wanted.values);
    Matrix<T> vector = sum<T>(number(alpha), turned(first, CUBLAS_OP_T) * part(hb, 1), number(beta), part(hc, 1));
    CHECK(part(gotY, 1).values == vector.values);
    CHECK(part(gotZ, 1).values == vector.values);
  }
  IS(F::gemmBatched(handle, CUBLAS_OP_N, CUBLAS_OP_N, n, n, n, &alpha, as, n, bs, n, &beta, cs, n, -1), CUBLAS_STATUS_INVALID_VALUE);
}

template <class T> bool isNear(const Matrix<T> &a, const Matrix<T> &b) {
  for (size_t i = 0; i < a.values.size(); ++i)
    if (!(std::abs(a.values[i] - b.values[i]) < 1e-4))
      return false;
  return true;
}

template <class T> void factors() {
  using F = Functions<T>;
  const int n = 3, count = 2;
  // One that needs an exchange, and one that is singular.
  std::vector<T> ha;
  for (int value : {0, 2, 1, 1, 1, 3, 4, 2, 1, 1, 2, 3, 2, 4, 6, 0, 1, 5})
    ha.push_back(make<T>(value));
  Array<T> a(ha), inverse(ha.size()), b(vectorOf<T>(2 * n, 4)), plain(ha);
  Array<T *> as(std::vector<T *>{a, a + n * n}), inverses(std::vector<T *>{inverse, inverse + n * n}), bs(std::vector<T *>{b, b + n});
  Array<int> pivots(n * count), info(count);
  OK(F::getrf(handle, n, as, n, pivots, info, count));
  std::vector<int> failed = info.host();
  IS(failed[0], 0);
  CHECK(failed[1] > 0);
  Matrix<T> matrix = matrixOf(n, n, ha, n), unit(n, n);
  for (int i = 0; i < n; ++i)
    unit(i, i) = 1;
  OK(F::getri(handle, n, as, n, pivots, inverses, n, info, 1));
  CHECK(isNear(matrix * matrixOf(n, n, inverse.host(), n), unit));
  int status = 9;
  OK(F::getrs(handle, CUBLAS_OP_N, n, 1, as, n, pivots, bs, n, &status, 1));
  IS(status, 0);
  CHECK(isNear(matrix * matrixOf(n, 1, b.host(), n), matrixOf(n, 1, vectorOf<T>(2 * n, 4), n)));
  IS(F::getrs(handle, CUBLAS_OP_N, n, -1, as, n, pivots, bs, n, &status, 1), CUBLAS_STATUS_INVALID_VALUE);
  IS(status, -3);
  // Without pivots there are no exchanges: the first pivot of the first matrix is 0.
  Array<T *> plains(std::vector<T *>{plain, plain + n * n});
  OK(F::getrf(handle, n, plains, n, nullptr, info, 1));
  IS(info.host()[0], 1);
  Array<T> other(std::vector<T>{make<T>(2), make<T>(4), make<T>(1), make<T>(5)}); // (2 1, 4 5) = (1 0, 2 1) (2 1, 0 3)
  Array<T *> others(std::vector<T *>{other});
  OK(F::getrf(handle, 2, others, 2, nullptr, info, 1));
  CHECK(isNear(matrixOf(2, 2, other.host(), 2), matrixOf(2, 2, std::vector<T>{make<T>(2), make<T>(2), make<T>(1), make<T>(3)}, 2)));
  Array<T> again(ha);
  Array<T *> agains(std::vector<T *>{again});
  OK(F::matinv(handle, n, agains, n, inverses, n, info, 1));
  CHECK(isNear(matrix * matrixOf(n, n, inverse.host(), n), unit));
  IS(F::matinv(handle, 33, agains, 33, inverses, 33, info, 1), CUBLAS_STATUS_INVALID_VALUE);
  // QR: R^H R = A^H A.
  Array<T> qr(ha), tau(n);
  Array<T *> qrs(std::vector<T *>{qr}), taus(std::vector<T *>{tau});
  OK(F::geqrf(handle, n, n, qrs, n, taus, &status, 1));
  Matrix<T> r = filled(matrixOf(n, n, qr.host(), n), CUBLAS_FILL_MODE_UPPER, Kind::Triangular);
  CHECK(isNear(turned(r, CUBLAS_OP_C) * r, turned(matrix, CUBLAS_OP_C) * matrix));
  // The line through (0, 1), (1, 3), (2, 5) is 1 + 2 x.
  std::vector<T> points{make<T>(1), make<T>(1), make<T>(1), make<T>(0), make<T>(1), make<T>(2)};
  Array<T> system(points), values(std::vector<T>{make<T>(1), make<T>(3), make<T>(5)});
  Array<T *> systems(std::vector<T *>{system}), solutions(std::vector<T *>{values});
  OK(F::gels(handle, CUBLAS_OP_N, 3, 2, 1, systems, 3, solutions, 3, &status, info, 1));
  CHECK(isNear(matrixOf(2, 1, values.host(), 3), matrixOf(2, 1, std::vector<T>{make<T>(1), make<T>(2)}, 2)));
  IS(info.host()[0], 0);
}

template <class A, class C, class Scalar>
void mixed(cudaDataType typeA, cudaDataType typeC, cublasComputeType_t compute) {
  // (1 3, 2 4) times (5 7, 6 8), in columns: 23 34, 31 46.
  Array<A> a({A(1), A(2), A(3), A(4)}), b({A(5), A(6), A(7), A(8)});
  Array<C> c({C(1), C(1), C(1), C(1)}), d({C(1), C(1), C(1), C(1)}), e({C(1), C(1), C(1), C(1)});
  Scalar alpha(2), beta(1);
  OK(cublasGemmEx(handle, CUBLAS_OP_N, CUBLAS_OP_N, 2, 2, 2, &alpha, a, typeA, 2, b, typeA, 2, &beta, c, typeC, 2, compute,
                  CUBLAS_GEMM_DEFAULT));
  OK(cublasGemmStridedBatchedEx(handle, CUBLAS_OP_N, CUBLAS_OP_N, 2, 2, 2, &alpha, a, typeA, 2, 4, b, typeA, 2, 4, &beta, d, typeC,
                                2, 4, 1, compute, CUBLAS_GEMM_DEFAULT));
  Array<const void *> as({a.data, a.data}), bs({b.data, b.data});
  Array<void *> es({e.data, nullptr});
  OK(cublasGemmBatchedEx(handle, CUBLAS_OP_N, CUBLAS_OP_N, 2, 2, 2, &alpha, as, typeA, 2, bs, typeA, 2, &beta, es, typeC, 2, 1,
                         compute, CUBLAS_GEMM_DEFAULT));
  const float wanted[] = {47, 69, 63, 93};
  std::vector<C> first = c.host(), second = d.host(), third = e.host();
  for (int i = 0; i < 4; ++i) {
    IS(float(first[i]), wanted[i]);
    IS(float(second[i]), wanted[i]);
    IS(float(third[i]), wanted[i]);
  }
}

static void types() {
  mixed<float, float, float>(CUDA_R_32F, CUDA_R_32F, CUBLAS_COMPUTE_32F);
  mixed<double, double, double>(CUDA_R_64F, CUDA_R_64F, CUBLAS_COMPUTE_64F);
  mixed<__half, __half, __half>(CUDA_R_16F, CUDA_R_16F, CUBLAS_COMPUTE_16F);
  mixed<__half, __half, float>(CUDA_R_16F, CUDA_R_16F, CUBLAS_COMPUTE_32F);
  mixed<__half, float, float>(CUDA_R_16F, CUDA_R_32F, CUBLAS_COMPUTE_32F_FAST_16F);
  mixed<__nv_bfloat16, __nv_bfloat16, float>(CUDA_R_16BF, CUDA_R_16BF, CUBLAS_COMPUTE_32F);
  mixed<__nv_bfloat16, float, float>(CUDA_R_16BF, CUDA_R_32F, CUBLAS_COMPUTE_32F);
  mixed<int8_t, int32_t, int32_t>(CUDA_R_8I, CUDA_R_32I, CUBLAS_COMPUTE_32I);
  mixed<int8_t, float, float>(CUDA_R_8I, CUDA_R_32F, CUBLAS_COMPUTE_32F);
  Array<cuComplex> z({{1, 1}, {0, 0}}), w({{0, 0}, {0, 0}});
  cuComplex one{1, 0}, none{0, 0};
  OK(cublasGemmEx(handle, CUBLAS_OP_C, CUBLAS_OP_N, 1, 1, 1, &one, z, CUDA_C_32F, 1, z, CUDA_C_32F, 1, &none, w, CUDA_C_32F, 1,
                  CUBLAS_COMPUTE_32F, CUBLAS_GEMM_DEFAULT));
  IS(w.host()[0].x, 2);
  OK(cublasCgemmEx(handle, CUBLAS_OP_N, CUBLAS_OP_N, 1, 1, 1, &one, z, CUDA_C_32F, 1, z, CUDA_C_32F, 1, &none, w, CUDA_C_32F, 1));
  IS(w.host()[0].y, 2);
  Array<__half> a({__half(1.f), __half(2.f), __half(3.f), __half(4.f)}), c({__half(0.f), __half(0.f), __half(0.f), __half(0.f)});
  __half two(2.f), zero(0.f);
  OK(cublasHgemm(handle, CUBLAS_OP_N, CUBLAS_OP_N, 2, 2, 2, &two, a, 2, a, 2, &zero, c, 2));
  IS(float(c.host()[0]), 14);
  OK(cublasHgemmStridedBatched(handle, CUBLAS_OP_N, CUBLAS_OP_N, 1, 1, 1, &two, a, 1, 1, a, 1, 1, &zero, c, 1, 1, 4));
  IS(float(c.host()[3]), 32);
  Array<const __half *> as({a.data + 2, a.data + 2});
  Array<__half *> cs({c.data, c.data + 1});
  OK(cublasHgemmBatched(handle, CUBLAS_OP_N, CUBLAS_OP_N, 1, 1, 1, &two, as, 1, as, 1, &zero, cs, 1, 2));
  IS(float(c.host()[1]), 18);
  float alpha = 1, beta = 0;
  Array<float> f(4);
  OK(cublasSgemmEx(handle, CUBLAS_OP_N, CUBLAS_OP_N, 2, 2, 2, &alpha, a, CUDA_R_16F, 2, a, CUDA_R_16F, 2, &beta, f, CUDA_R_32F, 2));
  IS(f.host()[3], 22);
  // A sum that is too large for float's 24 bits is exact: 127 * 127 * 2000.
  Array<int8_t> bytes(std::vector<int8_t>(2000, 127));
  Array<int32_t> exact(1);
  int32_t oneInteger = 1, noInteger = 0;
  OK(cublasGemmEx(handle, CUBLAS_OP_T, CUBLAS_OP_N, 1, 1, 2000, &oneInteger, bytes, CUDA_R_8I, 2000, bytes, CUDA_R_8I, 2000,
                  &noInteger, exact, CUDA_R_32I, 1, CUBLAS_COMPUTE_32I, CUBLAS_GEMM_DEFAULT));
  IS(exact.host()[0], 127 * 127 * 2000);
  // The form of before version 11.
  OK(cublasGemmEx(handle, CUBLAS_OP_T, CUBLAS_OP_N, 1, 1, 2000, &oneInteger, bytes, CUDA_R_8I, 2000, bytes, CUDA_R_8I, 2000, &oneInteger, exact,
                  CUDA_R_32I, 1, CUDA_R_32I, CUBLAS_GEMM_DEFAULT));
  IS(exact.host()[0], 127 * 127 * 4000);
  cublasComputeType_t compute;
  OK(cublasMigrateComputeType(handle, CUDA_R_32F, &compute));
  IS(compute, CUBLAS_COMPUTE_32F);
}

/// Two groups, of two products of numbers and of one of 2 x 2 matrices; and emulation, which changes nothing.
static void groups() {
  OK(cublasSetEmulationStrategy(handle, CUBLAS_EMULATION_STRATEGY_EAGER));
  OK(cublasSetFixedPointEmulationMantissaControl(handle, CUDA_EMULATION_MANTISSA_CONTROL_FIXED));
  OK(cublasSetFixedPointEmulationMaxMantissaBitCount(handle, 55));
  cublasEmulationStrategy_t strategy;
  OK(cublasGetEmulationStrategy(handle, &strategy));
  IS(strategy, CUBLAS_EMULATION_STRATEGY_EAGER);
  OK(cublasSetEmulationStrategy(handle, CUDA_EMULATION_STRATEGY_PERFORMANT));
  cudaEmulationStrategy runtimes;
  OK(cublasGetEmulationStrategy(handle, &runtimes));
  IS(runtimes, CUDA_EMULATION_STRATEGY_PERFORMANT);
  const cublasOperation_t plain[] = {CUBLAS_OP_N, CUBLAS_OP_N}, turned[] = {CUBLAS_OP_N, CUBLAS_OP_T};
  const int sizes[] = {1, 2}, counts[] = {2, 1};
  const float alpha[] = {1, 2}, beta[] = {0, 1};
  Array<float> a({3, 5, 1, 2, 3, 4}), b({7, 11, 1, 0, 1, 1}), c({0, 0, 1, 1, 1, 1});
  Array<float *> as({a, a + 1, a + 2}), bs({b, b + 1, b + 2}), cs({c, c + 1, c + 2});
  // (1 3, 2 4) (1 0, 1 1) is (4 3, 6 4), by rows.
  OK(cublasSgemmGroupedBatched(handle, plain, turned, sizes, sizes, sizes, alpha, as, sizes, bs, sizes, beta, cs, sizes, 2, counts));
  CHECK(c.host() == (std::vector<float>{21, 55, 9, 13, 7, 9}));
  OK(cublasGemmGroupedBatchedEx(handle, plain, turned, sizes, sizes, sizes, alpha, reinterpret_cast<const void *const *>((float **)as), CUDA_R_32F,
                                sizes, reinterpret_cast<const void *const *>((float **)bs), CUDA_R_32F, sizes, beta,
                                reinterpret_cast<void *const *>((float **)cs), CUDA_R_32F, sizes, 2, counts,
                                CUBLAS_COMPUTE_32F_EMULATED_16BFX9));
  CHECK(c.host() == (std::vector<float>{21, 55, 17, 25, 13, 17}));
  // The triangle of a product of a column with its conjugate.
  Array<cuComplex> column({{1, 2}, {0, 1}}), square(4);
  float one = 1, zero = 0;
  OK(cublasCherkEx(handle, CUBLAS_FILL_MODE_LOWER, CUBLAS_OP_N, 2, 1, &one, column, CUDA_C_32F, 2, &zero, square, CUDA_C_32F, 2));
  CHECK(square.host()[0].x == 5 && square.host()[1].x == 2 && square.host()[1].y == 1);
  IS(cublasCherk3mEx(handle, CUBLAS_FILL_MODE_LOWER, CUBLAS_OP_N, 2, 1, &one, column, CUDA_C_8I, 2, &zero, square, CUDA_C_32F, 2),
     CUBLAS_STATUS_NOT_SUPPORTED);
}

static void notSupported() {
  float alpha = 1;
  Array<float> f(8);
  Array<float *> fs(std::vector<float *>{f});
  int info;
  for (int i = 0; i < 2; ++i)
    IS(cublasGemmEx(handle, CUBLAS_OP_N, CUBLAS_OP_N, 1, 1, 1, &alpha, f, CUDA_R_8F_E4M3, 1, f, CUDA_R_8F_E4M3, 1, &alpha, f,
                    CUDA_R_32F, 1, CUBLAS_COMPUTE_32F, CUBLAS_GEMM_DEFAULT),
       CUBLAS_STATUS_NOT_SUPPORTED);
  IS(cublasSgelsBatched(handle, CUBLAS_OP_T, 1, 1, 1, fs, 1, fs, 1, &info, nullptr, 1), CUBLAS_STATUS_NOT_SUPPORTED);
  IS(cublasUint8gemmBias(handle, CUBLAS_OP_N, CUBLAS_OP_N, CUBLAS_OP_N, 1, 1, 1, nullptr, 0, 1, nullptr, 0, 1, nullptr, 0, 1, 1, 1),
     CUBLAS_STATUS_NOT_SUPPORTED);
}

int main() {
  OK(cublasCreate(&handle));
  products<float>();
  products<double>();
  products<cuComplex>();
  products<cuDoubleComplex>();
  factors<float>();
  factors<double>();
  factors<cuComplex>();
  factors<cuDoubleComplex>();
  types();
  groups();
  notSupported();
  OK(cublasDestroy(handle));
  return done();
}
