// cuBLAS's levels 2 and 3 and its own additions, for all four types, against plain loops over small whole numbers.
// REQUIRES: cublas
// RUN: %clangxx %s %library-program -lcuport-cublas -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t | FileCheck %s
// CHECK: all as it should be

#include "blas.h"

static cublasHandle_t handle;
static const cublasOperation_t operations[] = {CUBLAS_OP_N, CUBLAS_OP_T, CUBLAS_OP_C};
static const cublasFillMode_t fills[] = {CUBLAS_FILL_MODE_LOWER, CUBLAS_FILL_MODE_UPPER};

template <class T> struct Functions;
// s: what stands for the symmetric forms of bands and packed triangles: s, or h for Hermitian ones.
#define FUNCTIONS(T, L, s, u, c)                                                                                         \
  template <> struct Functions<T> {                                                                                      \
    static constexpr auto gemv = cublas##L##gemv_v2;                                                                     \
    static constexpr auto gbmv = cublas##L##gbmv_v2;                                                                     \
    static constexpr auto trmv = cublas##L##trmv_v2;                                                                     \
    static constexpr auto tbmv = cublas##L##tbmv_v2;                                                                     \
    static constexpr auto tpmv = cublas##L##tpmv_v2;                                                                     \
    static constexpr auto trsv = cublas##L##trsv_v2;                                                                     \
    static constexpr auto tbsv = cublas##L##tbsv_v2;                                                                     \
    static constexpr auto tpsv = cublas##L##tpsv_v2;                                                                     \
    static constexpr auto symv = cublas##L##symv_v2;                                                                     \
    static constexpr auto sbmv = cublas##L##s##bmv_v2;                                                                   \
    static constexpr auto spmv = cublas##L##s##pmv_v2;                                                                   \
    static constexpr auto spr = cublas##L##s##pr_v2;                                                                     \
    static constexpr auto spr2 = cublas##L##s##pr2_v2;                                                                   \
    static constexpr auto syr = cublas##L##syr_v2;                                                                       \
    static constexpr auto syr2 = cublas##L##syr2_v2;                                                                     \
    static constexpr auto geru = cublas##L##u##_v2;                                                                    \
    static constexpr auto gerc = cublas##L##c##_v2;                                                                      \
    static constexpr auto gemm = cublas##L##gemm_v2;                                                                     \
    static constexpr auto gemm64 = cublas##L##gemm_v2_64;                                                                \
    static constexpr auto symm = cublas##L##symm_v2;                                                                     \
    static constexpr auto syrk = cublas##L##syrk_v2;                                                                     \
    static constexpr auto syr2k = cublas##L##syr2k_v2;                                                                   \
    static constexpr auto syrkx = cublas##L##syrkx;                                                                      \
    static constexpr auto trmm = cublas##L##trmm_v2;                                                                     \
    static constexpr auto trsm = cublas##L##trsm_v2;                                                                     \
    static constexpr auto trsmBatched = cublas##L##trsmBatched;                                                          \
    static constexpr auto geam = cublas##L##geam;                                                                        \
    static constexpr auto dgmm = cublas##L##dgmm;                                                                        \
    static constexpr auto trttp = cublas##L##trttp;                                                                      \
    static constexpr auto tpttr = cublas##L##tpttr;                                                                      \
  };
FUNCTIONS(float, S, s, ger, ger)
FUNCTIONS(double, D, s, ger, ger)
FUNCTIONS(cuComplex, C, h, geru, gerc)
FUNCTIONS(cuDoubleComplex, Z, h, geru, gerc)
template <class T> struct Hermitian;
#define HERMITIAN(T, L)                                                                                                  \
  template <> struct Hermitian<T> {                                                                                      \
    static constexpr auto hemv = cublas##L##hemv_v2;                                                                     \
    static constexpr auto her = cublas##L##her_v2;                                                                       \
    static constexpr auto her2 = cublas##L##her2_v2;                                                                     \
    static constexpr auto hemm = cublas##L##hemm_v2;                                                                     \
    static constexpr auto herk = cublas##L##herk_v2;                                                                     \
    static constexpr auto her2k = cublas##L##her2k_v2;                                                                   \
    static constexpr auto herkx = cublas##L##herkx;                                                                      \
    static constexpr auto gemm3m = cublas##L##gemm3m;                                                                    \
  };
HERMITIAN(cuComplex, C)
HERMITIAN(cuDoubleComplex, Z)


/// A matrix of which only a band or a triangle is stored, as the library wants it.
template <class T> std::vector<T> packed(const Matrix<T> &a, cublasFillMode_t fill) {
  std::vector<T> result;
  for (int j = 0; j < a.columns; ++j)
    for (int i = 0; i < a.rows; ++i)
      if (triangle(fill)(i, j))
        result.push_back(back<T>(a(i, j)));
  return result;
}
/// ku superdiagonals in the first rows, then the diagonal, then kl subdiagonals.
template <class T> std::vector<T> banded(const Matrix<T> &a, int kl, int ku, int leading) {
  std::vector<T> result(leading * a.columns);
  for (int j = 0; j < a.columns; ++j)
    for (int i = 0; i < a.rows; ++i)
      if (i - j <= kl && j - i <= ku)
        result[ku + i - j + j * leading] = back<T>(a(i, j));
  return result;
}
template <class T> Matrix<T> onlyBand(Matrix<T> a, int kl, int ku) {
  for (int j = 0; j < a.columns; ++j)
    for (int i = 0; i < a.rows; ++i)
      if (i - j > kl || j - i > ku)
        a(i, j) = 0;
  return a;
}

template <class T> void general() {
  using F = Functions<T>;
  const int m = 4, n = 3, leading = 6;
  std::vector<T> ha = vectorOf<T>(leading * 8, 1);
  T alpha = make<T>(2, 1), beta = make<T>(-1, 3);
  for (cublasOperation_t op : operations) {
    int rows = op == CUBLAS_OP_N ? m : n, columns = op == CUBLAS_OP_N ? n : m;
    std::vector<T> hx = vectorOf<T>(columns, 2), hy = vectorOf<T>(rows * 2, 3);
    Array<T> a(ha), x(hx), y(hy);
    OK(F::gemv(handle, op, m, n, &alpha, a, leading, x, 1, &beta, y, -2));
    Matrix<T> whole = matrixOf(m, n, ha, leading);
    CHECK(sameVector(y, -2, sum<T>(number(alpha), turned(whole, op) * column(hx, columns, 1), number(beta), column(hy, rows, -2)), hy));
    Matrix<T> band = onlyBand(whole, 1, 1);
    Array<T> bandArray(banded(band, 1, 1, 5)), z(hy);
    OK(F::gbmv(handle, op, m, n, 1, 1, &alpha, bandArray, 5, x, 1, &beta, z, 2));
    CHECK(sameVector(z, 2, sum<T>(number(alpha), turned(band, op) * column(hx, columns, 1), number(beta), column(hy, rows, 2)), hy));
  }
  std::vector<T> hx = vectorOf<T>(m, 4), hy = vectorOf<T>(n, 5);
  for (cublasOperation_t op : {CUBLAS_OP_T, CUBLAS_OP_C}) {
    Array<T> a(ha), x(hx), y(hy);
    OK((op == CUBLAS_OP_T ? F::geru : F::gerc)(handle, m, n, &alpha, x, 1, y, 1, a, leading));
    Matrix<T> product = column(hx, m, 1) * turned(column(hy, n, 1), op);
    CHECK(same(a, leading, sum<T>(number(alpha), product, 1, matrixOf(m, n, ha, leading)), ha));
  }
  for (cublasOperation_t opA : operations)
    for (cublasOperation_t opB : operations) {
      const int k = 2;
      std::vector<T> hb = vectorOf<T>(leading * 6, 6), hc = vectorOf<T>(leading * n, 7);
      Matrix<T> first = matrixOf(opA == CUBLAS_OP_N ? m : k, opA == CUBLAS_OP_N ? k : m, ha, leading);
      Matrix<T> second = matrixOf(opB == CUBLAS_OP_N ? k : n, opB == CUBLAS_OP_N ? n : k, hb, leading);
      Matrix<T> wanted = sum<T>(number(alpha), turned(first, opA) * turned(second, opB), number(beta), matrixOf(m, n, hc, leading));
      Array<T> a(ha), b(hb), c(hc), c64(hc);
      OK(F::gemm(handle, opA, opB, m, n, k, &alpha, a, leading, b, leading, &beta, c, leading));
      OK(F::gemm64(handle, opA, opB, m, n, k, &alpha, a, leading, b, leading, &beta, c64, leading));
      CHECK(same(c, leading, wanted, hc));
      CHECK(same(c64, leading, wanted, hc));
      // geam: A and B of the result's shape.
      Array<T> g(hc);
      OK(F::geam(handle, opA, opB, m, n, &alpha, a, leading, &beta, b, leading, g, leading));
      Matrix<T> left = matrixOf(opA == CUBLAS_OP_N ? m : n, opA == CUBLAS_OP_N ? n : m, ha, leading);
      Matrix<T> right = matrixOf(opB == CUBLAS_OP_N ? m : n, opB == CUBLAS_OP_N ? n : m, hb, leading);
      CHECK(same(g, leading, sum<T>(number(alpha), turned(left, opA), number(beta), turned(right, opB)), hc));
    }
  // What is 0 times beta is not read.
  std::vector<T> hc(leading * n, make<T>(NAN, NAN));
  Array<T> a(ha), b(ha), c(hc);
  T none = make<T>(0), one = make<T>(1);
  OK(F::gemm(handle, CUBLAS_OP_N, CUBLAS_OP_N, m, n, 2, &one, a, leading, b, leading, &none, c, leading));
  std::vector<T> values = c.host();
  for (int j = 0; j < n; ++j)
    for (int i = 0; i < m; ++i)
      IS(number(values[i + j * leading]), (matrixOf(m, 2, ha, leading) * matrixOf(2, n, ha, leading))(i, j));
  // A diagonal on either side.
  std::vector<T> hd = vectorOf<T>(8, 8);
  for (cublasSideMode_t side : {CUBLAS_SIDE_LEFT, CUBLAS_SIDE_RIGHT}) {
    int size = side == CUBLAS_SIDE_LEFT ? m : n;
    Matrix<T> diagonal(size, size), matrix = matrixOf(m, n, ha, leading);
    for (int i = 0; i < size; ++i)
      diagonal(i, i) = number(hd[2 * i]);
    Array<T> d(hd), e(ha);
    OK(F::dgmm(handle, side, m, n, a, leading, d, 2, e, leading));
    CHECK(same(e, leading, side == CUBLAS_SIDE_LEFT ? diagonal * matrix : matrix * diagonal, ha));
  }
  auto bad = [&](cublasOperation_t op, int m, int lda) {
    return F::gemm(handle, op, CUBLAS_OP_N, m, n, 2, &one, a, lda, b, leading, &none, c, leading);
  };
  IS(bad(cublasOperation_t(9), m, leading), CUBLAS_STATUS_INVALID_VALUE);
  IS(bad(CUBLAS_OP_N, -1, leading), CUBLAS_STATUS_INVALID_VALUE);
  IS(bad(CUBLAS_OP_N, m, m - 1), CUBLAS_STATUS_INVALID_VALUE);
  IS(F::gemv(handle, CUBLAS_OP_N, m, n, &one, a, leading, b, 0, &none, c, 1), CUBLAS_STATUS_INVALID_VALUE);
  IS(F::geam(handle, CUBLAS_OP_T, CUBLAS_OP_N, n, n, &one, c, leading, &one, b, leading, c, leading), CUBLAS_STATUS_INVALID_VALUE);
}

template <class T> void triangular() {
  using F = Functions<T>;
  const int n = 4, leading = 5;
  // A diagonal of 1 and 2, so that solutions are exact.
  std::vector<T> ha = vectorOf<T>(leading * n, 1);
  for (int i = 0; i < n; ++i)
    ha[i + i * leading] = make<T>(i % 2 ? 2 : 1);
  std::vector<T> hx = vectorOf<T>(n * 2, 2);
  for (cublasFillMode_t fill : fills)
    for (cublasOperation_t op : operations)
      for (cublasDiagType_t diagonal : {CUBLAS_DIAG_NON_UNIT, CUBLAS_DIAG_UNIT}) {
        Kind kind = diagonal == CUBLAS_DIAG_UNIT ? Kind::UnitTriangular : Kind::Triangular;
        Matrix<T> given = matrixOf(n, n, ha, leading), whole = filled(given, fill, kind);
        Matrix<T> product = turned(whole, op) * column(hx, n, 2);
        Array<T> a(ha), x(hx), pack(packed(given, fill)), p(hx);
        OK(F::trmv(handle, fill, op, diagonal, n, a, leading, x, 2));
        CHECK(sameVector(x, 2, product, hx));
        OK(F::trsv(handle, fill, op, diagonal, n, a, leading, x, 2));
        CHECK(sameVector(x, 2, column(hx, n, 2), hx, 1e-3));
        OK(F::tpmv(handle, fill, op, diagonal, n, pack, p, 2));
        CHECK(sameVector(p, 2, product, hx));
        OK(F::tpsv(handle, fill, op, diagonal, n, pack, p, 2));
        CHECK(sameVector(p, 2, column(hx, n, 2), hx, 1e-3));
        int lower = fill == CUBLAS_FILL_MODE_LOWER ? 1 : 0;
        Matrix<T> band = onlyBand(whole, lower, 1 - lower);
        Array<T> bands(banded(onlyBand(given, lower, 1 - lower), lower, 1 - lower, 3)), b(hx);
        OK(F::tbmv(handle, fill, op, diagonal, n, 1, bands, 3, b, 2));
        CHECK(sameVector(b, 2, turned(band, op) * column(hx, n, 2), hx));
        OK(F::tbsv(handle, fill, op, diagonal, n, 1, bands, 3, b, 2));
        CHECK(sameVector(b, 2, column(hx, n, 2), hx, 1e-3));
        for (cublasSideMode_t side : {CUBLAS_SIDE_LEFT, CUBLAS_SIDE_RIGHT}) {
          int rows = side == CUBLAS_SIDE_LEFT ? n : 2, columns = side == CUBLAS_SIDE_LEFT ? 2 : n;
          std::vector<T> hb = vectorOf<T>(leading * columns, 3), hc = vectorOf<T>(leading * columns, 4);
          Matrix<T> matrix = matrixOf(rows, columns, hb, leading);
          T alpha = make<T>(2), half = make<T>(0.5);
          Array<T> b(hb), c(hc);
          OK(F::trmm(handle, side, fill, op, diagonal, rows, columns, &alpha, a, leading, b, leading, c, leading));
          Matrix<T> result = side == CUBLAS_SIDE_LEFT ? turned(whole, op) * matrix : matrix * turned(whole, op);
          CHECK(same(c, leading, sum<T>(2, result, 0, result), hc));
          CHECK(same(b, leading, matrix, hb));
          OK(F::trsm(handle, side, fill, op, diagonal, rows, columns, &half, a, leading, c, leading));
          CHECK(same(c, leading, matrix, hc, all, 1e-3));
          OK(F::trmm(handle, side, fill, op, diagonal, rows, columns, &alpha, a, leading, b, leading, b, leading)); // in place
          CHECK(same(b, leading, sum<T>(2, result, 0, result), hb));
          Array<T *> as(std::vector<T *>{a, a}), bs(std::vector<T *>{b, c});
          OK(F::trsmBatched(handle, side, fill, op, diagonal, rows, columns, &half, as, leading, bs, leading, 1));
          CHECK(same(b, leading, matrix, hb, all, 1e-3));
        }
        std::vector<T> hp(n * (n + 1) / 2), hu = vectorOf<T>(leading * n, 5);
        Array<T> pack2(hp), unpacked(hu);
        OK(F::trttp(handle, fill, n, a, leading, pack2));
        OK(F::tpttr(handle, fill, n, pack2, unpacked, leading));
        CHECK(same(unpacked, leading, given, hu, triangle(fill)));
      }
}

template <class T> void symmetric() {
  using F = Functions<T>;
  const int n = 4, k = 3, leading = 5;
  std::vector<T> ha = vectorOf<T>(leading * n, 1), hx = vectorOf<T>(n * 2, 2), hy = vectorOf<T>(n, 3);
  Kind own = isComplex<T> ? Kind::Hermitian : Kind::Symmetric; // of bands and packed triangles
  cublasOperation_t turn = isComplex<T> ? CUBLAS_OP_C : CUBLAS_OP_T;
  T alpha = make<T>(2, 1), beta = make<T>(-1, 3);
  decltype(std::real(Number<T>())) real = 3, realBeta = 2;
  for (cublasFillMode_t fill : fills) {
    Matrix<T> given = matrixOf(n, n, ha, leading), whole = filled(given, fill, Kind::Symmetric), ownWhole = filled(given, fill, own);
    Matrix<T> x = column(hx, n, 2), y = column(hy, n, -1);
    Number<T> f = number(alpha), g = number(beta);
    Array<T> a(ha), dx(hx), dy(hy), p(packed(given, fill)), dz(hy), dw(hy);
    OK(F::symv(handle, fill, n, &alpha, a, leading, dx, 2, &beta, dy, -1));
    CHECK(sameVector(dy, -1, sum<T>(f, whole * x, g, y), hy));
    OK(F::spmv(handle, fill, n, &alpha, p, dx, 2, &beta, dz, -1));
    CHECK(sameVector(dz, -1, sum<T>(f, ownWhole * x, g, y), hy));
    int lower = fill == CUBLAS_FILL_MODE_LOWER ? 1 : 0;
    Array<T> bands(banded(onlyBand(given, lower, 1 - lower), lower, 1 - lower, 3));
    OK(F::sbmv(handle, fill, n, 1, &alpha, bands, 3, dx, 2, &beta, dw, -1));
    CHECK(sameVector(dw, -1, sum<T>(f, onlyBand(ownWhole, 1, 1) * x, g, y), hy));
    // Updates of the triangle by vectors: symmetric ones ...
    Array<T> v(hy), s1(ha), s2(ha);
    Matrix<T> w = column(hy, n, 1), xx = x * turned(x, CUBLAS_OP_T), xy = x * turned(w, CUBLAS_OP_T), yx = w * turned(x, CUBLAS_OP_T);
    OK(F::syr(handle, fill, n, &alpha, dx, 2, s1, leading));
    CHECK(same(s1, leading, sum<T>(f, xx, 1, given), ha, triangle(fill)));
    OK(F::syr2(handle, fill, n, &alpha, dx, 2, v, 1, s2, leading));
    CHECK(same(s2, leading, sum<T>(1, sum<T>(f, xy, f, yx), 1, given), ha, triangle(fill)));
    // ... and packed ones, Hermitian for complex numbers.
    Matrix<T> start = filled(given, fill, own), oxx = x * turned(x, turn), oxy = x * turned(w, turn), oyx = w * turned(x, turn);
    std::vector<T> hp = packed(start, fill);
    Array<T> p1(hp), p2(hp);
    OK(F::spr(handle, fill, n, &real, dx, 2, p1));
    OK(F::spr2(handle, fill, n, &alpha, dx, 2, v, 1, p2));
    std::vector<T> wanted1 = packed(sum<T>(3, oxx, 1, start), fill);
    Number<T> fc = number(conjugate(alpha));
    std::vector<T> wanted2 = packed(sum<T>(1, sum<T>(f, oxy, isComplex<T> ? fc : f, oyx), 1, start), fill);
    std::vector<T> got1 = p1.host(), got2 = p2.host();
    for (size_t i = 0; i < hp.size(); ++i) {
      IS(number(got1[i]), number(wanted1[i]));
      IS(number(got2[i]), number(wanted2[i]));
    }
    for (cublasOperation_t op : {CUBLAS_OP_N, CUBLAS_OP_T}) {
      std::vector<T> hb = vectorOf<T>(leading * n, 6), hc = vectorOf<T>(leading * n, 7);
      Array<T> b(hb), c1(hc), c2(hc), c3(hc);
      int rows = op == CUBLAS_OP_N ? n : k, columns = op == CUBLAS_OP_N ? k : n;
      Matrix<T> first = turned(matrixOf(rows, columns, ha, leading), op), second = turned(matrixOf(rows, columns, hb, leading), op);
      Matrix<T> before = matrixOf(n, n, hc, leading), aat = first * turned(first, CUBLAS_OP_T), abt = first * turned(second, CUBLAS_OP_T),
                bat = second * turned(first, CUBLAS_OP_T);
      OK(F::syrk(handle, fill, op, n, k, &alpha, a, leading, &beta, c1, leading));
      CHECK(same(c1, leading, sum<T>(f, aat, g, before), hc, triangle(fill)));
      OK(F::syr2k(handle, fill, op, n, k, &alpha, a, leading, b, leading, &beta, c2, leading));
      CHECK(same(c2, leading, sum<T>(1, sum<T>(f, abt, f, bat), g, before), hc, triangle(fill)));
      OK(F::syrkx(handle, fill, op, n, k, &alpha, a, leading, b, leading, &beta, c3, leading));
      CHECK(same(c3, leading, sum<T>(f, abt, g, before), hc, triangle(fill)));
    }
    for (cublasSideMode_t side : {CUBLAS_SIDE_LEFT, CUBLAS_SIDE_RIGHT}) {
      int rows = side == CUBLAS_SIDE_LEFT ? n : 2, columns = side == CUBLAS_SIDE_LEFT ? 2 : n;
      std::vector<T> hb = vectorOf<T>(leading * columns, 3), hc = vectorOf<T>(leading * columns, 4);
      Matrix<T> matrix = matrixOf(rows, columns, hb, leading), before = matrixOf(rows, columns, hc, leading);
      Array<T> b(hb), c(hc), h(hc);
      OK(F::symm(handle, side, fill, rows, columns, &alpha, a, leading, b, leading, &beta, c, leading));
      CHECK(same(c, leading, sum<T>(f, side == CUBLAS_SIDE_LEFT ? whole * matrix : matrix * whole, g, before), hc));
      if constexpr (isComplex<T>) {
        OK(Hermitian<T>::hemm(handle, side, fill, rows, columns, &alpha, a, leading, b, leading, &beta, h, leading));
        CHECK(same(h, leading, sum<T>(f, side == CUBLAS_SIDE_LEFT ? ownWhole * matrix : matrix * ownWhole, g, before), hc));
      }
    }
    if constexpr (isComplex<T>) {
      using H = Hermitian<T>;
      Array<T> hv(hy), h1(ha), h2(ha);
      OK(H::hemv(handle, fill, n, &alpha, a, leading, dx, 2, &beta, hv, -1));
      CHECK(sameVector(hv, -1, sum<T>(f, ownWhole * x, g, y), hy));
      // The diagonal becomes real.
      OK(H::her(handle, fill, n, &real, dx, 2, h1, leading));
      CHECK(same(h1, leading, sum<T>(3, oxx, 1, start), ha, triangle(fill)));
      OK(H::her2(handle, fill, n, &alpha, dx, 2, v, 1, h2, leading));
      CHECK(same(h2, leading, sum<T>(1, sum<T>(f, oxy, fc, oyx), 1, start), ha, triangle(fill)));
      for (cublasOperation_t op : {CUBLAS_OP_N, CUBLAS_OP_C}) {
        std::vector<T> hb = vectorOf<T>(leading * n, 6), hc = vectorOf<T>(leading * n, 7);
        for (int i = 0; i < n; ++i)
          hc[i + i * leading].y = 0;
        Array<T> b(hb), c1(hc), c2(hc), c3(hc), same1(hc);
        int rows = op == CUBLAS_OP_N ? n : k, columns = op == CUBLAS_OP_N ? k : n;
        Matrix<T> first = turned(matrixOf(rows, columns, ha, leading), op), second = turned(matrixOf(rows, columns, hb, leading), op);
        Matrix<T> before = matrixOf(n, n, hc, leading), aah = first * turned(first, CUBLAS_OP_C), abh = first * turned(second, CUBLAS_OP_C),
                  bah = second * turned(first, CUBLAS_OP_C);
        OK(H::herk(handle, fill, op, n, k, &real, a, leading, &realBeta, c1, leading));
        CHECK(same(c1, leading, sum<T>(3, aah, 2, before), hc, triangle(fill)));
        OK(H::her2k(handle, fill, op, n, k, &alpha, a, leading, b, leading, &realBeta, c2, leading));
        CHECK(same(c2, leading, sum<T>(1, sum<T>(f, abh, fc, bah), 2, before), hc, triangle(fill)));
        // With B = A the product is Hermitian, which herkx takes for granted.
        T factor = make<T>(3);
        OK(H::herkx(handle, fill, op, n, k, &factor, a, leading, a, leading, &realBeta, c3, leading));
        CHECK(same(c3, leading, sum<T>(3, aah, 2, before), hc, triangle(fill)));
        OK(H::gemm3m(handle, CUBLAS_OP_N, CUBLAS_OP_N, n, n, n, &alpha, a, leading, b, leading, &beta, same1, leading));
        CHECK(same(same1, leading, sum<T>(f, given * matrixOf(n, n, hb, leading), g, before), hc));
        IS(H::herk(handle, fill, CUBLAS_OP_T, n, k, &real, a, leading, &realBeta, c1, leading), CUBLAS_STATUS_INVALID_VALUE);
        IS(F::syrk(handle, fill, CUBLAS_OP_C, n, k, &alpha, a, leading, &beta, c1, leading), CUBLAS_STATUS_INVALID_VALUE);
      }
    }
    IS(F::symv(handle, CUBLAS_FILL_MODE_FULL, n, &alpha, a, leading, dx, 2, &beta, dy, 1), CUBLAS_STATUS_INVALID_VALUE);
  }
}

template <class T> void allOf() {
  general<T>();
  triangular<T>();
  symmetric<T>();
}

int main() {
  OK(cublasCreate(&handle));
  allOf<float>();
  allOf<double>();
  allOf<cuComplex>();
  allOf<cuDoubleComplex>();
  OK(cublasDestroy(handle));
  return done();
}
