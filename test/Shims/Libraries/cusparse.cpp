// cuSPARSE's generic interface and hipSPARSE against dense matrices and plain loops: formats, operations, types, bases of indices, triangles.
// RUN: %clangxx %s -D__HIP_PLATFORM_AMD__ %library-program -lcuport-cusparse -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// RUN: %clang -x c -std=c11 -Wall -Werror -fsyntax-only -D__HIP_PLATFORM_AMD__ -isystem %toolkit/include/cuport -include hipsparse/hipsparse.h /dev/null
// CHECK: cuport: cusparseSpMV is not supported
// CHECK-NEXT: cuport: cusparseSpMM is not supported
// CHECK-NEXT: cuport: cusparseCreateSlicedEll is not supported
// CHECK-NEXT: all as it should be

#include "sparse.h"

#include <hipsparse/hipsparse.h>

// From ROCm 6.2.2's hipsparse.h.
static_assert(HIPSPARSE_STATUS_ZERO_PIVOT == 9 && HIPSPARSE_FORMAT_COO == 3 && HIPSPARSE_ORDER_COL == 1 && HIPSPARSE_SPMM_CSR_ALG3 == 12);
static_assert(HIPSPARSE_CSR2CSC_ALG_DEFAULT == 0 && CUSPARSE_CSR2CSC_ALG_DEFAULT == 1);

template <class V, class Index = int> static void products(cudaDataType type) {
  V alpha = make<V>(2, 1), beta = make<V>(-1, 2);
  for (cusparseFormat_t format : {CUSPARSE_FORMAT_CSR, CUSPARSE_FORMAT_CSC, CUSPARSE_FORMAT_COO})
    for (int base : {0, 1})
      for (cusparseOperation_t op : {N, T, H}) {
        Matrix<V> a = sparse<V>(5, 7, 1), turnedA = turned(a, blas(op));
        Sparse<V, Index> sparseA(a, format, type, base);
        std::vector<V> x = vectorOf<V>(turnedA.columns, 2), y = vectorOf<V>(turnedA.rows, 3);
        Array<V> xs(x), ys(y);
        cusparseDnVecDescr_t vecX, vecY;
        OK(cusparseCreateDnVec(&vecX, x.size(), xs, type));
        OK(cusparseCreateDnVec(&vecY, y.size(), ys, type));
        size_t size = 0;
        OK(cusparseSpMV_bufferSize(handle, op, &alpha, sparseA.matrix, vecX, &beta, vecY, type, CUSPARSE_SPMV_ALG_DEFAULT, &size));
        CHECK(size > 0);
        OK(cusparseSpMV(handle, op, &alpha, sparseA.matrix, vecX, &beta, vecY, type, CUSPARSE_SPMV_ALG_DEFAULT, nullptr));
        Matrix<V> wanted = sum(number(alpha), turnedA * column(x, x.size(), 1), number(beta), column(y, y.size(), 1));
        CHECK(equal(column(ys.host(), y.size(), 1), wanted));
        OK(cusparseDestroyDnVec(vecX));
        OK(cusparseDestroyDnVec(vecY));

        for (cusparseOperation_t opB : {N, T, H}) {
          bool byRows = opB == T;
          Dense<V> b(opB == N ? turnedA.columns : 4, opB == N ? 4 : turnedA.columns, type, 4, byRows), c(turnedA.rows, 4, type, 5, !byRows);
          OK(cusparseSpMM(handle, op, opB, &alpha, sparseA.matrix, b.matrix, &beta, c.matrix, type, CUSPARSE_SPMM_ALG_DEFAULT, nullptr));
          CHECK(equal(c.now(), sum(number(alpha), turnedA * turned(b.plain, blas(opB)), number(beta), c.plain)));
        }

        // Into A's places: 5 by 7 of inner 3.
        Dense<V> left(op == N ? 5 : 3, op == N ? 3 : 5, type, 6), right(op == N ? 3 : 7, op == N ? 7 : 3, type, 7, true);
        OK(cusparseSDDMM(handle, op, op, &alpha, left.matrix, right.matrix, &beta, sparseA.matrix, type, CUSPARSE_SDDMM_ALG_DEFAULT, nullptr));
        Matrix<V> full = turned(left.plain, blas(op)) * turned(right.plain, blas(op));
        Dense<V> result(5, 7, type, 8);
        OK(cusparseSparseToDense(handle, sparseA.matrix, result.matrix, CUSPARSE_SPARSETODENSE_ALG_DEFAULT, nullptr));
        Matrix<V> sampled(5, 7);
        for (int j = 0; j < 7; ++j)
          for (int i = 0; i < 5; ++i)
            if (a(i, j) != Number<V>(0))
              sampled(i, j) = number(alpha) * full(i, j) + number(beta) * a(i, j);
        CHECK(equal(result.now(), sampled));
      }
}

/// 8 bits into 32, half into float: by numbers small enough to be exact.
static void mixedTypes() {
  Array<int> offsets({0, 2, 3}), columns({0, 2, 1});
  Array<int8_t> bytes({100, -100, 50}), byteX({100, 2, -100});
  Array<int> y({1, 1});
  cusparseSpMatDescr_t a;
  cusparseDnVecDescr_t x, into;
  OK(cusparseCreateCsr(&a, 2, 3, 3, offsets, columns, bytes, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_BASE_ZERO, CUDA_R_8I));
  OK(cusparseCreateDnVec(&x, 3, byteX, CUDA_R_8I));
  OK(cusparseCreateDnVec(&into, 2, y, CUDA_R_32I));
  int one = 1;
  OK(cusparseSpMV(handle, N, &one, a, x, &one, into, CUDA_R_32I, CUSPARSE_SPMV_ALG_DEFAULT, nullptr));
  CHECK(y.host() == (std::vector<int>{20001, 101}));
  Array<__half> halves({__half(1.5f), __half(2.f), __half(-3.f)}), halfX({__half(4.f), __half(5.f), __half(6.f)});
  Array<float> z({7, 8});
  OK(cusparseSpMatSetValues(a, halves)); // and of another type: a new descriptor
  OK(cusparseDestroySpMat(a));
  OK(cusparseCreateCsr(&a, 2, 3, 3, offsets, columns, halves, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_BASE_ZERO, CUDA_R_16F));
  cusparseDnVecDescr_t h, single;
  OK(cusparseCreateDnVec(&h, 3, halfX, CUDA_R_16F));
  OK(cusparseCreateDnVec(&single, 2, z, CUDA_R_32F));
  float two = 2, none = 0;
  OK(cusparseSpMV(handle, N, &two, a, h, &none, single, CUDA_R_32F, CUSPARSE_SPMV_ALG_DEFAULT, nullptr));
  CHECK(z.host() == (std::vector<float>{36, -30}));
  IS(cusparseSpMV(handle, N, &two, a, h, &none, single, CUDA_R_32I, CUSPARSE_SPMV_ALG_DEFAULT, nullptr), CUSPARSE_STATUS_NOT_SUPPORTED);
  IS(cusparseSpMV(handle, T, &two, a, h, &none, single, CUDA_R_32F, CUSPARSE_SPMV_ALG_DEFAULT, nullptr), CUSPARSE_STATUS_INVALID_VALUE);
  IS(cusparseSpMV(nullptr, N, &two, a, h, &none, single, CUDA_R_32F, CUSPARSE_SPMV_ALG_DEFAULT, nullptr), CUSPARSE_STATUS_NOT_INITIALIZED);
  // Blocks of 1 by 2, in a matrix of 2 by 4: (1.5 2 0 0, 0 0 -3 4).
  Array<int> blockOffsets({0, 1, 2}), blockColumns({0, 1});
  Array<float> blocks({1.5, 2, -3, 4}), fourX({1, 10, 100, 1000});
  cusparseDnVecDescr_t four;
  OK(cusparseCreateBsr(&a, 2, 2, 2, 1, 2, blockOffsets, blockColumns, blocks, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_BASE_ZERO, CUDA_R_32F,
                       CUSPARSE_ORDER_ROW));
  OK(cusparseCreateDnVec(&four, 4, fourX, CUDA_R_32F));
  OK(cusparseSpMV(handle, N, &two, a, four, &none, single, CUDA_R_32F, CUSPARSE_SPMV_BSR_ALG1, nullptr));
  CHECK(z.host() == (std::vector<float>{43, 7400}));
}

static void vectors() {
  Array<int> places({1, 3, 4});
  Array<float> xs({2, 3, 4}), ys({10, 20, 30, 40, 50});
  cusparseSpVecDescr_t x;
  cusparseDnVecDescr_t y;
  OK(cusparseCreateSpVec(&x, 5, 3, places, xs, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_BASE_ONE, CUDA_R_32F));
  OK(cusparseCreateDnVec(&y, 5, ys, CUDA_R_32F));
  float dot = 0, two = 2, half = 0.5;
  OK(cusparseSpVV(handle, N, x, y, &dot, CUDA_R_32F, nullptr));
  IS(dot, 2 * 10 + 3 * 30 + 4 * 40);
  // Captured, it gives the host its result when the graph runs.
  cudaStream_t stream;
  cudaGraph_t graph;
  cudaGraphExec_t executable;
  OK(cudaStreamCreate(&stream));
  OK(cusparseSetStream(handle, stream));
  OK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
  OK(cusparseSpVV(handle, N, x, y, &dot, CUDA_R_32F, nullptr));
  OK(cudaStreamEndCapture(stream, &graph));
  dot = 0;
  OK(cudaGraphInstantiate(&executable, graph, nullptr, nullptr, 0));
  OK(cudaGraphLaunch(executable, stream));
  OK(cudaStreamSynchronize(stream));
  IS(dot, 2 * 10 + 3 * 30 + 4 * 40);
  OK(cusparseSetStream(handle, nullptr));
  OK(cusparseAxpby(handle, &two, x, &half, y));
  CHECK(ys.host() == (std::vector<float>{9, 10, 21, 28, 25}));
  OK(cusparseRot(handle, &two, &half, x, y)); // x' = 2 x + y / 2, y' = 2 y - x / 2
  CHECK(xs.host() == (std::vector<float>{8.5, 16.5, 22}));
  CHECK(ys.host() == (std::vector<float>{17, 10, 40.5, 54, 25}));
  OK(cusparseGather(handle, y, x));
  CHECK(xs.host() == (std::vector<float>{17, 40.5, 54}));
  OK(cudaMemset(ys, 0, 5 * sizeof(float)));
  OK(cusparseScatter(handle, x, y));
  CHECK(ys.host() == (std::vector<float>{17, 0, 40.5, 54, 0}));
}

template <class V> static void solutions(cudaDataType type) {
  // Whole numbers with a diagonal of ones and minus ones, so every step is exact.
  int n = 6;
  Matrix<V> a = sparse<V>(n, n, 2);
  for (int i = 0; i < n; ++i)
    a(i, i) = Number<V>(i % 2 ? -1 : 1);
  V alpha = make<V>(2);
  for (cusparseFillMode_t fill : {CUSPARSE_FILL_MODE_LOWER, CUSPARSE_FILL_MODE_UPPER})
    for (cusparseDiagType_t diagonal : {CUSPARSE_DIAG_TYPE_NON_UNIT, CUSPARSE_DIAG_TYPE_UNIT})
      for (cusparseFormat_t format : {CUSPARSE_FORMAT_CSR, CUSPARSE_FORMAT_COO})
        for (cusparseOperation_t op : {N, T, H}) {
          Matrix<V> triangle = a;
          for (int j = 0; j < n; ++j)
            for (int i = 0; i < n; ++i)
              if (fill == CUSPARSE_FILL_MODE_LOWER ? j > i : j < i)
                triangle(i, j) = 0;
              else if (i == j && diagonal == CUSPARSE_DIAG_TYPE_UNIT)
                triangle(i, j) = 1;
          Sparse<V> m(a, format, type, 1);
          OK(cusparseSpMatSetAttribute(m.matrix, CUSPARSE_SPMAT_FILL_MODE, &fill, sizeof fill));
          OK(cusparseSpMatSetAttribute(m.matrix, CUSPARSE_SPMAT_DIAG_TYPE, &diagonal, sizeof diagonal));
          // The right side is made of the answer.
          std::vector<V> answer = vectorOf<V>(n, 3);
          Matrix<V> right = turned(triangle, blas(op)) * column(answer, n, 1);
          std::vector<V> b, doubled;
          for (int i = 0; i < n; ++i)
            b.push_back(back<V>(right(i, 0))), doubled.push_back(back<V>(number(alpha) * number(answer[i])));
          Array<V> bs(b), xs(n);
          cusparseDnVecDescr_t vecB, vecX;
          OK(cusparseCreateDnVec(&vecB, n, bs, type));
          OK(cusparseCreateDnVec(&vecX, n, xs, type));
          cusparseSpSVDescr_t how;
          size_t size;
          OK(cusparseSpSV_createDescr(&how));
          OK(cusparseSpSV_bufferSize(handle, op, &alpha, m.matrix, vecB, vecX, type, CUSPARSE_SPSV_ALG_DEFAULT, how, &size));
          OK(cusparseSpSV_analysis(handle, op, &alpha, m.matrix, vecB, vecX, type, CUSPARSE_SPSV_ALG_DEFAULT, how, nullptr));
          OK(cusparseSpSV_solve(handle, op, &alpha, m.matrix, vecB, vecX, type, CUSPARSE_SPSV_ALG_DEFAULT, how));
          CHECK(equal(column(xs.host(), n, 1), column(doubled, n, 1)));
          OK(cusparseSpSV_destroyDescr(how));

          // Two right sides, one in rows, turned.
          Dense<V> many(2, n, type, 4, true), result(n, 2, type, 5);
          cusparseSpSMDescr_t howMany;
          OK(cusparseSpSM_createDescr(&howMany));
          OK(cusparseSpSM_bufferSize(handle, op, T, &alpha, m.matrix, many.matrix, result.matrix, type, CUSPARSE_SPSM_ALG_DEFAULT, howMany, &size));
          OK(cusparseSpSM_analysis(handle, op, T, &alpha, m.matrix, many.matrix, result.matrix, type, CUSPARSE_SPSM_ALG_DEFAULT, howMany, nullptr));
          OK(cusparseSpSM_solve(handle, op, T, &alpha, m.matrix, many.matrix, result.matrix, type, CUSPARSE_SPSM_ALG_DEFAULT, howMany));
          Matrix<V> again = turned(triangle, blas(op)) * result.now(), wanted(n, 2);
          for (int i = 0; i < n; ++i)
            for (int j = 0; j < 2; ++j)
              wanted(i, j) = number(alpha) * many.plain(j, i);
          CHECK(equal(again, wanted));
          OK(cusparseSpSM_destroyDescr(howMany));
        }
}

/// New values for a matrix that has been analysed, of all of it and of its diagonal.
static void updatedTriangles() {
  Array<int> offsets(std::vector<int>{0, 1, 3, 5}), columns(std::vector<int>{0, 0, 1, 1, 2});
  Array<float> values(std::vector<float>{2, 1, 4, 3, 5}), others(std::vector<float>{4, 1, 2, 3, 10}), diagonal(std::vector<float>{1, 2, 5}),
      b(std::vector<float>{2, 9, 22}), x(std::vector<float>(3));
  cusparseSpMatDescr_t a;
  OK(cusparseCreateCsr(&a, 3, 3, 5, offsets, columns, values, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_BASE_ZERO, CUDA_R_32F));
  cusparseFillMode_t lower = CUSPARSE_FILL_MODE_LOWER;
  cusparseDiagType_t given = CUSPARSE_DIAG_TYPE_NON_UNIT;
  OK(cusparseSpMatSetAttribute(a, CUSPARSE_SPMAT_FILL_MODE, &lower, sizeof lower));
  OK(cusparseSpMatSetAttribute(a, CUSPARSE_SPMAT_DIAG_TYPE, &given, sizeof given));
  cusparseDnVecDescr_t right, left;
  cusparseDnMatDescr_t rights, lefts;
  OK(cusparseCreateDnVec(&right, 3, b, CUDA_R_32F));
  OK(cusparseCreateDnVec(&left, 3, x, CUDA_R_32F));
  OK(cusparseCreateDnMat(&rights, 3, 1, 3, b, CUDA_R_32F, CUSPARSE_ORDER_COL));
  OK(cusparseCreateDnMat(&lefts, 3, 1, 3, x, CUDA_R_32F, CUSPARSE_ORDER_COL));
  float one = 1;
  cusparseOperation_t none = CUSPARSE_OPERATION_NON_TRANSPOSE;
  cusparseSpSVDescr_t vector;
  cusparseSpSMDescr_t matrix;
  OK(cusparseSpSV_createDescr(&vector));
  OK(cusparseSpSM_createDescr(&matrix));
  IS(int(cusparseSpSV_updateMatrix(handle, vector, others, CUSPARSE_SPSV_UPDATE_GENERAL)), int(CUSPARSE_STATUS_NOT_INITIALIZED));
  OK(cusparseSpSV_analysis(handle, none, &one, a, right, left, CUDA_R_32F, CUSPARSE_SPSV_ALG_DEFAULT, vector, nullptr));
  OK(cusparseSpSM_analysis(handle, none, none, &one, a, rights, lefts, CUDA_R_32F, CUSPARSE_SPSM_ALG_DEFAULT, matrix, nullptr));
  auto solves = [&](float x0, float x1, float x2) {
    OK(cusparseSpSV_solve(handle, none, &one, a, right, left, CUDA_R_32F, CUSPARSE_SPSV_ALG_DEFAULT, vector));
    std::vector<float> once = x.host();
    OK(cudaMemset(x, 0, 12));
    OK(cusparseSpSM_solve(handle, none, none, &one, a, rights, lefts, CUDA_R_32F, CUSPARSE_SPSM_ALG_DEFAULT, matrix));
    for (const std::vector<float> &got : {once, x.host()})
      CHECK(std::abs(got[0] - x0) + std::abs(got[1] - x1) + std::abs(got[2] - x2) < 1e-5f);
  };
  solves(1, 2, 3.2f);
  OK(cusparseSpSV_updateMatrix(handle, vector, others, CUSPARSE_SPSV_UPDATE_GENERAL));
  OK(cusparseSpSM_updateMatrix(handle, matrix, others, CUSPARSE_SPSM_UPDATE_GENERAL));
  solves(.5f, 4.25f, .925f);
  OK(cusparseSpSV_updateMatrix(handle, vector, diagonal, CUSPARSE_SPSV_UPDATE_DIAGONAL));
  OK(cusparseSpSM_updateMatrix(handle, matrix, diagonal, CUSPARSE_SPSM_UPDATE_DIAGONAL));
  solves(2, 3.5f, 2.3f);
  OK(cusparseSpSV_destroyDescr(vector));
  OK(cusparseSpSM_destroyDescr(matrix));
}

template <class V> static void sparseProducts(cudaDataType type) {
  Matrix<V> a = sparse<V>(5, 6, 1), b = sparse<V>(6, 7, 2);
  Sparse<V> sparseA(a, CUSPARSE_FORMAT_CSR, type), sparseB(b, CUSPARSE_FORMAT_CSR, type, 1);
  V alpha = make<V>(3), beta = make<V>(0);
  for (bool reuse : {false, true}) {
    Array<int> offsets(6);
    cusparseSpMatDescr_t c;
    OK(cusparseCreateCsr(&c, 5, 7, 0, offsets, nullptr, nullptr, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_BASE_ZERO, type));
    cusparseSpGEMMDescr_t how;
    OK(cusparseSpGEMM_createDescr(&how));
    size_t size[4];
    Array<char> buffer(64);
    auto step = [&](auto call) {
      call(&size[0], nullptr);
      CHECK(size[0] <= 64);
      call(&size[0], (void *)buffer.data);
    };
    if (reuse) {
      step([&](size_t *s, void *p) {
        OK(cusparseSpGEMMreuse_workEstimation(handle, N, N, sparseA.matrix, sparseB.matrix, c, CUSPARSE_SPGEMM_DEFAULT, how, s, p));
      });
      step([&](size_t *s, void *p) {
        OK(cusparseSpGEMMreuse_nnz(handle, N, N, sparseA.matrix, sparseB.matrix, c, CUSPARSE_SPGEMM_DEFAULT, how, s, p, &size[1], p, &size[2], p));
      });
    } else {
      step([&](size_t *s, void *p) {
        OK(cusparseSpGEMM_workEstimation(handle, N, N, &alpha, sparseA.matrix, sparseB.matrix, &beta, c, type, CUSPARSE_SPGEMM_DEFAULT, how, s, p));
      });
      int64_t count = 0, wanted = 0;
      OK(cusparseSpGEMM_getNumProducts(how, &count));
      for (int i = 0; i < 5; ++i)
        for (int k = 0; k < 6; ++k)
          for (int j = 0; j < 7; ++j)
            wanted += a(i, k) != Number<V>(0) && b(k, j) != Number<V>(0);
      IS(count, wanted);
      step([&](size_t *s, void *p) {
        OK(cusparseSpGEMM_compute(handle, N, N, &alpha, sparseA.matrix, sparseB.matrix, &beta, c, type, CUSPARSE_SPGEMM_DEFAULT, how, s, p));
      });
    }
    int64_t rows, columns, nonzeros;
    OK(cusparseSpMatGetSize(c, &rows, &columns, &nonzeros));
    Array<int> indices(nonzeros);
    Array<V> values(nonzeros);
    OK(cusparseCsrSetPointers(c, offsets, indices, values));
    if (reuse) {
      step([&](size_t *s, void *p) { OK(cusparseSpGEMMreuse_copy(handle, N, N, sparseA.matrix, sparseB.matrix, c, CUSPARSE_SPGEMM_DEFAULT, how, s, p)); });
      for (int times = 0; times < 2; ++times)
        OK(cusparseSpGEMMreuse_compute(handle, N, N, &alpha, sparseA.matrix, sparseB.matrix, &beta, c, type, CUSPARSE_SPGEMM_DEFAULT, how));
    } else {
      OK(cusparseSpGEMM_copy(handle, N, N, &alpha, sparseA.matrix, sparseB.matrix, &beta, c, type, CUSPARSE_SPGEMM_DEFAULT, how));
    }
    Dense<V> result(5, 7, type, 3);
    OK(cusparseSparseToDense(handle, c, result.matrix, CUSPARSE_SPARSETODENSE_ALG_DEFAULT, nullptr));
    Matrix<V> none(5, 7);
    CHECK(equal(result.now(), sum(number(alpha), a * b, Number<V>(0), none)));
    OK(cusparseSpGEMM_destroyDescr(how));
  }
}

/// Blocks of 2 by 2 in a matrix of 4 by 6, in the second row of blocks the last before the first; one place for a block is empty. The dense
/// matrix made of it by hand is the reference.
template <class V> static void blockedEll(cudaDataType type, cudaDataType compute, int base) {
  const std::vector<double> whole{0, 0, 1, 2, 0, 0, 0, 0, 3, 4, 0, 0, 5, 6, 0, 0, 7, 8, 9, 10, 0, 0, 11, 12}; // by rows
  const std::vector<double> stored{1, 2, 0, 0, 3, 4, 0, 0, 7, 8, 5, 6, 11, 12, 9, 10};
  auto as = [](const std::vector<double> &values) {
    std::vector<V> result;
    for (double value : values)
      result.push_back(V(float(value)));
    return result;
  };
  Array<int> blocks({1 + base, -1, 2 + base, 0 + base});
  Array<V> values(as(std::vector<double>(16, 99))), dense(as(whole));
  cusparseSpMatDescr_t a;
  cusparseDnMatDescr_t from;
  OK(cusparseCreateBlockedEll(&a, 4, 6, 2, 4, blocks, values, CUSPARSE_INDEX_32I, cusparseIndexBase_t(base), type));
  int64_t rows, columns, block, stretch;
  void *indices, *data;
  cusparseIndexType_t indexType;
  cusparseIndexBase_t indexBase;
  cudaDataType given;
  OK(cusparseBlockedEllGet(a, &rows, &columns, &block, &stretch, &indices, &data, &indexType, &indexBase, &given));
  CHECK(rows == 4 && columns == 6 && block == 2 && stretch == 4 && indices == blocks.data && data == values.data && indexBase == base && given == type);
  OK(cusparseCreateDnMat(&from, 4, 6, 6, dense, type, CUSPARSE_ORDER_ROW));
  OK(cusparseDenseToSparse_analysis(handle, from, a, CUSPARSE_DENSETOSPARSE_ALG_DEFAULT, nullptr));
  OK(cusparseDenseToSparse_convert(handle, from, a, CUSPARSE_DENSETOSPARSE_ALG_DEFAULT, nullptr));
  std::vector<V> got = values.host();
  for (int i = 0; i < 16; ++i)
    IS(double(float(got[i])), stored[i]);
  std::vector<double> right{1, 2, 3, 4, 5, 6, -1, 0, 2, 1, -2, 3}, before{1, 2, 3, 4, 5, 6, 7, 8}; // 6 by 2 and 4 by 2, in columns
  Array<V> b(as(right)), c(as(before));
  cusparseDnMatDescr_t by, into;
  OK(cusparseCreateDnMat(&by, 6, 2, 6, b, type, CUSPARSE_ORDER_COL));
  OK(cusparseCreateDnMat(&into, 4, 2, 4, c, type, CUSPARSE_ORDER_COL));
  using Factor = std::conditional_t<std::is_same_v<V, double>, double, float>;
  Factor two = 2, minus = -1;
  size_t size = 0;
  OK(cusparseSpMM_bufferSize(handle, N, N, &two, a, by, &minus, into, compute, CUSPARSE_SPMM_BLOCKED_ELL_ALG1, &size));
  OK(cusparseSpMM(handle, N, N, &two, a, by, &minus, into, compute, CUSPARSE_SPMM_BLOCKED_ELL_ALG1, nullptr));
  got = c.host();
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 2; ++j) {
      double sum = 0;
      for (int k = 0; k < 6; ++k)
        sum += whole[i * 6 + k] * right[k + j * 6];
      IS(double(float(got[i + j * 4])), 2 * sum - before[i + j * 4]);
    }
  IS(cusparseSpMM(handle, T, N, &two, a, into, &minus, by, compute, CUSPARSE_SPMM_BLOCKED_ELL_ALG1, nullptr), CUSPARSE_STATUS_NOT_SUPPORTED);
  OK(cusparseSparseToDense(handle, a, from, CUSPARSE_SPARSETODENSE_ALG_DEFAULT, nullptr));
  got = dense.host();
  for (int i = 0; i < 24; ++i)
    IS(double(float(got[i])), whole[i]);
  cusparseDnVecDescr_t x;
  OK(cusparseCreateDnVec(&x, 6, b, type));
  cusparseDnVecDescr_t y;
  OK(cusparseCreateDnVec(&y, 4, c, type));
  IS(cusparseSpMV(handle, N, &two, a, x, &minus, y, compute, CUSPARSE_SPMV_ALG_DEFAULT, nullptr), CUSPARSE_STATUS_NOT_SUPPORTED);
  IS(cusparseCreateBlockedEll(&a, 4, 6, 4, 4, blocks, values, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_BASE_ZERO, type), CUSPARSE_STATUS_INVALID_VALUE);
  IS(cusparseCreateSlicedEll(&a, 4, 6, 8, 8, 2, blocks, blocks, values, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_32I, CUSPARSE_INDEX_BASE_ZERO, type),
     CUSPARSE_STATUS_NOT_SUPPORTED);
}

static void hip() {
  hipsparseHandle_t own;
  IS(hipsparseCreate(&own), HIPSPARSE_STATUS_SUCCESS);
  Array<int> offsets({0, 2, 3}), columns({0, 2, 1});
  Array<float> values({1, 2, 3}), x({4, 5, 6}), y({0, 0});
  hipsparseSpMatDescr_t a;
  hipsparseDnVecDescr_t from, to;
  IS(hipsparseCreateCsr(&a, 2, 3, 3, offsets, columns, values, HIPSPARSE_INDEX_32I, HIPSPARSE_INDEX_32I, HIPSPARSE_INDEX_BASE_ZERO, HIP_R_32F), HIPSPARSE_STATUS_SUCCESS);
  IS(hipsparseCreateDnVec(&from, 3, x, HIP_R_32F), HIPSPARSE_STATUS_SUCCESS);
  IS(hipsparseCreateDnVec(&to, 2, y, HIP_R_32F), HIPSPARSE_STATUS_SUCCESS);
  float one = 1, zero = 0;
  IS(hipsparseSpMV(own, HIPSPARSE_OPERATION_NON_TRANSPOSE, &one, a, from, &zero, to, HIP_R_32F, HIPSPARSE_SPMV_CSR_ALG1, nullptr), HIPSPARSE_STATUS_SUCCESS);
  CHECK(y.host() == (std::vector<float>{16, 15}));
  hipsparseFormat_t format;
  IS(hipsparseSpMatGetFormat(a, &format), HIPSPARSE_STATUS_SUCCESS);
  IS(format, HIPSPARSE_FORMAT_CSR);
  hipsparseMatDescr_t descriptor;
  IS(hipsparseCreateMatDescr(&descriptor), HIPSPARSE_STATUS_SUCCESS);
  IS(hipsparseSetMatType(descriptor, HIPSPARSE_MATRIX_TYPE_SYMMETRIC), HIPSPARSE_STATUS_SUCCESS);
  IS(hipsparseGetMatType(descriptor), HIPSPARSE_MATRIX_TYPE_SYMMETRIC);
  IS(std::string(hipsparseGetErrorString(HIPSPARSE_STATUS_INVALID_VALUE)), "invalid value");
  IS(hipsparseDestroy(own), HIPSPARSE_STATUS_SUCCESS);
}

int main() {
  OK(cusparseCreate(&handle));
  products<float>(CUDA_R_32F);
  products<double, int64_t>(CUDA_R_64F);
  products<cuComplex>(CUDA_C_32F);
  products<cuDoubleComplex>(CUDA_C_64F);
  mixedTypes();
  vectors();
  solutions<float>(CUDA_R_32F);
  solutions<cuDoubleComplex>(CUDA_C_64F);
  updatedTriangles();
  sparseProducts<float>(CUDA_R_32F);
  sparseProducts<cuDoubleComplex>(CUDA_C_64F);
  blockedEll<float>(CUDA_R_32F, CUDA_R_32F, 0);
  blockedEll<double>(CUDA_R_64F, CUDA_R_64F, 1);
  blockedEll<__half>(CUDA_R_16F, CUDA_R_32F, 0);
  hip();
  OK(cusparseDestroy(handle));
  return done();
}
