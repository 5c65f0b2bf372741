// cuSOLVER and hipSOLVER: each result is put together again by plain loops, and information for the device is what LAPACK's manual says.
// REQUIRES: cusolver
// RUN: %clangxx %s -D__HIP_PLATFORM_AMD__ %library-program -lcuport-cusolver -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// RUN: %clang -x c -std=c11 -Wall -Werror -fsyntax-only -D__HIP_PLATFORM_AMD__ -isystem %toolkit/include/cuport -include hipsolver/hipsolver.h /dev/null
// CHECK: cuport: cusolverDnXpotrf is not supported
// CHECK-NEXT: cuport: cusolverDnXlarft_bufferSize is not supported
// CHECK-NEXT: all as it should be

#include "solver.h"

#include <cusolverDn.h>
#include <hipsolver/hipsolver.h>

// From ROCm 6.2.2's hipsolver-types.h.
static_assert(HIPSOLVER_STATUS_NOT_SUPPORTED == 7 && HIPSOLVER_EIG_MODE_VECTOR == 202 && HIPSOLVER_EIG_RANGE_I == 223 && HIPSOLVER_FILL_MODE_LOWER == 122);

static cusolverDnHandle_t handle;

static int first(const Array<int> &info) { return info.host()[0]; }

/// The functions of one letter.
#define SOLVER(L, T, S, Q)                                                                                               \
  struct L##Functions {                                                                                                  \
    using Type = T;                                                                                                      \
    static constexpr auto getrf = cusolverDn##L##getrf;                                                                  \
    static constexpr auto getrs = cusolverDn##L##getrs;                                                                  \
    static constexpr auto getrfSize = cusolverDn##L##getrf_bufferSize;                                                   \
    static constexpr auto potrf = cusolverDn##L##potrf;                                                                  \
    static constexpr auto potrs = cusolverDn##L##potrs;                                                                  \
    static constexpr auto lauum = cusolverDn##L##lauum;                                                                  \
    static constexpr auto laswp = cusolverDn##L##laswp;                                                                  \
    static constexpr auto potri = cusolverDn##L##potri;                                                                  \
    static constexpr auto potrfBatched = cusolverDn##L##potrfBatched;                                                    \
    static constexpr auto potrsBatched = cusolverDn##L##potrsBatched;                                                    \
    static constexpr auto geqrf = cusolverDn##L##geqrf;                                                                  \
    static constexpr auto orgqr = cusolverDn##L##Q##gqr;                                                                 \
    static constexpr auto ormqr = cusolverDn##L##Q##mqr;                                                                 \
    static constexpr auto syevd = cusolverDn##L##S##evd;                                                                 \
    static constexpr auto syevj = cusolverDn##L##S##evj;                                                                 \
    static constexpr auto syevjBatched = cusolverDn##L##S##evjBatched;                                                   \
    static constexpr auto syevdx = cusolverDn##L##S##evdx;                                                               \
    static constexpr auto sygvd = cusolverDn##L##S##gvd;                                                                 \
    static constexpr auto sygvj = cusolverDn##L##S##gvj;                                                                 \
    static constexpr auto sygvdx = cusolverDn##L##S##gvdx;                                                               \
    static constexpr auto gesvda = cusolverDn##L##gesvdaStridedBatched;                                                  \
    static constexpr auto gesvdaSize = cusolverDn##L##gesvdaStridedBatched_bufferSize;                                   \
    static constexpr auto gesvd = cusolverDn##L##gesvd;                                                                  \
    static constexpr auto gesvdj = cusolverDn##L##gesvdj;                                                                \
    static constexpr auto gesvdjBatched = cusolverDn##L##gesvdjBatched;                                                  \
  };
SOLVER(S, float, sy, or)
SOLVER(D, double, sy, or)
SOLVER(C, cuComplex, he, un)
SOLVER(Z, cuDoubleComplex, he, un)

template <class F> static void lu() {
  using T = typename F::Type;
  const int n = 5, lda = 7;
  Matrix<T> a = definite<T>(n), x = general<T>(n, 2, 6);
  for (bool exchanges : {false, true}) {
    if (exchanges) // its rows in another order need them
      for (int j = 0; j < n; ++j)
        std::reverse(&a(0, j), &a(0, j) + n);
    for (cublasOperation_t op : {CUBLAS_OP_N, CUBLAS_OP_T, CUBLAS_OP_C}) {
      Array<T> matrix(columnsOf(a, lda)), right(columnsOf(turned(a, op) * x, lda)), work(1);
      Array<int> pivots(n), info(std::vector<int>{7});
      int size = 0;
      OK(F::getrfSize(handle, n, n, matrix, lda, &size));
      CHECK(size >= 1);
      OK(F::getrf(handle, n, n, matrix, lda, work, exchanges ? pivots.data : nullptr, info));
      IS(first(info), 0);
      OK(F::getrs(handle, op, n, 2, matrix, lda, exchanges ? pivots.data : nullptr, right, lda, info));
      CHECK(near(ofDevice(right, n, 2, lda), x));
    }
  }
  // Rows 1 to 3 with 3, 3 and 4 in turn; from the last on it is undone. Pivots of which every second counts.
  Matrix<T> rows = general<T>(4, 2, 4);
  Array<T> exchanged(columnsOf(rows, lda));
  Array<int> order(std::vector<int>{3, -9, 3, -9, 4});
  OK(F::laswp(handle, 2, exchanged, lda, 1, 3, order, 2));
  Matrix<T> now = ofDevice(exchanged, 4, 2, lda);
  const int from[] = {2, 0, 3, 1};
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 2; ++j)
      IS(now(i, j), rows(from[i], j));
  OK(F::laswp(handle, 2, exchanged, lda, 1, 3, order, -2));
  CHECK(near(ofDevice(exchanged, 4, 2, lda), rows));
  // The third column is twice the first: the third pivot is 0.
  Array<T> singular({make<T>(1), make<T>(0), make<T>(0), make<T>(0), make<T>(1), make<T>(0), make<T>(2), make<T>(0), make<T>(0)}), work(1);
  Array<int> pivots(3), info(1);
  OK(F::getrf(handle, 3, 3, singular, 3, work, pivots, info));
  IS(first(info), 3);
  IS(F::getrf(handle, 3, 3, singular, 2, work, pivots, info), CUSOLVER_STATUS_INVALID_VALUE);
  IS(F::getrf(nullptr, 3, 3, singular, 3, work, pivots, info), CUSOLVER_STATUS_NOT_INITIALIZED);
}

template <class F> static void cholesky() {
  using T = typename F::Type;
  const int n = 4, lda = 5;
  Matrix<T> a = definite<T>(n), x = general<T>(n, 1, 6);
  for (cublasFillMode_t fill : {CUBLAS_FILL_MODE_LOWER, CUBLAS_FILL_MODE_UPPER}) {
    Array<T> matrix(columnsOf(a, lda)), right(columnsOf(a * x, lda)), work(1);
    Array<int> info(1);
    OK(F::potrf(handle, fill, n, matrix, lda, work, 1, info));
    IS(first(info), 0);
    Matrix<T> factor = filled(ofDevice(matrix, n, n, lda), fill, Kind::Triangular);
    CHECK(near(fill == CUBLAS_FILL_MODE_LOWER ? factor * turned(factor, CUBLAS_OP_C) : turned(factor, CUBLAS_OP_C) * factor, a));
    OK(F::potrs(handle, fill, n, 1, matrix, lda, right, lda, info));
    CHECK(near(ofDevice(right, n, 1, lda), x));
    OK(F::potri(handle, fill, n, matrix, lda, work, 1, info));
    CHECK(near(filled(ofDevice(matrix, n, n, lda), fill, Kind::Hermitian) * a, unit<T>(n)));

    // A triangle times its own turned.
    Array<T> corner(columnsOf(a, lda));
    OK(F::lauum(handle, fill, n, corner, lda, work, 1, info));
    Matrix<T> before = filled(a, fill, Kind::Triangular), after = filled(ofDevice(corner, n, n, lda), fill, Kind::Hermitian);
    CHECK(near(after, fill == CUBLAS_FILL_MODE_LOWER ? turned(before, CUBLAS_OP_C) * before : before * turned(before, CUBLAS_OP_C)));

    // (1 2, 2 1) is not definite: its second minor is below 0.
    Array<T> one({make<T>(2), make<T>(1), make<T>(1), make<T>(2)}), bad({make<T>(1), make<T>(2), make<T>(2), make<T>(1)});
    Array<T> two(columnsOf(a, n)), b(columnsOf(a * x, n));
    Array<T *> as({one.data, bad.data}), bs({b.data});
    Array<int> infos(2);
    OK(F::potrfBatched(handle, fill, 2, as, 2, infos, 2));
    CHECK(infos.host() == (std::vector<int>{0, 2}));
    Array<T *> whole({two.data});
    OK(F::potrfBatched(handle, fill, n, whole, n, infos, 1));
    IS(infos.host()[0], 0);
    OK(F::potrsBatched(handle, fill, n, 1, whole, n, bs, n, infos, 1));
    CHECK(near(ofDevice(b, n, 1, n), x));
  }
}

template <class F> static void qr() {
  using T = typename F::Type;
  const int m = 6, n = 4, lda = 7;
  Matrix<T> a = general<T>(m, n, m);
  Array<T> matrix(columnsOf(a, lda)), tau(n), work(1), product(columnsOf(a, lda));
  Array<int> info(1);
  OK(F::geqrf(handle, m, n, matrix, lda, tau, work, 1, info));
  IS(first(info), 0);
  Matrix<T> r(n, n), whole(m, n), packed = ofDevice(matrix, m, n, lda);
  for (int j = 0; j < n; ++j)
    for (int i = 0; i <= j; ++i)
      r(i, j) = whole(i, j) = packed(i, j);
  // Q^H A is R.
  OK(F::ormqr(handle, CUBLAS_SIDE_LEFT, isComplex<T> ? CUBLAS_OP_C : CUBLAS_OP_T, m, n, n, matrix, lda, tau, product, lda, work, 1, info));
  CHECK(near(ofDevice(product, m, n, lda), whole));
  OK(F::orgqr(handle, m, n, n, matrix, lda, tau, work, 1, info));
  Matrix<T> q = ofDevice(matrix, m, n, lda);
  CHECK(near(q * r, a));
  CHECK(near(turned(q, CUBLAS_OP_C) * q, unit<T>(n)));
}

template <class F> static void eigenvalues() {
  using T = typename F::Type;
  const int n = 5, lda = 6;
  Matrix<T> a = definite<T>(n), b = definite<T>(n);
  for (int i = 0; i < n; ++i)
    b(i, i) += Number<T>(3 * i);
  auto good = [&](const Array<T> &vectors, const std::vector<Real<T>> &values, int count, const Matrix<T> &left, const Matrix<T> &right) {
    CHECK(std::is_sorted(values.begin(), values.begin() + count));
    Matrix<T> v = ofDevice(vectors, n, count, lda);
    CHECK(near(left * v, right * v * diagonal<T>(values, count, count)));
  };
  Array<T> work(1);
  Array<int> info(1);
  syevjInfo_t jacobi;
  OK(cusolverDnCreateSyevjInfo(&jacobi));
  OK(cusolverDnXsyevjSetTolerance(jacobi, 1e-7));
  OK(cusolverDnXsyevjSetMaxSweeps(jacobi, 15));
  for (cublasFillMode_t fill : {CUBLAS_FILL_MODE_LOWER, CUBLAS_FILL_MODE_UPPER}) {
    Array<T> x(columnsOf(a, lda)), y(columnsOf(a, lda)), z(columnsOf(a, lda)), g(columnsOf(a, lda)), h(columnsOf(b, lda));
    Array<Real<T>> values(n), others(n);
    OK(F::syevd(handle, CUSOLVER_EIG_MODE_VECTOR, fill, n, x, lda, values, work, 1, info));
    IS(first(info), 0);
    good(x, values.host(), n, a, unit<T>(n));
    OK(F::syevj(handle, CUSOLVER_EIG_MODE_VECTOR, fill, n, y, lda, others, work, 1, info, jacobi));
    good(y, others.host(), n, a, unit<T>(n));
    int found = 0;
    OK(F::syevdx(handle, CUSOLVER_EIG_MODE_VECTOR, CUSOLVER_EIG_RANGE_I, fill, n, z, lda, 0, 0, 2, 3, &found, others, work, 1, info));
    IS(found, 2);
    CHECK(std::abs(others.host()[0] - values.host()[1]) <= tolerance<T> * 10);
    good(z, others.host(), 2, a, unit<T>(n));
    OK(F::sygvd(handle, CUSOLVER_EIG_TYPE_1, CUSOLVER_EIG_MODE_VECTOR, fill, n, g, lda, h, lda, others, work, 1, info));
    IS(first(info), 0);
    good(g, others.host(), n, a, b);
    std::vector<Real<T>> both = others.host();
    Array<T> gj(columnsOf(a, lda)), hj(columnsOf(b, lda)), gx(columnsOf(a, lda)), hx(columnsOf(b, lda));
    OK(F::sygvj(handle, CUSOLVER_EIG_TYPE_1, CUSOLVER_EIG_MODE_VECTOR, fill, n, gj, lda, hj, lda, others, work, 1, info, jacobi));
    IS(first(info), 0);
    good(gj, others.host(), n, a, b);
    // The second and third, by bounds between the values.
    OK(F::sygvdx(handle, CUSOLVER_EIG_TYPE_1, CUSOLVER_EIG_MODE_VECTOR, CUSOLVER_EIG_RANGE_V, fill, n, gx, lda, hx, lda, (both[0] + both[1]) / 2,
                 (both[2] + both[3]) / 2, 0, 0, &found, others, work, 1, info));
    IS(first(info), 0);
    IS(found, 2);
    CHECK(std::abs(others.host()[1] - both[2]) <= tolerance<T> * 10);
    good(gx, others.host(), 2, a, b);
    Array<T> indefinite(columnsOf(sum<T>(-1, b, 0, b), lda));
    OK(F::sygvj(handle, CUSOLVER_EIG_TYPE_1, CUSOLVER_EIG_MODE_NOVECTOR, fill, n, gj, lda, indefinite, lda, others, work, 1, info, jacobi));
    IS(first(info), n + 1); // its first minor is below 0
    std::vector<T> pair = columnsOf(a, n), second = columnsOf(b, n);
    pair.insert(pair.end(), second.begin(), second.end());
    Array<T> matrices(pair);
    Array<Real<T>> all(2 * n);
    Array<int> infos(2);
    OK(F::syevjBatched(handle, CUSOLVER_EIG_MODE_NOVECTOR, fill, n, matrices, n, all, work, 1, infos, jacobi, 2));
    CHECK(std::abs(all.host()[n - 1] - values.host()[n - 1]) <= tolerance<T> * 100);
    Real<T> trace = 0, sum = 0;
    for (int i = 0; i < n; ++i)
      trace += std::real(b(i, i)), sum += all.host()[n + i];
    CHECK(std::abs(trace - sum) <= tolerance<T> * 100);
  }
  OK(cusolverDnDestroySyevjInfo(jacobi));
}

template <class F> static void singularValues() {
  using T = typename F::Type;
  const int m = 6, n = 4, lda = 7, ldu = 6, ldv = 5;
  Matrix<T> a = general<T>(m, n, m);
  Array<T> x(columnsOf(a, lda)), u(ldu * m), vt(ldv * n), work(1);
  Array<Real<T>> values(n), rest(n);
  Array<int> info(1);
  OK(F::gesvd(handle, 'A', 'A', m, n, x, lda, values, u, ldu, vt, ldv, work, 1, rest, info));
  IS(first(info), 0);
  std::vector<Real<T>> s = values.host();
  CHECK(std::is_sorted(s.rbegin(), s.rend()) && s.back() >= 0);
  CHECK(near(ofDevice(u, m, m, ldu) * diagonal<T>(s, m, n) * ofDevice(vt, n, n, ldv), a));
  CHECK(near(turned(ofDevice(u, m, m, ldu), CUBLAS_OP_C) * ofDevice(u, m, m, ldu), unit<T>(m)));
  IS(F::gesvd(handle, 'A', 'A', n, m, x, lda, values, u, ldu, vt, ldv, work, 1, rest, info), CUSOLVER_STATUS_INVALID_VALUE);

  // Jacobi's: V, not its transpose; of wide matrices, too.
  gesvdjInfo_t jacobi;
  OK(cusolverDnCreateGesvdjInfo(&jacobi));
  for (bool wide : {false, true})
    for (int economic : {0, 1}) {
      Matrix<T> b = wide ? turned(a, CUBLAS_OP_C) : a;
      int rows = b.rows, columns = b.columns, left = economic ? n : rows, right = economic ? n : columns;
      Array<T> y(columnsOf(b, lda)), v(7 * m);
      OK(F::gesvdj(handle, CUSOLVER_EIG_MODE_VECTOR, economic, rows, columns, y, lda, values, u, ldu, v, 7, work, 1, info, jacobi));
      IS(first(info), 0);
      CHECK(near(ofDevice(u, rows, left, ldu) * diagonal<T>(values.host(), left, right) * turned(ofDevice(v, columns, right, 7), CUBLAS_OP_C), b));
    }
  std::vector<T> pair = columnsOf(a, m), copy = pair;
  pair.insert(pair.end(), copy.begin(), copy.end());
  Array<T> both(pair), us(2 * m * m), vs(2 * n * n);
  Array<Real<T>> all(2 * n);
  Array<int> infos(2);
  OK(F::gesvdjBatched(handle, CUSOLVER_EIG_MODE_VECTOR, m, n, both, m, all, us, m, vs, n, work, 1, infos, jacobi, 2));
  std::vector<T> lefts = us.host(), rights = vs.host();
  std::vector<Real<T>> everything = all.host(), second(everything.begin() + n, everything.end());
  Matrix<T> lastU = matrixOf(m, m, std::vector<T>(lefts.begin() + m * m, lefts.end()), m), lastV = matrixOf(n, n, std::vector<T>(rights.begin() + n * n, rights.end()), n);
  CHECK(near(lastU * diagonal<T>(second, m, n) * turned(lastV, CUBLAS_OP_C), a));
  OK(cusolverDnDestroyGesvdjInfo(jacobi));
}

/// The greatest singular values of two matrices, with gaps between everything, and how much of the matrix is in the others.
template <class F> static void someSingularValues() {
  using T = typename F::Type;
  const int m = 6, n = 4, rank = 2, lda = 7, ldu = 8, ldv = 5;
  const long long strideA = 40, strideS = 3, strideU = 20, strideV = 12;
  Matrix<T> a = general<T>(m, n, lda), b = turned(turned(a, CUBLAS_OP_C), CUBLAS_OP_T); // the second is the first, conjugated
  std::vector<T> host(strideA * 2);
  std::vector<T> one = columnsOf(a, lda), two = columnsOf(b, lda);
  std::copy(one.begin(), one.end(), host.begin());
  std::copy(two.begin(), two.end(), host.begin() + strideA);
  Array<T> matrices(host), us(strideU * 2), vs(strideV * 2), work(1), whole(columnsOf(a, lda)), u(1);
  Array<Real<T>> values(strideS * 2), all(n), rest(n);
  Array<int> infos(std::vector<int>{7, 7});
  double residuals[2] = {-1, -1};
  int size = 0;
  OK(F::gesvdaSize(handle, CUSOLVER_EIG_MODE_VECTOR, rank, m, n, matrices, lda, strideA, values, strideS, us, ldu, strideU, vs, ldv, strideV, &size, 2));
  CHECK(size >= 1);
  OK(F::gesvda(handle, CUSOLVER_EIG_MODE_VECTOR, rank, m, n, matrices, lda, strideA, values, strideS, us, ldu, strideU, vs, ldv, strideV, work, size, infos,
               residuals, 2));
  CHECK(infos.host() == (std::vector<int>{0, 0}));
  CHECK(near(ofDevice(matrices, m, n, lda), a)); // it stays
  OK(F::gesvd(handle, 'N', 'N', m, n, whole, lda, all, u, 1, u, 1, work, 1, rest, infos));
  std::vector<Real<T>> s = all.host(), got = values.host();
  double left = std::sqrt(double(s[2]) * s[2] + double(s[3]) * s[3]);
  std::vector<T> hostU = us.host(), hostV = vs.host();
  for (int i = 0; i < 2; ++i) {
    CHECK(std::abs(residuals[i] - left) <= tolerance<T> * 10);
    Matrix<T> mu = matrixOf(m, rank, std::vector<T>(hostU.begin() + i * strideU, hostU.end()), ldu);
    Matrix<T> mv = matrixOf(n, rank, std::vector<T>(hostV.begin() + i * strideV, hostV.end()), ldv);
    std::vector<Real<T>> mine(got.begin() + i * strideS, got.begin() + i * strideS + rank);
    CHECK(std::abs(mine[0] - s[0]) <= tolerance<T> * 10 && std::abs(mine[1] - s[1]) <= tolerance<T> * 10);
    CHECK(near((i ? b : a) * mv, mu * diagonal<T>(mine, rank, rank)));
    CHECK(near(turned(mu, CUBLAS_OP_C) * mu, unit<T>(rank)));
  }
  IS(F::gesvda(handle, CUSOLVER_EIG_MODE_VECTOR, n + 1, m, n, matrices, lda, strideA, values, strideS, us, ldu, strideU, vs, ldv, strideV, work, size, infos,
               residuals, 2),
     CUSOLVER_STATUS_INVALID_VALUE);
}

template <class T> static void wide(cudaDataType type, cudaDataType real) {
  const int64_t n = 4;
  Matrix<T> a = definite<T>(n), x = general<T>(n, 1, 5);
  cusolverDnParams_t parameters;
  OK(cusolverDnCreateParams(&parameters));
  size_t onDevice = 0, onHost = 0;
  Array<T> lu(columnsOf(a, n)), factor(columnsOf(a, n)), b(columnsOf(a * x, n)), c(columnsOf(a * x, n)), e(columnsOf(a, n));
  Array<int64_t> pivots(n);
  Array<int> info(1);
  OK(cusolverDnXgetrf_bufferSize(handle, parameters, n, n, type, lu, n, type, &onDevice, &onHost));
  CHECK(onDevice > 0);
  OK(cusolverDnXgetrf(handle, parameters, n, n, type, lu, n, pivots, type, nullptr, onDevice, nullptr, onHost, info));
  OK(cusolverDnXgetrs(handle, parameters, CUBLAS_OP_N, n, 1, type, lu, n, pivots, type, b, n, info));
  CHECK(near(ofDevice(b, n, 1, n), x));
  OK(cusolverDnXpotrf(handle, parameters, CUBLAS_FILL_MODE_LOWER, n, type, factor, n, type, nullptr, 0, nullptr, 0, info));
  OK(cusolverDnXpotrs(handle, parameters, CUBLAS_FILL_MODE_LOWER, n, 1, type, factor, n, type, c, n, info));
  CHECK(near(ofDevice(c, n, 1, n), x));
  Array<Real<T>> values(n), singular(n);
  OK(cusolverDnXsyevd(handle, parameters, CUSOLVER_EIG_MODE_NOVECTOR, CUBLAS_FILL_MODE_LOWER, n, type, e, n, real, values, type, nullptr, 0, nullptr, 0, info));
  Array<T> s(columnsOf(a, n)), u(n * n), vt(n * n), q(columnsOf(a, n)), tau(n);
  OK(cusolverDnXgesvd(handle, parameters, 'N', 'N', n, n, type, s, n, real, singular, type, u, n, type, vt, n, type, nullptr, 0, nullptr, 0, info));
  // Of a definite matrix they are the same, the other way round.
  std::vector<Real<T>> up = values.host(), down = singular.host();
  for (int i = 0; i < n; ++i)
    CHECK(std::abs(up[i] - down[n - 1 - i]) <= tolerance<T> * 100);
  OK(cusolverDnXgeqrf(handle, parameters, n, n, type, q, n, type, tau, type, nullptr, 0, nullptr, 0, info));
  IS(first(info), 0);
  // Of two matrices at once, the second twice the first; then the second and third of one.
  std::vector<T> pair = columnsOf(a, n), twice = columnsOf(sum<T>(2, a, 0, a), n);
  pair.insert(pair.end(), twice.begin(), twice.end());
  Array<T> both(pair), some(columnsOf(a, n));
  Array<Real<T>> all(2 * n);
  Array<int> infos(2);
  OK(cusolverDnXsyevBatched_bufferSize(handle, parameters, CUSOLVER_EIG_MODE_NOVECTOR, CUBLAS_FILL_MODE_LOWER, n, type, both, n, real, all, type, &onDevice, &onHost, 2));
  OK(cusolverDnXsyevBatched(handle, parameters, CUSOLVER_EIG_MODE_NOVECTOR, CUBLAS_FILL_MODE_LOWER, n, type, both, n, real, all, type, nullptr, 0, nullptr, 0, infos, 2));
  std::vector<Real<T>> everything = all.host();
  for (int i = 0; i < n; ++i)
    CHECK(std::abs(everything[i] - up[i]) <= tolerance<T> * 100 && std::abs(everything[n + i] - 2 * up[i]) <= tolerance<T> * 200);
  int64_t found = 0;
  OK(cusolverDnXsyevdx(handle, parameters, CUSOLVER_EIG_MODE_VECTOR, CUSOLVER_EIG_RANGE_I, CUBLAS_FILL_MODE_UPPER, n, type, some, n, nullptr, nullptr, 2, 3, &found,
                       real, values, type, nullptr, 0, nullptr, 0, info));
  IS(found, 2);
  std::vector<Real<T>> middle = values.host();
  CHECK(std::abs(middle[0] - up[1]) <= tolerance<T> * 100);
  CHECK(near(a * ofDevice(some, n, 2, n), ofDevice(some, n, 2, n) * diagonal<T>(middle, 2, 2)));
  // Polar: V, not its transpose. A triangle's inverse.
  double error = 7;
  Array<T> polar(columnsOf(x, n)), pu(n), pv(1), triangle(columnsOf(a, n));
  OK(cusolverDnXgesvdp(handle, parameters, CUSOLVER_EIG_MODE_VECTOR, 1, n, 1, type, polar, n, real, singular, type, pu, n, type, pv, 1, type, nullptr, 0, nullptr, 0,
                       info, &error));
  IS(error, 0);
  CHECK(near(ofDevice(pu, n, 1, n) * diagonal<T>(singular.host(), 1, 1) * turned(ofDevice(pv, 1, 1, 1), CUBLAS_OP_C), x));
  OK(cusolverDnXtrtri_bufferSize(handle, CUBLAS_FILL_MODE_UPPER, CUBLAS_DIAG_UNIT, n, type, triangle, n, &onDevice, &onHost));
  OK(cusolverDnXtrtri(handle, CUBLAS_FILL_MODE_UPPER, CUBLAS_DIAG_NON_UNIT, n, type, triangle, n, nullptr, 0, nullptr, 0, info));
  IS(first(info), 0);
  Matrix<T> inverse = filled(ofDevice(triangle, n, n, n), CUBLAS_FILL_MODE_UPPER, Kind::Triangular);
  CHECK(near(inverse * filled(a, CUBLAS_FILL_MODE_UPPER, Kind::Triangular), unit<T>(n)));
  IS(cusolverDnXpotrf(handle, parameters, CUBLAS_FILL_MODE_LOWER, n, type, factor, n, CUDA_R_16F, nullptr, 0, nullptr, 0, info), CUSOLVER_STATUS_NOT_SUPPORTED);
  OK(cusolverDnDestroyParams(parameters));
}

/// (0 -2 0, 2 0 0, 1 1 3) has the values 2i, -2i and 3: A v = value v, the vectors of the pair as a real and an imaginary part.
static void anyEigenvalues() {
  using C = std::complex<double>;
  const std::vector<double> a{0, 2, 1, -2, 0, 1, 0, 0, 3};
  Array<double> matrix(a), vectors(9);
  Array<cuDoubleComplex> values(3);
  Array<int> info(std::vector<int>{7});
  OK(cusolverDnXgeev(handle, nullptr, CUSOLVER_EIG_MODE_NOVECTOR, CUSOLVER_EIG_MODE_VECTOR, 3, CUDA_R_64F, matrix, 3, CUDA_C_64F, values, CUDA_R_64F, nullptr, 1,
                     CUDA_R_64F, vectors, 3, CUDA_R_64F, nullptr, 0, nullptr, 0, info));
  IS(first(info), 0);
  std::vector<cuDoubleComplex> found = values.host();
  std::vector<double> v = vectors.host();
  int reals = 0;
  for (int j = 0; j < 3; ++j) {
    C value(found[j].x, found[j].y);
    reals += std::abs(value - 3.) < 1e-12;
    CHECK(std::abs(value - 3.) < 1e-12 || std::abs(value * value + 4.) < 1e-12);
    for (int i = 0; i < 3; ++i) {
      auto vector = [&](int k) { return value.imag() > 0 ? C(v[k + j * 3], v[k + j * 3 + 3]) : value.imag() < 0 ? C(v[k + j * 3 - 3], -v[k + j * 3]) : C(v[k + j * 3]); };
      CHECK(std::abs(a[i] * vector(0) + a[i + 3] * vector(1) + a[i + 6] * vector(2) - value * vector(i)) < 1e-12);
    }
  }
  IS(reals, 1);
  // (0 1, -1 0) times i is Hermitian: -1 and 1.
  Array<cuComplex> turn({{0, 0}, {0, -1}, {0, 1}, {0, 0}}), two(2), none(4);
  OK(cusolverDnXgeev(handle, nullptr, CUSOLVER_EIG_MODE_NOVECTOR, CUSOLVER_EIG_MODE_NOVECTOR, 2, CUDA_C_32F, turn, 2, CUDA_C_32F, two, CUDA_C_32F, nullptr, 1,
                     CUDA_C_32F, none, 1, CUDA_C_32F, nullptr, 0, nullptr, 0, info));
  std::vector<cuComplex> pair = two.host();
  CHECK(std::abs(pair[0].x + pair[1].x) < 1e-6 && std::abs(pair[0].x * pair[1].x + 1) < 1e-6 && std::abs(pair[0].y) < 1e-6);
  cusolverDeterministicMode_t mode;
  OK(cusolverDnSetDeterministicMode(handle, CUSOLVER_ALLOW_NON_DETERMINISTIC_RESULTS));
  OK(cusolverDnGetDeterministicMode(handle, &mode));
  IS(mode, CUSOLVER_ALLOW_NON_DETERMINISTIC_RESULTS);
}

static void hip() {
  hipsolverDnHandle_t own;
  IS(hipsolverDnCreate(&own), HIPSOLVER_STATUS_SUCCESS);
  Array<float> a({4, 2, 2, 5}), b({8, 9}), work(1); // (4 2, 2 5) x = (8, 9): x = (11/8, 5/4)
  Array<int> info(1);
  int size = 0;
  IS(hipsolverDnSpotrf_bufferSize(own, HIPSOLVER_FILL_MODE_LOWER, 2, a, 2, &size), HIPSOLVER_STATUS_SUCCESS);
  IS(hipsolverDnSpotrf(own, HIPSOLVER_FILL_MODE_LOWER, 2, a, 2, work, size, info), HIPSOLVER_STATUS_SUCCESS);
  IS(hipsolverDnSpotrs(own, HIPSOLVER_FILL_MODE_LOWER, 2, 1, a, 2, b, 2, info), HIPSOLVER_STATUS_SUCCESS);
  CHECK(std::abs(b.host()[0] - 1.375) < 1e-6 && std::abs(b.host()[1] - 1.25) < 1e-6);
  // cuSOLVER's own numbers mean nothing here.
  IS(hipsolverDnSpotrf(own, hipblasFillMode_t(0), 2, a, 2, work, size, info), HIPSOLVER_STATUS_INVALID_VALUE);
  IS(hipsolverDnDestroy(own), HIPSOLVER_STATUS_SUCCESS);
}

template <class F> static void all() {
  lu<F>();
  cholesky<F>();
  qr<F>();
  eigenvalues<F>();
  singularValues<F>();
  someSingularValues<F>();
}

int main() {
  OK(cusolverDnCreate(&handle));
  all<SFunctions>();
  all<DFunctions>();
  all<CFunctions>();
  all<ZFunctions>();
  wide<double>(CUDA_R_64F, CUDA_R_64F);
  wide<cuComplex>(CUDA_C_32F, CUDA_R_32F);
  anyEigenvalues();
  size_t size;
  IS(cusolverDnXlarft_bufferSize(handle, nullptr, CUBLAS_DIRECT_FORWARD, CUBLAS_STOREV_COLUMNWISE, 1, 1, CUDA_R_32F, nullptr, 1, CUDA_R_32F, nullptr, CUDA_R_32F, nullptr,
                                 1, CUDA_R_32F, &size, &size),
     CUSOLVER_STATUS_NOT_SUPPORTED);
  hip();
  OK(cusolverDnDestroy(handle));
  return done();
}
