// cuSOLVER's symmetric factors, reductions to two and three diagonals, and the solutions that it refines: each matrix is put together again
// from its parts by plain products; of a least squares' solution the residual is orthogonal to the columns.
// REQUIRES: cusolver
// RUN: %clangxx %s -D__HIP_PLATFORM_AMD__ %library-program -lcuport-cusolver -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// CHECK: cuport: cusolverDnSsytrf is not supported
// CHECK-NEXT: all as it should be

#include "solver.h"

#include <cusolverDn.h>
#include <hipsolver/hipsolver.h>

static cusolverDnHandle_t handle;

static int first(const Array<int> &info) { return info.host()[0]; }

#define SOLVER(L, P, T, S, Q, type)                                                                                      \
  struct L##Functions {                                                                                                  \
    using Type = T;                                                                                                      \
    static constexpr cudaDataType number = type;                                                                         \
    static constexpr auto sytrf = cusolverDn##L##sytrf;                                                                  \
    static constexpr auto sytrfSize = cusolverDn##L##sytrf_bufferSize;                                                   \
    static constexpr auto sytri = cusolverDn##L##sytri;                                                                  \
    static constexpr auto gebrd = cusolverDn##L##gebrd;                                                                  \
    static constexpr auto orgbr = cusolverDn##L##Q##gbr;                                                                 \
    static constexpr auto sytrd = cusolverDn##L##S##trd;                                                                 \
    static constexpr auto orgtr = cusolverDn##L##Q##gtr;                                                                 \
    static constexpr auto ormtr = cusolverDn##L##Q##mtr;                                                                 \
    static constexpr auto gesv = cusolverDn##P##gesv;                                                                    \
    static constexpr auto gesvSize = cusolverDn##P##gesv_bufferSize;                                                     \
    static constexpr auto gels = cusolverDn##P##gels;                                                                    \
  };
SOLVER(S, SS, float, sy, or, CUDA_R_32F)
SOLVER(D, DS, double, sy, or, CUDA_R_64F)
SOLVER(C, CC, cuComplex, he, un, CUDA_C_32F)
SOLVER(Z, ZC, cuDoubleComplex, he, un, CUDA_C_64F)

/// Symmetric, also of complex numbers, and not definite: half of its eigenvalues are below 0.
template <class T> static Matrix<T> symmetric(int n) {
  Matrix<T> a = general<T>(n, n, n), result = a;
  for (int j = 0; j < n; ++j)
    for (int i = 0; i < n; ++i)
      result(i, j) = a(i, j) + a(j, i) + (i == j ? Number<T>(i % 2 ? -40 : 40) : Number<T>(0));
  return result;
}

template <class F> static void factors() {
  using T = typename F::Type;
  const int n = 6, lda = 7;
  Matrix<T> a = symmetric<T>(n), x = general<T>(n, 2, n);
  for (cublasFillMode_t fill : {CUBLAS_FILL_MODE_LOWER, CUBLAS_FILL_MODE_UPPER}) {
    Array<T> matrix(columnsOf(a, lda)), right(columnsOf(a * x, lda)), work(1);
    Array<int> pivots(n), info(std::vector<int>{7});
    int size = 0;
    OK(F::sytrfSize(handle, n, matrix, lda, &size));
    CHECK(size >= 1);
    OK(F::sytrf(handle, fill, n, matrix, lda, pivots, work, size, info));
    IS(first(info), 0);
    std::vector<int> made = pivots.host();
    Array<int64_t> wide(std::vector<int64_t>(made.begin(), made.end()));
    size_t onDevice = 0, onHost = 0;
    OK(cusolverDnXsytrs_bufferSize(handle, fill, n, 2, F::number, matrix, lda, wide, F::number, right, lda, &onDevice, &onHost));
    OK(cusolverDnXsytrs(handle, fill, n, 2, F::number, matrix, lda, wide, F::number, right, lda, nullptr, onDevice, nullptr, onHost, info));
    IS(first(info), 0);
    CHECK(near(ofDevice(right, n, 2, lda), x));
    OK(F::sytri(handle, fill, n, matrix, lda, pivots, work, 1, info));
    CHECK(near(filled(ofDevice(matrix, n, n, lda), fill, Kind::Symmetric) * a, unit<T>(n)));
    IS(F::sytrf(handle, fill, n, matrix, n - 1, pivots, work, 1, info), CUSOLVER_STATUS_INVALID_VALUE);
  }
}

/// A = Q B P^H, B of two diagonals; A = Q T Q^H, T of three.
template <class F> static void diagonals() {
  using T = typename F::Type;
  const int m = 6, n = 4, lda = 7;
  Matrix<T> a = general<T>(m, n, m);
  Array<T> packed(columnsOf(a, lda)), tauQ(n), tauP(n), work(1);
  Array<Real<T>> d(n), e(n);
  Array<int> info(std::vector<int>{7});
  OK(F::gebrd(handle, m, n, packed, lda, d, e, tauQ, tauP, work, 1, info));
  IS(first(info), 0);
  Matrix<T> two = diagonal<T>(d.host(), n, n);
  for (int i = 0; i + 1 < n; ++i)
    two(i, i + 1) = e.host()[i];
  Array<T> left(packed.host()), right(packed.host());
  OK(F::orgbr(handle, CUBLAS_SIDE_LEFT, m, n, n, left, lda, tauQ, work, 1, info));
  OK(F::orgbr(handle, CUBLAS_SIDE_RIGHT, n, n, m, right, lda, tauP, work, 1, info));
  CHECK(near(ofDevice(left, m, n, lda) * two * ofDevice(right, n, n, lda), a));
  IS(F::gebrd(handle, n, m, packed, lda, d, e, tauQ, tauP, work, 1, info), CUSOLVER_STATUS_INVALID_VALUE);

  Matrix<T> h = definite<T>(n);
  for (cublasFillMode_t fill : {CUBLAS_FILL_MODE_LOWER, CUBLAS_FILL_MODE_UPPER}) {
    Array<T> matrix(columnsOf(h, lda)), tau(n), product(columnsOf(h, lda));
    OK(F::sytrd(handle, fill, n, matrix, lda, d, e, tau, work, 1, info));
    IS(first(info), 0);
    Matrix<T> three = diagonal<T>(d.host(), n, n);
    for (int i = 0; i + 1 < n; ++i)
      three(i, i + 1) = three(i + 1, i) = e.host()[i];
    // Q^H A is T Q^H.
    OK(F::ormtr(handle, CUBLAS_SIDE_LEFT, fill, isComplex<T> ? CUBLAS_OP_C : CUBLAS_OP_T, n, n, matrix, lda, tau, product, lda, work, 1, info));
    OK(F::orgtr(handle, fill, n, matrix, lda, tau, work, 1, info));
    Matrix<T> q = ofDevice(matrix, n, n, lda);
    CHECK(near(q * three * turned(q, CUBLAS_OP_C), h));
    CHECK(near(ofDevice(product, n, n, lda), three * turned(q, CUBLAS_OP_C)));
  }
}

template <class F> static void solutions(int steps) {
  using T = typename F::Type;
  const int m = 6, n = 4, lda = 7, ldx = 5;
  Matrix<T> a = definite<T>(n), x = general<T>(n, 2, n);
  Array<T> matrix(columnsOf(a, lda)), b(columnsOf(a * x, lda)), result(ldx * 2);
  Array<int> pivots(n), info(std::vector<int>{7});
  size_t size = 0;
  int iterations = 7;
  OK(F::gesvSize(handle, n, 2, matrix, lda, pivots, b, lda, result, ldx, nullptr, &size));
  CHECK(size >= 1);
  OK(F::gesv(handle, n, 2, matrix, lda, pivots, b, lda, result, ldx, nullptr, size, &iterations, info));
  IS(first(info), 0);
  IS(iterations, steps);
  CHECK(near(ofDevice(result, n, 2, ldx), x));
  CHECK(near(ofDevice(b, n, 2, lda), a * x)); // it stays

  Matrix<T> tall = general<T>(m, n, m), right = general<T>(m, 2, m);
  Array<T> system(columnsOf(tall, lda)), sides(columnsOf(right, lda));
  OK(F::gels(handle, m, n, 2, system, lda, sides, lda, result, ldx, nullptr, 1, &iterations, info));
  IS(first(info), 0);
  Matrix<T> residual = tall * ofDevice(result, n, 2, ldx);
  for (size_t i = 0; i < residual.values.size(); ++i)
    residual.values[i] -= right.values[i];
  CHECK(near(turned(tall, CUBLAS_OP_C) * residual, Matrix<T>(n, 2)));
  IS(F::gels(handle, n, m, 2, system, lda, sides, lda, result, ldx, nullptr, 1, &iterations, info), CUSOLVER_STATUS_INVALID_VALUE);
}

/// The same by parameters.
template <class T> static void byParameters(cusolverPrecType_t main, cusolverPrecType_t lowest) {
  const int m = 6, n = 4, lda = 7, ldx = 5;
  Matrix<T> a = definite<T>(n), x = general<T>(n, 2, n), tall = general<T>(m, n, lda + 1);
  Array<T> matrix(columnsOf(a, lda)), b(columnsOf(a * x, lda)), result(ldx * 2);
  Array<int> info(std::vector<int>{7});
  cusolverDnIRSParams_t params;
  cusolverDnIRSInfos_t infos;
  OK(cusolverDnIRSParamsCreate(&params));
  OK(cusolverDnIRSInfosCreate(&infos));
  int iterations = 7;
  size_t size = 0;
  auto solve = [&] { return cusolverDnIRSXgesv(handle, params, infos, n, 2, matrix, lda, b, lda, result, ldx, nullptr, size, &iterations, info); };
  IS(solve(), CUSOLVER_STATUS_IRS_PARAMS_INVALID_PREC);
  IS(cusolverDnIRSParamsSetSolverPrecisions(params, CUSOLVER_R_16F, CUSOLVER_R_16F), CUSOLVER_STATUS_IRS_PARAMS_INVALID_PREC);
  OK(cusolverDnIRSParamsSetSolverPrecisions(params, main, lowest));
  IS(solve(), CUSOLVER_STATUS_IRS_PARAMS_INVALID_REFINE);
  OK(cusolverDnIRSParamsSetRefinementSolver(params, CUSOLVER_IRS_REFINE_GMRES));
  IS(solve(), CUSOLVER_STATUS_IRS_NRHS_NOT_SUPPORTED_FOR_REFINE_GMRES);
  OK(cusolverDnIRSParamsSetRefinementSolver(params, CUSOLVER_IRS_REFINE_CLASSICAL));
  OK(cusolverDnIRSParamsSetMaxIters(params, 20));
  OK(cusolverDnIRSParamsSetTol(params, 1e-9));
  IS(cusolverDnIRSParamsSetMaxItersInner(params, 21), CUSOLVER_STATUS_IRS_PARAMS_INVALID);
  OK(cusolverDnIRSXgesv_bufferSize(handle, params, n, 2, &size));
  CHECK(size >= 1);
  OK(solve());
  IS(first(info), 0);
  IS(iterations, -1);
  CHECK(near(ofDevice(result, n, 2, ldx), x));
  int steps = 7;
  OK(cusolverDnIRSInfosGetNiters(infos, &steps));
  IS(steps, -1);
  OK(cusolverDnIRSInfosGetMaxIters(infos, &steps));
  IS(steps, 20);
  // Without a fallback the result is no fallback's. The system's sides are those of a known solution.
  OK(cusolverDnIRSParamsDisableFallback(params));
  Array<T> system(columnsOf(tall, lda)), sides(columnsOf(tall * x, lda));
  OK(cusolverDnIRSXgels(handle, params, infos, m, n, 2, system, lda, sides, lda, result, ldx, nullptr, 1, &iterations, info));
  IS(iterations, 0);
  CHECK(near(ofDevice(result, n, 2, ldx), x));
  IS(cusolverDnIRSXgesv(handle, params, nullptr, n, 2, matrix, lda, b, lda, result, ldx, nullptr, size, &iterations, info),
     CUSOLVER_STATUS_IRS_INFOS_NOT_INITIALIZED);
  OK(cusolverDnIRSParamsDestroy(params));
  OK(cusolverDnIRSInfosDestroy(infos));
  IS(cusolverDnIRSParamsSetTol(nullptr, 1e-9), CUSOLVER_STATUS_IRS_PARAMS_NOT_INITIALIZED);
}

static void hip() {
  hipsolverDnHandle_t own;
  IS(hipsolverDnCreate(&own), HIPSOLVER_STATUS_SUCCESS);
  Array<double> a({4, 2, 2, 5}), b({8, 9}), x(2); // (4 2, 2 5) x = (8, 9): x = (11/8, 5/4)
  Array<int> pivots(2), info(1);
  int iterations;
  IS(hipsolverDnDDgesv(own, 2, 1, a, 2, pivots, b, 2, x, 2, nullptr, 1, &iterations, info), HIPSOLVER_STATUS_SUCCESS);
  CHECK(std::abs(x.host()[0] - 1.375) < 1e-12 && std::abs(x.host()[1] - 1.25) < 1e-12);
  IS(hipsolverDnDestroy(own), HIPSOLVER_STATUS_SUCCESS);
}

template <class F> static void all(int steps) {
  factors<F>();
  diagonals<F>();
  solutions<F>(steps);
}

int main() {
  OK(cusolverDnCreate(&handle));
  all<SFunctions>(0);
  all<DFunctions>(-1);
  all<CFunctions>(0);
  all<ZFunctions>(-1);
  byParameters<float>(CUSOLVER_R_32F, CUSOLVER_R_TF32);
  byParameters<double>(CUSOLVER_R_64F, CUSOLVER_R_32F);
  byParameters<cuComplex>(CUSOLVER_C_32F, CUSOLVER_C_16F);
  byParameters<cuDoubleComplex>(CUSOLVER_C_64F, CUSOLVER_C_32F);
  // Without exchanges: not there.
  Array<float> one(1);
  Array<int> info(1);
  IS(cusolverDnSsytrf(handle, CUBLAS_FILL_MODE_LOWER, 1, one, 1, nullptr, one, 1, info), CUSOLVER_STATUS_NOT_SUPPORTED);
  hip();
  OK(cusolverDnDestroy(handle));
  return done();
}
