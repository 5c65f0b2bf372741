// cuSOLVER's sparse part: systems by all ways and orders, singular ones, least squares, an eigenvalue, orders, the steps one by one, cusolverRf.
// What comes out is put into the equations.
// REQUIRES: cusolver
// RUN: %clangxx %s %library-program -lcuport-cusolver -lcuport-cusparse -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// CHECK: all as it should be

#include "blas.h"

#include <cusolverRf.h>
#include <cusolverSp.h>
#include <cusolverSp_LOWLEVEL_PREVIEW.h>
#include <cusparse.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

/// A matrix by rows; the indices begin with 1.
template <class T> struct Sparse {
  int n = 0;
  std::vector<int> start{1}, column;
  std::vector<T> value;
  cusparseMatDescr_t descriptor;

  Sparse() {
    OK(cusparseCreateMatDescr(&descriptor));
    OK(cusparseSetMatIndexBase(descriptor, CUSPARSE_INDEX_BASE_ONE));
  }
  void addRow(const std::map<int, Number<T>> &row) {
    for (auto [j, entry] : row) {
      column.push_back(j + 1);
      value.push_back(back<T>(entry));
    }
    start.push_back(int(column.size()) + 1);
    ++n;
  }
  int nonzeros() const { return int(column.size()); }
  std::vector<Number<T>> times(const std::vector<T> &x) const {
    std::vector<Number<T>> y(n);
    for (int i = 0; i < n; ++i)
      for (int k = start[i] - 1; k < start[i + 1] - 1; ++k)
        y[i] += number(value[k]) * number(x[column[k] - 1]);
    return y;
  }
};

/// Neighbours on a square grid of side * side; `skew` makes it unsymmetric, and complex where it can be.
template <class T> Sparse<T> grid(int side, double skew) {
  Sparse<T> a;
  for (int i = 0; i < side * side; ++i) {
    std::map<int, Number<T>> row;
    row[i] = number(make<T>(4));
    if (i % side)
      row[i - 1] = number(make<T>(-1 + skew, skew));
    if (i % side != side - 1)
      row[i + 1] = number(make<T>(-1 - skew));
    if (i >= side)
      row[i - side] = number(make<T>(-1, -skew / 2));
    if (i + side < side * side)
      row[i + side] = number(make<T>(-1));
    a.addRow(row);
  }
  return a;
}

template <class T> double far(const std::vector<Number<T>> &is, const std::vector<T> &wanted) {
  double worst = 0;
  for (size_t i = 0; i < is.size(); ++i)
    worst = std::max(worst, double(std::abs(is[i] - number(wanted[i]))));
  return worst;
}
template <class T> double near = sizeof(Number<T>) / (isComplex<T> ? 2 : 1) == 4 ? 1e-4 : 1e-11;

template <class T> std::vector<T> rightSide(int n) {
  std::vector<T> b;
  for (int i = 0; i < n; ++i)
    b.push_back(entry<T>(i, 2));
  return b;
}

#define SYSTEMS(P, T)                                                                                                    \
  static void systems(cusolverSpHandle_t handle, T) {                                                                    \
    for (int reorder = 0; reorder < 4; ++reorder) {                                                                      \
      Sparse<T> a = grid<T>(9, 0.25), s = grid<T>(9, 0);                                                                 \
      std::vector<T> b = rightSide<T>(a.n), x(a.n);                                                                      \
      int singular = 7;                                                                                                  \
      OK(cusolverSp##P##csrlsvqrHost(handle, a.n, a.nonzeros(), a.descriptor, a.value.data(), a.start.data(), a.column.data(), b.data(), 1e-6, \
                                     reorder, x.data(), &singular));                                                     \
      IS(singular, -1);                                                                                                  \
      CHECK(far(a.times(x), b) < near<T>);                                                                               \
      std::fill(x.begin(), x.end(), T{});                                                                                \
      OK(cusolverSp##P##csrlsvluHost(handle, a.n, a.nonzeros(), a.descriptor, a.value.data(), a.start.data(), a.column.data(), b.data(), 1e-6, \
                                     reorder, x.data(), &singular));                                                     \
      CHECK(singular == -1 && far(a.times(x), b) < near<T>);                                                             \
      OK(cusolverSp##P##csrlsvcholHost(handle, s.n, s.nonzeros(), s.descriptor, s.value.data(), s.start.data(), s.column.data(), b.data(),     \
                                       1e-6, reorder, x.data(), &singular));                                             \
      CHECK(singular == -1 && far(s.times(x), b) < near<T>);                                                             \
      Array<T> values(a.value), symmetric(s.value), right(b), result(b.size());                                          \
      Array<int> start(a.start), column(a.column);                                                                       \
      OK(cusolverSp##P##csrlsvqr(handle, a.n, a.nonzeros(), a.descriptor, values, start, column, right, 1e-6, reorder, result, &singular));    \
      CHECK(singular == -1 && far(a.times(result.host()), b) < near<T>);                                                 \
      OK(cusolverSp##P##csrlsvchol(handle, a.n, a.nonzeros(), a.descriptor, symmetric, start, column, right, 1e-6, reorder, result,            \
                                   &singular));                                                                          \
      CHECK(singular == -1 && far(s.times(result.host()), b) < near<T>);                                                 \
      /* Not positive: the first pivot is that of row 5, in the matrix's own order. */                                   \
      s.value[s.start[5] - 1 + 1] = make<T>(-4);                                                                         \
      OK(cusolverSp##P##csrlsvcholHost(handle, s.n, s.nonzeros(), s.descriptor, s.value.data(), s.start.data(), s.column.data(), b.data(),     \
                                       1e-6, reorder, x.data(), &singular));                                             \
      CHECK(reorder ? singular >= 0 : singular == 5);                                                                    \
    }                                                                                                                    \
    /* Rows 1 and 2 are the same: the last pivot is 0. */                                                                \
    Sparse<T> a;                                                                                                         \
    for (int i = 0; i < 3; ++i)                                                                                          \
      a.addRow({{0, number(make<T>(i ? 2 : 1))}, {1, number(make<T>(i ? 3 : 0))}, {2, number(make<T>(i ? 4 : 5))}});     \
    std::vector<T> b = rightSide<T>(3), x(3);                                                                            \
    int singular = -1;                                                                                                   \
    OK(cusolverSp##P##csrlsvqrHost(handle, 3, a.nonzeros(), a.descriptor, a.value.data(), a.start.data(), a.column.data(), b.data(), 1e-6, 0,  \
                                   x.data(), &singular));                                                                \
    IS(singular, 2);                                                                                                     \
    IS(cusolverSp##P##csrlsvqrHost(handle, 3, a.nonzeros(), a.descriptor, nullptr, a.start.data(), a.column.data(), b.data(), 1e-6, 0, x.data(), \
                                   &singular),                                                                           \
       CUSOLVER_STATUS_INVALID_VALUE);                                                                                   \
  }                                                                                                                      \
                                                                                                                         \
  /* Step by step, Cholesky's on the device and QR's on the host; LU's with its factors. */                              \
  static void steps(cusolverSpHandle_t handle, T) {                                                                      \
    Sparse<T> a = grid<T>(6, 0.25), s = grid<T>(6, 0);                                                                   \
    std::vector<T> b = rightSide<T>(a.n), x(a.n);                                                                        \
    Array<T> values(s.value), right(b), result(b.size());                                                                \
    Array<int> start(s.start), column(s.column);                                                                         \
    size_t inside = 0, work = 0;                                                                                         \
    int position = 7;                                                                                                    \
    csrcholInfo_t cholesky;                                                                                              \
    OK(cusolverSpCreateCsrcholInfo(&cholesky));                                                                          \
    OK(cusolverSpXcsrcholAnalysis(handle, s.n, s.nonzeros(), s.descriptor, start, column, cholesky));                    \
    OK(cusolverSp##P##csrcholBufferInfo(handle, s.n, s.nonzeros(), s.descriptor, values, start, column, cholesky, &inside, &work));            \
    CHECK(work > 0);                                                                                                     \
    OK(cusolverSp##P##csrcholFactor(handle, s.n, s.nonzeros(), s.descriptor, values, start, column, cholesky, nullptr)); \
    OK(cusolverSp##P##csrcholZeroPivot(handle, cholesky, 1e-6, &position));                                              \
    IS(position, -1);                                                                                                    \
    OK(cusolverSp##P##csrcholSolve(handle, s.n, right, result, cholesky, nullptr));                                      \
    CHECK(far(s.times(result.host()), b) < near<T>);                                                                     \
    OK(cusolverSpDestroyCsrcholInfo(cholesky));                                                                          \
    csrqrInfoHost_t qr;                                                                                                  \
    OK(cusolverSpCreateCsrqrInfoHost(&qr));                                                                              \
    OK(cusolverSpXcsrqrAnalysisHost(handle, a.n, a.n, a.nonzeros(), a.descriptor, a.start.data(), a.column.data(), qr)); \
    OK(cusolverSp##P##csrqrBufferInfoHost(handle, a.n, a.n, a.nonzeros(), a.descriptor, a.value.data(), a.start.data(), a.column.data(), qr,   \
                                          &inside, &work));                                                              \
    OK(cusolverSp##P##csrqrSetupHost(handle, a.n, a.n, a.nonzeros(), a.descriptor, a.value.data(), a.start.data(), a.column.data(),            \
                                     make<T>(1), qr));                                                                   \
    OK(cusolverSp##P##csrqrFactorHost(handle, a.n, a.n, a.nonzeros(), nullptr, nullptr, qr, nullptr));                   \
    OK(cusolverSp##P##csrqrZeroPivotHost(handle, qr, 1e-6, &position));                                                  \
    IS(position, -1);                                                                                                    \
    OK(cusolverSp##P##csrqrSolveHost(handle, a.n, a.n, b.data(), x.data(), qr, nullptr));                                \
    std::vector<T> shifted = b;                                                                                          \
    for (int i = 0; i < a.n; ++i)                                                                                        \
      shifted[i] = back<T>(number(b[i]) + number(x[i]));                                                                 \
    CHECK(far(a.times(x), shifted) < 10 * near<T>);                                                                      \
    OK(cusolverSpDestroyCsrqrInfoHost(qr));                                                                              \
    csrqrInfo_t batch;                                                                                                   \
    std::vector<T> two = a.value, twice = b;                                                                             \
    two.insert(two.end(), s.value.begin(), s.value.end());                                                               \
    twice.insert(twice.end(), b.begin(), b.end());                                                                       \
    Array<T> both(two), rights(twice), results(twice.size());                                                            \
    OK(cusolverSpCreateCsrqrInfo(&batch));                                                                               \
    OK(cusolverSpXcsrqrAnalysisBatched(handle, a.n, a.n, a.nonzeros(), a.descriptor, start, column, batch));             \
    OK(cusolverSp##P##csrqrsvBatched(handle, a.n, a.n, a.nonzeros(), a.descriptor, both, start, column, rights, results, 2, batch, nullptr));  \
    std::vector<T> solved = results.host();                                                                              \
    CHECK(far(a.times({solved.begin(), solved.begin() + a.n}), b) < near<T>);                                            \
    CHECK(far(s.times({solved.begin() + a.n, solved.end()}), b) < near<T>);                                              \
    OK(cusolverSpDestroyCsrqrInfo(batch));                                                                               \
    csrluInfoHost_t lu;                                                                                                  \
    a.value[0] = make<T>(0); /* so that rows are exchanged */                                                            \
    OK(cusolverSpCreateCsrluInfoHost(&lu));                                                                              \
    OK(cusolverSpXcsrluAnalysisHost(handle, a.n, a.nonzeros(), a.descriptor, a.start.data(), a.column.data(), lu));      \
    OK(cusolverSp##P##csrluFactorHost(handle, a.n, a.nonzeros(), a.descriptor, a.value.data(), a.start.data(), a.column.data(), lu, 1, nullptr)); \
    OK(cusolverSp##P##csrluZeroPivotHost(handle, lu, 1e-6, &position));                                                  \
    IS(position, -1);                                                                                                    \
    OK(cusolverSp##P##csrluSolveHost(handle, a.n, b.data(), x.data(), lu, nullptr));                                     \
    CHECK(far(a.times(x), b) < 10 * near<T>);                                                                            \
    int lower = 0, upper = 0;                                                                                            \
    OK(cusolverSpXcsrluNnzHost(handle, &lower, &upper, lu));                                                             \
    std::vector<int> p(a.n), q(a.n), lStart(a.n + 1), lColumn(lower), uStart(a.n + 1), uColumn(upper);                   \
    std::vector<T> lValue(lower), uValue(upper);                                                                         \
    OK(cusolverSp##P##csrluExtractHost(handle, p.data(), q.data(), a.descriptor, lValue.data(), lStart.data(), lColumn.data(), a.descriptor,   \
                                       uValue.data(), uStart.data(), uColumn.data(), lu, nullptr));                      \
    /* L U x = P A Q x, for the x with A Q x = A y, so y of Q x. */                                                      \
    std::vector<T> y(a.n);                                                                                               \
    for (int k = 0; k < a.n; ++k)                                                                                        \
      y[q[k]] = b[k];                                                                                                    \
    std::vector<Number<T>> ux(a.n), ay = a.times(y);                                                                     \
    double worst = 0;                                                                                                    \
    for (int i = 0; i < a.n; ++i)                                                                                        \
      for (int k = uStart[i] - 1; k < uStart[i + 1] - 1; ++k)                                                            \
        ux[i] += number(uValue[k]) * number(b[uColumn[k] - 1]);                                                          \
    for (int i = 0; i < a.n; ++i) {                                                                                      \
      Number<T> sum = 0;                                                                                                 \
      for (int k = lStart[i] - 1; k < lStart[i + 1] - 1; ++k)                                                            \
        sum += number(lValue[k]) * ux[lColumn[k] - 1];                                                                   \
      worst = std::max(worst, double(std::abs(sum - ay[p[i]])));                                                         \
    }                                                                                                                    \
    CHECK(worst < 10 * near<T>);                                                                                         \
    CHECK(p[0] != 0);                                                                                                    \
    OK(cusolverSpDestroyCsrluInfoHost(lu));                                                                              \
  }
SYSTEMS(S, float)
SYSTEMS(D, double)
SYSTEMS(C, cuComplex)
SYSTEMS(Z, cuDoubleComplex)

static void others(cusolverSpHandle_t handle) {
  // The least eigenvalue of the grid's: 8 sin^2(pi / (2 (side + 1))).
  Sparse<double> a = grid<double>(9, 0);
  std::vector<double> begin(a.n, 1), x(a.n);
  double mu = 0, wanted = 8 * std::pow(std::sin(M_PI / 20), 2);
  OK(cusolverSpDcsreigvsiHost(handle, a.n, a.nonzeros(), a.descriptor, a.value.data(), a.start.data(), a.column.data(), 0.1, begin.data(), 100,
                              1e-12, &mu, x.data()));
  CHECK(std::abs(mu - wanted) < 1e-10);
  std::vector<double> ax = a.times(x), scaled(x);
  for (double &one : scaled)
    one *= mu;
  CHECK(far(ax, scaled) < 1e-5);

  // Least squares: a line through four points, with the second column thrice as a third one, so of rank 2.
  Sparse<double> line;
  for (int i = 0; i < 4; ++i)
    line.addRow({{0, 1.}, {1, double(i)}, {2, 3. * i}});
  std::vector<double> points{1, 3, 4, 4.5}, solution(3);
  int rank = 0, order[3];
  double norm = 0;
  OK(cusolverSpDcsrlsqvqrHost(handle, 4, 3, line.nonzeros(), line.descriptor, line.value.data(), line.start.data(), line.column.data(),
                              points.data(), 1e-9, &rank, solution.data(), order, &norm));
  IS(rank, 2);
  CHECK((std::set<int>(order, order + 3) == std::set<int>{0, 1, 2}));
  // By the normal equations: slope 1.15, from 1.4; what is left is (-0.4, 0.45, 0.3, -0.35).
  CHECK(std::abs(solution[0] - 1.4) < 1e-12 && std::abs(solution[1] + 3 * solution[2] - 1.15) < 1e-12);
  CHECK(std::abs(norm - std::sqrt(0.16 + 0.2025 + 0.09 + 0.1225)) < 1e-12);

  // Orders are permutations. A long grid, numbered badly, has a band again by Cuthill and McKee's.
  Sparse<double> mixed;
  int n = 60;
  auto place = [&](int i) { return i * 37 % n; };
  std::vector<int> from(n);
  for (int i = 0; i < n; ++i)
    from[place(i)] = i;
  for (int i = 0; i < n; ++i) {
    std::map<int, double> row{{i, 4.}};
    for (int step : {-3, 3, -1, 1})
      if (int other = from[i] + step; other >= 0 && other < n)
        row[place(other)] = -1;
    mixed.addRow(row);
  }
  int symmetric = 0;
  OK(cusolverSpXcsrissymHost(handle, n, mixed.nonzeros(), mixed.descriptor, mixed.start.data(), mixed.start.data() + 1, mixed.column.data(),
                             &symmetric));
  IS(symmetric, 1);
  std::vector<int> p(n), map(mixed.nonzeros());
  for (auto make : {cusolverSpXcsrsymmdqHost, cusolverSpXcsrsymamdHost, cusolverSpXcsrsymrcmHost}) {
    OK(make(handle, n, mixed.nonzeros(), mixed.descriptor, mixed.start.data(), mixed.column.data(), p.data()));
    std::set<int> all(p.begin(), p.end());
    CHECK(int(all.size()) == n && *all.begin() == 0 && *all.rbegin() == n - 1);
  }
  std::vector<int> start = mixed.start, column = mixed.column;
  for (size_t k = 0; k < map.size(); ++k)
    map[k] = int(k);
  OK(cusolverSpXcsrpermHost(handle, n, n, mixed.nonzeros(), mixed.descriptor, start.data(), column.data(), p.data(), p.data(), map.data(),
                            nullptr));
  int band = 0;
  for (int i = 0; i < n; ++i)
    for (int k = start[i] - 1; k < start[i + 1] - 1; ++k) {
      int j = column[k] - 1;
      band = std::max(band, std::abs(i - j));
      CHECK(k == start[i] - 1 || column[k - 1] < column[k]);
      // The entry came from (p[i], p[j]).
      CHECK(map[k] >= mixed.start[p[i]] - 1 && map[k] < mixed.start[p[i] + 1] - 1 && mixed.column[map[k]] - 1 == p[j]);
    }
  CHECK(band <= 6);
}

/// Factors of other values with the orders of the first ones; alone, and two at once.
static void refactoring(cusolverSpHandle_t handle) {
  Sparse<double> a = grid<double>(7, 0.25), other = grid<double>(7, -0.5);
  for (auto *one : {&a, &other}) // indices from 0 this time
    for (std::vector<int> *numbers : {&one->start, &one->column})
      for (int &number : *numbers)
        --number;
  OK(cusparseSetMatIndexBase(a.descriptor, CUSPARSE_INDEX_BASE_ZERO));
  std::vector<int> p(a.n), q(a.n);
  OK(cusolverSpXcsrsymamdHost(handle, a.n, a.nonzeros(), a.descriptor, a.start.data(), a.column.data(), q.data()));
  p = q;
  auto solves = [&](const Sparse<double> &matrix, std::vector<double> x, const std::vector<double> &b) {
    std::vector<double> y(matrix.n);
    for (int i = 0; i < matrix.n; ++i)
      for (int k = matrix.start[i]; k < matrix.start[i + 1]; ++k)
        y[i] += matrix.value[k] * x[matrix.column[k]];
    return far(y, b) < 1e-11;
  };
  std::vector<double> b = rightSide<double>(a.n), two(b);
  two.insert(two.end(), b.begin(), b.end());
  cusolverRfHandle_t rf;
  OK(cusolverRfCreate(&rf));
  IS(cusolverRfRefactor(rf), CUSOLVER_STATUS_INVALID_VALUE);
  OK(cusolverRfSetAlgs(rf, CUSOLVERRF_FACTORIZATION_ALG0, CUSOLVERRF_TRIANGULAR_SOLVE_ALG1));
  OK(cusolverRfSetupHost(a.n, a.nonzeros(), a.start.data(), a.column.data(), a.value.data(), 0, nullptr, nullptr, nullptr, 0, nullptr, nullptr,
                         nullptr, p.data(), q.data(), rf));
  OK(cusolverRfAnalyze(rf));
  Array<int> dp(p), dq(q), start(a.start), column(a.column);
  Array<double> values(other.value), first(a.value), x(two), work(a.n * 2);
  OK(cusolverRfResetValues(a.n, a.nonzeros(), start, column, values, dp, dq, rf));
  OK(cusolverRfRefactor(rf));
  OK(cusolverRfSolve(rf, dp, dq, 2, work, a.n, x, a.n));
  std::vector<double> got = x.host();
  CHECK(solves(other, {got.begin(), got.begin() + a.n}, b) && solves(other, {got.begin() + a.n, got.end()}, b));
  OK(cusolverRfSetupDevice(a.n, a.nonzeros(), start, column, first, 0, nullptr, nullptr, nullptr, 0, nullptr, nullptr, nullptr, dp, dq, rf));
  OK(cusolverRfRefactor(rf));
  OK(cudaMemcpy(x, b.data(), b.size() * sizeof(double), cudaMemcpyHostToDevice));
  OK(cusolverRfSolve(rf, dp, dq, 1, work, a.n, x, a.n));
  got = x.host();
  CHECK(solves(a, {got.begin(), got.begin() + a.n}, b));
  OK(cusolverRfDestroy(rf));

  OK(cusolverRfCreate(&rf));
  double *both[] = {a.value.data(), a.value.data()};
  OK(cusolverRfBatchSetupHost(2, a.n, a.nonzeros(), a.start.data(), a.column.data(), both, 0, nullptr, nullptr, nullptr, 0, nullptr, nullptr,
                              nullptr, p.data(), q.data(), rf));
  Array<double *> deviceValues(std::vector<double *>{first, values}), deviceX(std::vector<double *>{x, x + a.n});
  OK(cudaMemcpy(x, two.data(), two.size() * sizeof(double), cudaMemcpyHostToDevice));
  OK(cusolverRfBatchAnalyze(rf));
  OK(cusolverRfBatchResetValues(2, a.n, a.nonzeros(), start, column, deviceValues, dp, dq, rf));
  OK(cusolverRfBatchRefactor(rf));
  int position[] = {7, 7};
  OK(cusolverRfBatchZeroPivot(rf, position));
  CHECK(position[0] == -1 && position[1] == -1);
  OK(cusolverRfBatchSolve(rf, dp, dq, 1, work, a.n, deviceX, a.n));
  got = x.host();
  CHECK(solves(a, {got.begin(), got.begin() + a.n}, b) && solves(other, {got.begin() + a.n, got.end()}, b));
  OK(cusolverRfDestroy(rf));
}

int main() {
  cusolverSpHandle_t handle;
  OK(cusolverSpCreate(&handle));
  cudaStream_t stream, told;
  OK(cudaStreamCreate(&stream));
  OK(cusolverSpSetStream(handle, stream));
  OK(cusolverSpGetStream(handle, &told));
  CHECK(told == stream);
  systems(handle, float());
  systems(handle, double());
  systems(handle, cuComplex());
  systems(handle, cuDoubleComplex());
  steps(handle, float());
  steps(handle, double());
  steps(handle, cuComplex());
  steps(handle, cuDoubleComplex());
  others(handle);
  refactoring(handle);
  OK(cusolverSpDestroy(handle));
  IS(cusolverSpSetStream(nullptr, stream), CUSOLVER_STATUS_NOT_INITIALIZED);
  return done();
}
