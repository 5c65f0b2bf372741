// cuSPARSE on plain arrays of rows, columns and diagonals against dense matrices: conversions and sorting, incomplete factors, zero pivots,
// tridiagonal systems, sums.
// RUN: %clangxx %s -D__HIP_PLATFORM_AMD__ %library-program -lcuport-cusparse -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// CHECK: all as it should be

#include "sparse.h"

#include <algorithm>

static void conversions() {
  Matrix<float> a = sparse<float>(4, 5, 3);
  for (cusparseFormat_t format : {CUSPARSE_FORMAT_CSR, CUSPARSE_FORMAT_CSC, CUSPARSE_FORMAT_COO}) {
    Sparse<float> wanted(a, format, CUDA_R_32F, 1);
    Array<float> dense(a.values), values(20);
    cusparseDnMatDescr_t from;
    OK(cusparseCreateDnMat(&from, 4, 5, 4, dense, CUDA_R_32F, CUSPARSE_ORDER_COL));
    Array<int> first(20), second(20);
    cusparseSpMatDescr_t to;
    if (format == CUSPARSE_FORMAT_COO)
      OK(cusparseCreateCoo(&to, 4, 5, 0, first, second, values, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_BASE_ONE, CUDA_R_32F));
    else
      OK((format == CUSPARSE_FORMAT_CSR ? cusparseCreateCsr : cusparseCreateCsc)(&to, 4, 5, 0, first, second, values, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_32I,
                                                                                 CUSPARSE_INDEX_BASE_ONE, CUDA_R_32F));
    OK(cusparseDenseToSparse_analysis(handle, from, to, CUSPARSE_DENSETOSPARSE_ALG_DEFAULT, nullptr));
    int64_t nonzeros;
    OK(cusparseSpMatGetSize(to, nullptr, nullptr, &nonzeros));
    IS(size_t(nonzeros), wanted.values.size());
    OK(cusparseDenseToSparse_convert(handle, from, to, CUSPARSE_DENSETOSPARSE_ALG_DEFAULT, nullptr));
    auto begin = [](auto all, size_t count) { return all.resize(count), all; };
    CHECK(begin(first.host(), wanted.first.size()) == wanted.first);
    CHECK(begin(second.host(), nonzeros) == wanted.second);
    CHECK(begin(values.host(), nonzeros) == wanted.values);
  }
  Sparse<float> csr(a, CUSPARSE_FORMAT_CSR, CUDA_R_32F, 1), csc(a, CUSPARSE_FORMAT_CSC, CUDA_R_32F, 1), coo(a, CUSPARSE_FORMAT_COO, CUDA_R_32F, 1);
  int nonzeros = int(csr.values.size());
  Array<int> offsets(6), indices(nonzeros), others(5);
  Array<float> values(nonzeros);
  OK(cusparseCsr2cscEx2(handle, 4, 5, nonzeros, *csr.valuesOnDevice, *csr.firstOnDevice, *csr.secondOnDevice, values, offsets, indices, CUDA_R_32F,
                        CUSPARSE_ACTION_NUMERIC, CUSPARSE_INDEX_BASE_ONE, CUSPARSE_CSR2CSC_ALG1, nullptr));
  CHECK(offsets.host() == csc.first && indices.host() == csc.second && values.host() == csc.values);
  OK(cusparseXcsr2coo(handle, *csr.firstOnDevice, nonzeros, 4, indices, CUSPARSE_INDEX_BASE_ONE));
  CHECK(indices.host() == coo.first);
  OK(cusparseXcoo2csr(handle, indices, nonzeros, 4, others, CUSPARSE_INDEX_BASE_ONE));
  CHECK(others.host() == csr.first);
  // By columns, with what became of each place.
  Array<int> rows(coo.first), columns(coo.second), places(nonzeros);
  OK(cusparseCreateIdentityPermutation(handle, nonzeros, places));
  OK(cusparseXcoosortByColumn(handle, 4, 5, nonzeros, rows, columns, places, nullptr));
  CHECK(rows.host() == csc.second);
  std::vector<float> sorted;
  for (int place : places.host())
    sorted.push_back(coo.values[place]);
  CHECK(sorted == csc.values);
  OK(cusparseXcoosortByRow(handle, 4, 5, nonzeros, rows, columns, nullptr, nullptr));
  CHECK(rows.host() == coo.first && columns.host() == coo.second);
  // Each row turned around, and sorted again.
  std::vector<int> reversed = csr.second;
  for (size_t i = 0; i + 1 < csr.first.size(); ++i)
    std::reverse(reversed.begin() + csr.first[i] - 1, reversed.begin() + csr.first[i + 1] - 1);
  cusparseMatDescr_t descriptor;
  OK(cusparseCreateMatDescr(&descriptor));
  OK(cusparseSetMatIndexBase(descriptor, CUSPARSE_INDEX_BASE_ONE));
  IS(cusparseGetMatIndexBase(descriptor), CUSPARSE_INDEX_BASE_ONE);
  Array<int> unsorted(reversed);
  OK(cusparseXcsrsort(handle, 4, 5, nonzeros, descriptor, *csr.firstOnDevice, unsorted, nullptr, nullptr));
  CHECK(unsorted.host() == csr.second);
  Array<int> each(5);
  int total = 0;
  Array<float> dense(a.values);
  OK(cusparseSnnz(handle, CUSPARSE_DIRECTION_COLUMN, 4, 5, descriptor, dense, 4, each, &total));
  IS(total, nonzeros);
  std::vector<int> counts = each.host();
  for (int j = 0; j < 5; ++j)
    IS(counts[j], csc.first[j + 1] - csc.first[j]);
}

/// A dense band, so that an incomplete factorisation is a whole one.
template <class V> static void factors(cudaDataType type) {
  int n = 5;
  Matrix<V> a(n, n);
  for (int i = 0; i < n; ++i) {
    a(i, i) = Number<V>(8);
    if (i) {
      a(i, i - 1) = number(make<V>(-2, 1));
      a(i - 1, i) = number(make<V>(-2, -1)); // Hermitian
    }
  }
  cusparseMatDescr_t descriptor;
  OK(cusparseCreateMatDescr(&descriptor));
  OK(cusparseSetMatIndexBase(descriptor, CUSPARSE_INDEX_BASE_ONE));
  for (bool cholesky : {false, true}) {
    Sparse<V> m(a, CUSPARSE_FORMAT_CSR, type, 1);
    int nonzeros = int(m.values.size()), size, position = 7;
    auto run = [&](auto sizeOf, auto analyse, auto factor, auto pivot, auto info, auto *values) {
      OK(sizeOf(handle, n, nonzeros, descriptor, values, *m.firstOnDevice, *m.secondOnDevice, info, &size));
      OK(analyse(handle, n, nonzeros, descriptor, values, *m.firstOnDevice, *m.secondOnDevice, info, CUSPARSE_SOLVE_POLICY_NO_LEVEL, nullptr));
      OK(pivot(handle, info, &position));
      OK(factor(handle, n, nonzeros, descriptor, values, *m.firstOnDevice, *m.secondOnDevice, info, CUSPARSE_SOLVE_POLICY_NO_LEVEL, nullptr));
      OK(pivot(handle, info, &position));
    };
    csrilu02Info_t lu;
    csric02Info_t ic;
    OK(cusparseCreateCsrilu02Info(&lu));
    OK(cusparseCreateCsric02Info(&ic));
    V *values = *m.valuesOnDevice;
    if constexpr (isComplex<V>) {
      if (cholesky)
        run(cusparseZcsric02_bufferSize, cusparseZcsric02_analysis, cusparseZcsric02, cusparseXcsric02_zeroPivot, ic, values);
      else
        run(cusparseZcsrilu02_bufferSize, cusparseZcsrilu02_analysis, cusparseZcsrilu02, cusparseXcsrilu02_zeroPivot, lu, values);
    } else {
      if (cholesky)
        run(cusparseDcsric02_bufferSize, cusparseDcsric02_analysis, cusparseDcsric02, cusparseXcsric02_zeroPivot, ic, values);
      else
        run(cusparseDcsrilu02_bufferSize, cusparseDcsrilu02_analysis, cusparseDcsrilu02, cusparseXcsrilu02_zeroPivot, lu, values);
    }
    IS(position, -1);
    Dense<V> factors(n, n, type, 1);
    OK(cusparseSparseToDense(handle, m.matrix, factors.matrix, CUSPARSE_SPARSETODENSE_ALG_DEFAULT, nullptr));
    Matrix<V> left = factors.now(), right = left;
    for (int j = 0; j < n; ++j)
      for (int i = 0; i < n; ++i) {
        left(i, j) = j > i ? Number<V>(0) : j == i && !cholesky ? Number<V>(1) : left(i, j);
        right(i, j) = j < i ? Number<V>(0) : right(i, j);
      }
    CHECK(equal(left * (cholesky ? turned(left, CUBLAS_OP_C) : right), a, 1e-12));
    OK(cusparseDestroyCsrilu02Info(lu));
    OK(cusparseDestroyCsric02Info(ic));
  }
}

static void zeroPivots() {
  // Row 1 has no diagonal; then it has one of 0.
  cusparseMatDescr_t descriptor;
  OK(cusparseCreateMatDescr(&descriptor));
  csrilu02Info_t info;
  OK(cusparseCreateCsrilu02Info(&info));
  int position = -1;
  Array<int> offsets({0, 1, 2, 3}), columns({0, 0, 2});
  Array<float> values({1, 2, 3});
  OK(cusparseScsrilu02_analysis(handle, 3, 3, descriptor, values, offsets, columns, info, CUSPARSE_SOLVE_POLICY_NO_LEVEL, nullptr));
  IS(cusparseXcsrilu02_zeroPivot(handle, info, &position), CUSPARSE_STATUS_ZERO_PIVOT);
  IS(position, 1);
  Array<int> whole({0, 2, 4, 5}), both({0, 1, 0, 1, 2});
  Array<float> singular({1, 2, 2, 4, 5});
  OK(cusparseScsrilu02_analysis(handle, 3, 5, descriptor, singular, whole, both, info, CUSPARSE_SOLVE_POLICY_NO_LEVEL, nullptr));
  OK(cusparseXcsrilu02_zeroPivot(handle, info, &position));
  OK(cusparseScsrilu02(handle, 3, 5, descriptor, singular, whole, both, info, CUSPARSE_SOLVE_POLICY_NO_LEVEL, nullptr));
  IS(cusparseXcsrilu02_zeroPivot(handle, info, &position), CUSPARSE_STATUS_ZERO_PIVOT);
  IS(position, 1);
  // Boosted it is another number.
  Array<float> boosted({1, 2, 2, 4, 5});
  double tolerance = 1e-6;
  float instead = 0.5;
  OK(cusparseScsrilu02_numericBoost(handle, info, 1, &tolerance, &instead));
  OK(cusparseScsrilu02(handle, 3, 5, descriptor, boosted, whole, both, info, CUSPARSE_SOLVE_POLICY_NO_LEVEL, nullptr));
  OK(cusparseXcsrilu02_zeroPivot(handle, info, &position));
  CHECK(boosted.host() == (std::vector<float>{1, 2, 2, 0.5, 5}));
}

static void tridiagonal() {
  // The second pivot vanishes without an exchange: (1 2 0 0, 2 4 1 0, 0 3 1 1, 0 0 1 2) x = b of x = (1, 2, 3, 4).
  Array<double> lower({0, 2, 3, 1}), diagonal({1, 4, 1, 2}), upper({2, 1, 1, 0});
  std::vector<double> b{5, 13, 13, 11}, answer{1, 2, 3, 4}, none{0, 0, 0, 0};
  auto near = [](const std::vector<double> &is, const std::vector<double> &wanted) {
    for (size_t i = 0; i < wanted.size(); ++i)
      if (!(std::abs(is[i] - wanted[i]) < 1e-12))
        return false;
    return true;
  };
  auto twice = [](std::vector<double> a, const std::vector<double> &c) { return a.insert(a.end(), c.begin(), c.end()), a; };
  Array<double> columns(twice(b, b));
  OK(cusparseDgtsv2(handle, 4, 2, lower, diagonal, upper, columns, 4, nullptr));
  CHECK(near(columns.host(), twice(answer, answer)));
  auto pair = [&](const Array<double> &x) { return twice(x.host(), x.host()); };
  Array<double> lowers(pair(lower)), diagonals(pair(diagonal)), uppers(pair(upper)), many(twice(b, none));
  OK(cusparseDgtsv2StridedBatch(handle, 4, lowers, diagonals, uppers, many, 2, 4, nullptr));
  CHECK(near(many.host(), twice(answer, none)));
  auto woven = [](const std::vector<double> &x, const std::vector<double> &y) {
    std::vector<double> result;
    for (size_t i = 0; i < x.size(); ++i)
      result.push_back(x[i]), result.push_back(y[i]);
    return result;
  };
  Array<double> wovenLower(woven(lower.host(), lower.host())), wovenDiagonal(woven(diagonal.host(), diagonal.host())),
      wovenUpper(woven(upper.host(), upper.host())), wovenRight(woven(none, b));
  OK(cusparseDgtsvInterleavedBatch(handle, 0, 4, wovenLower, wovenDiagonal, wovenUpper, wovenRight, 2, nullptr));
  CHECK(near(wovenRight.host(), woven(none, answer)));
}

static void sums() {
  Matrix<float> a = sparse<float>(4, 5, 1), b = sparse<float>(4, 5, 2);
  Sparse<float> x(a, CUSPARSE_FORMAT_CSR, CUDA_R_32F), y(b, CUSPARSE_FORMAT_CSR, CUDA_R_32F, 1);
  cusparseMatDescr_t zero, one;
  OK(cusparseCreateMatDescr(&zero));
  OK(cusparseCreateMatDescr(&one));
  OK(cusparseSetMatIndexBase(one, CUSPARSE_INDEX_BASE_ONE));
  Array<int> offsets(5);
  int total;
  OK(cusparseXcsrgeam2Nnz(handle, 4, 5, zero, x.values.size(), *x.firstOnDevice, *x.secondOnDevice, one, y.values.size(), *y.firstOnDevice, *y.secondOnDevice,
                          zero, offsets, &total, nullptr));
  Array<int> indices(total);
  Array<float> values(total);
  float alpha = 2, beta = -1;
  OK(cusparseScsrgeam2(handle, 4, 5, &alpha, zero, x.values.size(), *x.valuesOnDevice, *x.firstOnDevice, *x.secondOnDevice, &beta, one, y.values.size(),
                       *y.valuesOnDevice, *y.firstOnDevice, *y.secondOnDevice, zero, values, offsets, indices, nullptr));
  cusparseSpMatDescr_t c;
  OK(cusparseCreateCsr(&c, 4, 5, total, offsets, indices, values, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_BASE_ZERO, CUDA_R_32F));
  Dense<float> result(4, 5, CUDA_R_32F, 1);
  OK(cusparseSparseToDense(handle, c, result.matrix, CUSPARSE_SPARSETODENSE_ALG_DEFAULT, nullptr));
  CHECK(equal(result.now(), sum(2.f, a, -1.f, b)));
}

int main() {
  OK(cusparseCreate(&handle));
  conversions();
  factors<double>(CUDA_R_64F);
  factors<cuDoubleComplex>(CUDA_C_64F);
  zeroPivots();
  tridiagonal();
  sums();
  OK(cusparseDestroy(handle));
  return done();
}
