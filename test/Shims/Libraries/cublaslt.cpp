// cuBLASLt and hipBLASLt against plain loops in double: types, orders of memory, epilogues, pointer modes, batches, transformations,
// attributes and what is refused.
// REQUIRES: cublas
// RUN: %clangxx %s -D__HIP_PLATFORM_AMD__ %library-program -lcuport-cublas -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// RUN: %clang -x c -std=c11 -Wall -Werror -fsyntax-only -isystem %toolkit/include/cuport -include cublasLt.h /dev/null
// CHECK: cuport: cublasLtMatmul with such scales, or emulation is not supported
// CHECK-NEXT: cuport: cublasLtMatmul of these types of data is not supported
// CHECK-NEXT: cuport: cublasLtMatmul in another order of memory than columns or rows is not supported
// CHECK-NEXT: cuport: cublasLtMatmul with this epilogue is not supported
// CHECK-NEXT: all as it should be

#include "blas.h"

#include <cublasLt.h>
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>
#include <hipblaslt/hipblaslt.h>

// From ROCm 6.2.2's hipblaslt.h.
static_assert(HIPBLASLT_EPILOGUE_GELU_AUX_BIAS == 164 && HIPBLASLT_EPILOGUE_BGRADB == 512);
static_assert(HIPBLASLT_MATRIX_LAYOUT_BATCH_COUNT == 0 && HIPBLASLT_MATRIX_LAYOUT_LD == 6);
static_assert(HIPBLASLT_MATMUL_DESC_EPILOGUE == 2 && HIPBLASLT_MATMUL_DESC_POINTER_MODE == 13 && HIPBLASLT_MATMUL_DESC_AMAX_D_POINTER == 14);

static cublasLtHandle_t handle;

/// A layout and the matrices behind it, whole numbers from a formula.
template <class T> struct Operand {
  cublasLtMatrixLayout_t layout;
  int rows, columns, leading, batches;
  bool isRows;
  int64_t stride;
  Array<T> data;

  Operand(cudaDataType type, int rows, int columns, int seed, bool isRows = false, int batches = 1)
      : rows(rows), columns(columns), leading((isRows ? columns : rows) + 3), batches(batches), isRows(isRows),
        stride(int64_t(leading) * (isRows ? rows : columns) + 5), data(values(stride * batches, seed)) {
    OK(cublasLtMatrixLayoutCreate(&layout, type, rows, columns, leading));
    int32_t order = isRows ? CUBLASLT_ORDER_ROW : CUBLASLT_ORDER_COL;
    OK(cublasLtMatrixLayoutSetAttribute(layout, CUBLASLT_MATRIX_LAYOUT_ORDER, &order, sizeof order));
    OK(cublasLtMatrixLayoutSetAttribute(layout, CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT, &batches, sizeof batches));
    OK(cublasLtMatrixLayoutSetAttribute(layout, CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET, &stride, sizeof stride));
  }
  ~Operand() { OK(cublasLtMatrixLayoutDestroy(layout)); }
  static std::vector<T> values(size_t size, int seed) {
    std::vector<T> result;
    for (size_t i = 0; i < size; ++i)
      result.push_back(T(float(int(i * 7 + seed * 3) % 9 - 4)));
    return result;
  }
  /// As doubles, in columns without gaps, one batch after the other.
  std::vector<double> host() const {
    std::vector<T> all = data.host();
    std::vector<double> result;
    for (int batch = 0; batch < batches; ++batch)
      for (int j = 0; j < columns; ++j)
        for (int i = 0; i < rows; ++i)
          result.push_back(double(float(all[batch * stride + (isRows ? i * leading + j : i + j * leading)])));
    return result;
  }
};

struct Descriptor {
  cublasLtMatmulDesc_t desc;
  Descriptor(cublasComputeType_t compute, cudaDataType scale) { OK(cublasLtMatmulDescCreate(&desc, compute, scale)); }
  ~Descriptor() { OK(cublasLtMatmulDescDestroy(desc)); }
  template <class T> void set(cublasLtMatmulDescAttributes_t attribute, T value) {
    OK(cublasLtMatmulDescSetAttribute(desc, attribute, &value, sizeof value));
  }
};

/// op(a) op(b) of one batch, by three loops.
static std::vector<double> product(const std::vector<double> &a, const std::vector<double> &b, int m, int n, int k, bool turnA, bool turnB,
                                   int batch = 0) {
  std::vector<double> result(m * n);
  const double *x = a.data() + batch * m * k, *y = b.data() + batch * k * n;
  for (int i = 0; i < m; ++i)
    for (int j = 0; j < n; ++j)
      for (int l = 0; l < k; ++l)
        result[i + j * m] += (turnA ? x[l + i * k] : x[i + l * m]) * (turnB ? y[j + l * n] : y[l + j * k]);
  return result;
}

static bool near(const std::vector<double> &is, const std::vector<double> &wanted, double tolerance) {
  for (size_t i = 0; i < wanted.size(); ++i)
    if (!(std::abs(is[i] - wanted[i]) <= tolerance * (1 + std::abs(wanted[i])))) {
      std::cout << "at " << i << ": " << is[i] << ", not " << wanted[i] << std::endl;
      return false;
    }
  return is.size() == wanted.size();
}

static constexpr int m = 5, n = 4, k = 6;

/// D = 2 op(A) op(B) + C for batches, every operation and order of memory.
template <class T, class D, class Scale>
static void types(cudaDataType type, cudaDataType typeD, cublasComputeType_t compute, cudaDataType typeScale, double tolerance = 0,
                  bool saturates = false) {
  for (bool turnA : {false, true})
    for (bool turnB : {false, true})
      for (int rows = 0; rows < 8; ++rows) {
        int batches = rows == 5 ? 3 : 1;
        Operand<T> a(type, turnA ? k : m, turnA ? m : k, 1, rows & 1, batches), b(type, turnB ? n : k, turnB ? k : n, 2, rows & 2, batches);
        Operand<D> c(typeD, m, n, 3, rows & 4, batches), d(typeD, m, n, 4, rows & 4, batches);
        Descriptor how(compute, typeScale);
        how.set(CUBLASLT_MATMUL_DESC_TRANSA, turnA ? CUBLAS_OP_T : CUBLAS_OP_N);
        how.set(CUBLASLT_MATMUL_DESC_TRANSB, turnB ? CUBLAS_OP_T : CUBLAS_OP_N);
        Scale alpha = Scale(2.f), beta = Scale(1.f);
        OK(cublasLtMatmul(handle, how.desc, &alpha, a.data, a.layout, b.data, b.layout, &beta, c.data, c.layout, d.data, d.layout, nullptr,
                          nullptr, 0, nullptr));
        std::vector<double> before = c.host(), wanted;
        for (int batch = 0; batch < batches; ++batch)
          for (double value : product(a.host(), b.host(), m, n, k, turnA, turnB, batch)) {
            double sum = 2 * value + before[wanted.size()];
            wanted.push_back(saturates ? std::min(127., std::max(-128., sum)) : sum);
          }
        CHECK(near(d.host(), wanted, tolerance));
      }
}

/// To a binary float of so many bits and so small a normal exponent, the even one of two; too large ones to the largest.
static double rounded(double x, int bits, int leastExponent, double largest) {
  int exponent;
  std::frexp(x, &exponent);
  double unit = std::ldexp(1, std::max(exponent - bits, leastExponent - bits + 1));
  return std::min(largest, std::max(-largest, std::nearbyint(x / unit) * unit));
}
static double roundedTo(cudaDataType type, double x) {
  switch (type) {
  case CUDA_R_8F_E4M3: return rounded(x, 4, -6, 448);
  case CUDA_R_8F_E5M2: return rounded(x, 3, -14, 57344);
  case CUDA_R_16BF: return rounded(x, 8, -126, 3e38);
  default: return x;
  }
}

/// Floats of 8 bits, A turned, with scales: D = scaleD (2 scaleA scaleB op(A) B + scaleC C + bias); the largest element before scaleD.
template <class A, class B, class C, class D> static void eightBits(cudaDataType typeA, cudaDataType typeB, cudaDataType typeC, cudaDataType typeD, float scale) {
  Operand<A> a(typeA, k, m, 1);
  Operand<B> b(typeB, k, n, 2);
  Operand<C> c(typeC, m, n, 3);
  Operand<D> d(typeD, m, n, 4);
  std::vector<double> plain = product(a.host(), b.host(), m, n, k, true, false), before = c.host(), wanted;
  const std::vector<float> biasValues{1, -2, 0.5, 0, 3};
  // Its type is C's, but bfloat16 with a C of float.
  using BiasType = std::conditional_t<std::is_same_v<C, float>, __nv_bfloat16, C>;
  std::vector<BiasType> biasHost;
  for (float value : biasValues)
    biasHost.push_back(BiasType(value));
  Array<BiasType> bias(biasHost);
  Array<float> scaleA(std::vector<float>{0.5f}), scaleB(std::vector<float>{4}), scaleC(std::vector<float>{-3}), scaleD(std::vector<float>{scale}), largest(std::vector<float>{-1});
  Descriptor how(CUBLAS_COMPUTE_32F, CUDA_R_32F);
  how.set(CUBLASLT_MATMUL_DESC_TRANSA, CUBLAS_OP_T);
  how.set(CUBLASLT_MATMUL_DESC_A_SCALE_POINTER, scaleA.data);
  how.set(CUBLASLT_MATMUL_DESC_B_SCALE_POINTER, scaleB.data);
  how.set(CUBLASLT_MATMUL_DESC_C_SCALE_POINTER, scaleC.data);
  how.set(CUBLASLT_MATMUL_DESC_D_SCALE_POINTER, scaleD.data);
  how.set(CUBLASLT_MATMUL_DESC_AMAX_D_POINTER, largest.data);
  how.set(CUBLASLT_MATMUL_DESC_FAST_ACCUM, int8_t(1));
  how.set(CUBLASLT_MATMUL_DESC_EPILOGUE, CUBLASLT_EPILOGUE_BIAS);
  how.set(CUBLASLT_MATMUL_DESC_BIAS_POINTER, bias.data);
  float alpha = 2, beta = 1;
  OK(cublasLtMatmul(handle, how.desc, &alpha, a.data, a.layout, b.data, b.layout, &beta, c.data, c.layout, d.data, d.layout, nullptr, nullptr, 0, nullptr));
  double most = 0;
  for (int i = 0; i < m * n; ++i) {
    double value = 4 * plain[i] - 3 * before[i] + biasValues[i % m];
    most = std::max(most, std::abs(value));
    wanted.push_back(roundedTo(typeD, value * scale));
  }
  CHECK(d.host() == wanted);
  IS(largest.host()[0], most);
}

/// An aux of 8 bits with its scale and largest element; a scale for each row and column; and what of it all is refused.
static void eightBitsMore() {
  Operand<__nv_fp8_e4m3> a(CUDA_R_8F_E4M3, k, m, 1), b(CUDA_R_8F_E4M3, k, n, 2);
  Operand<__nv_fp8_e5m2> wide(CUDA_R_8F_E5M2, k, n, 2);
  Operand<float> d(CUDA_R_32F, m, n, 3);
  std::vector<double> plain = product(a.host(), b.host(), m, n, k, true, false), wanted;
  const int auxLeading = 16;
  Array<__nv_fp8_e4m3> aux(auxLeading * n);
  Array<float> scaleAux(std::vector<float>{8}), largest(std::vector<float>{-1}), rows({1, 2, 0.5, 4, 1}), columns({1, 0.25, 2, 1});
  Operand<__half> h(CUDA_R_16F, m, n, 3);
  auto withTypes = [&](Descriptor &how, float alpha, auto &y, auto &z) {
    float beta = 0;
    how.set(CUBLASLT_MATMUL_DESC_TRANSA, CUBLAS_OP_T);
    return cublasLtMatmul(handle, how.desc, &alpha, a.data, a.layout, y.data, y.layout, &beta, nullptr, z.layout, z.data, z.layout, nullptr, nullptr, 0, nullptr);
  };
  {
    Descriptor how(CUBLAS_COMPUTE_32F, CUDA_R_32F);
    how.set(CUBLASLT_MATMUL_DESC_EPILOGUE, CUBLASLT_EPILOGUE_GELU_AUX);
    how.set(CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_POINTER, aux.data);
    how.set(CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_LD, int64_t(auxLeading));
    how.set(CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_DATA_TYPE, int32_t(CUDA_R_8F_E4M3));
    how.set(CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_SCALE_POINTER, scaleAux.data);
    how.set(CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_AMAX_POINTER, largest.data);
    OK(withTypes(how, 0.0625f, b, h));
    std::vector<__nv_fp8_e4m3> kept = aux.host();
    double most = 0;
    for (int i = 0; i < m * n; ++i) {
      IS(double(float(kept[i % m + i / m * auxLeading])), roundedTo(CUDA_R_8F_E4M3, plain[i] * 0.0625 * 8));
      most = std::max(most, std::abs(plain[i] * 0.0625));
    }
    IS(largest.host()[0], most);
  }
  {
    Descriptor how(CUBLAS_COMPUTE_32F, CUDA_R_32F);
    how.set(CUBLASLT_MATMUL_DESC_A_SCALE_POINTER, rows.data);
    how.set(CUBLASLT_MATMUL_DESC_B_SCALE_POINTER, columns.data);
    how.set(CUBLASLT_MATMUL_DESC_A_SCALE_MODE, int32_t(CUBLASLT_MATMUL_MATRIX_SCALE_OUTER_VEC_32F));
    how.set(CUBLASLT_MATMUL_DESC_B_SCALE_MODE, int32_t(CUBLASLT_MATMUL_MATRIX_SCALE_OUTER_VEC_32F));
    OK(withTypes(how, 1, b, d));
    std::vector<float> first = rows.host(), second = columns.host();
    for (int i = 0; i < m * n; ++i)
      wanted.push_back(plain[i] * first[i % m] * second[i / m]);
    CHECK(d.host() == wanted);
    how.set(CUBLASLT_MATMUL_DESC_B_SCALE_MODE, int32_t(CUBLASLT_MATMUL_MATRIX_SCALE_VEC32_UE8M0));
    IS(withTypes(how, 1, b, d), CUBLAS_STATUS_NOT_SUPPORTED);
  }
  Operand<__nv_fp8_e5m2> e(CUDA_R_8F_E5M2, m, n, 3);
  Operand<double> doubles(CUDA_R_64F, m, n, 3);
  Descriptor how(CUBLAS_COMPUTE_32F, CUDA_R_32F);
  IS(withTypes(how, 1, b, e), CUBLAS_STATUS_NOT_SUPPORTED); // C of 8 bits
  IS(withTypes(how, 1, b, doubles), CUBLAS_STATUS_NOT_SUPPORTED);
  OK(withTypes(how, 1, wide, d));
  CHECK(d.host() == plain);
}

static double gelu(double x) { return x / 2 * (1 + std::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x))); }
/// By a difference of its values.
static double geluSlope(double x) { return (gelu(x + 1e-5) - gelu(x - 1e-5)) / 2e-5; }

/// Of half, with an aux in float: so its type is not D's.
static void epilogues() {
  const int auxLeading = 128;
  Operand<__half> a(CUDA_R_16F, k, m, 1), b(CUDA_R_16F, k, n, 2), d(CUDA_R_16F, m, n, 3);
  // Small, so that GELU is neither 0 nor its argument.
  float alpha = 0.0625f, beta = 0;
  std::vector<double> plain = product(a.host(), b.host(), m, n, k, true, false);
  for (double &value : plain)
    value *= alpha;
  std::vector<float> biasValues{1, -2, 0.5, 0, 3};
  auto run = [&](cublasLtEpilogue_t epilogue, void *bias, void *aux) {
    Descriptor how(CUBLAS_COMPUTE_32F, CUDA_R_32F);
    how.set(CUBLASLT_MATMUL_DESC_TRANSA, CUBLAS_OP_T);
    how.set(CUBLASLT_MATMUL_DESC_EPILOGUE, epilogue);
    how.set(CUBLASLT_MATMUL_DESC_BIAS_POINTER, bias);
    how.set(CUBLASLT_MATMUL_DESC_BIAS_DATA_TYPE, int32_t(CUDA_R_32F));
    how.set(CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_POINTER, aux);
    how.set(CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_LD, int64_t(auxLeading));
    how.set(CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_DATA_TYPE, int32_t(CUDA_R_32F));
    OK(cublasLtMatmul(handle, how.desc, &alpha, a.data, a.layout, b.data, b.layout, &beta, d.data, d.layout, d.data, d.layout, nullptr, nullptr,
                      0, nullptr));
    return d.host();
  };
  auto wanted = [&](auto each) {
    std::vector<double> result;
    for (int j = 0; j < n; ++j)
      for (int i = 0; i < m; ++i)
        result.push_back(each(plain[i + j * m], i, j));
    return result;
  };
  Array<float> bias(biasValues);
  auto biased = [&](double x, int i) { return x + biasValues[i]; };
  auto relu = [](double x) { return x > 0 ? x : 0; };
  CHECK(near(run(CUBLASLT_EPILOGUE_DEFAULT, nullptr, nullptr), plain, 1e-3));
  CHECK(near(run(CUBLASLT_EPILOGUE_RELU, nullptr, nullptr), wanted([&](double x, int, int) { return relu(x); }), 1e-3));
  CHECK(near(run(CUBLASLT_EPILOGUE_BIAS, bias, nullptr), wanted([&](double x, int i, int) { return biased(x, i); }), 1e-3));
  CHECK(near(run(CUBLASLT_EPILOGUE_RELU_BIAS, bias, nullptr), wanted([&](double x, int i, int) { return relu(biased(x, i)); }), 1e-3));
  CHECK(near(run(CUBLASLT_EPILOGUE_GELU, nullptr, nullptr), wanted([&](double x, int, int) { return gelu(x); }), 1e-3));
  CHECK(near(run(CUBLASLT_EPILOGUE_GELU_BIAS, bias, nullptr), wanted([&](double x, int i, int) { return gelu(biased(x, i)); }), 1e-3));

  // The aux has what the activation was given; its derivative reads it again.
  Array<float> aux(auxLeading * n), gradient(m);
  CHECK(near(run(CUBLASLT_EPILOGUE_GELU_AUX_BIAS, bias, aux), wanted([&](double x, int i, int) { return gelu(biased(x, i)); }), 1e-3));
  std::vector<float> kept = aux.host();
  CHECK(near(wanted([&](double, int i, int j) { return kept[i + j * auxLeading]; }), wanted([&](double x, int i, int) { return biased(x, i); }), 1e-6));
  auto slope = [&](double x, int i, int) { return x * geluSlope(biased(x, i)); };
  CHECK(near(run(CUBLASLT_EPILOGUE_DGELU, nullptr, aux), wanted(slope), 1e-3));
  CHECK(near(run(CUBLASLT_EPILOGUE_DGELU_BGRAD, gradient, aux), wanted(slope), 1e-3));
  std::vector<double> slopes = wanted(slope), sums(m);
  for (int i = 0; i < m * n; ++i)
    sums[i % m] += slopes[i];
  std::vector<float> given = gradient.host();
  CHECK(near({given.begin(), given.end()}, sums, 1e-4));

  Array<unsigned char> mask(auxLeading * n / 8);
  CHECK(near(run(CUBLASLT_EPILOGUE_RELU_AUX_BIAS, bias, mask), wanted([&](double x, int i, int) { return relu(biased(x, i)); }), 1e-3));
  auto passed = [&](double x, int i, int) { return biased(x, i) > 0 ? x : 0; };
  CHECK(near(run(CUBLASLT_EPILOGUE_DRELU, nullptr, mask), wanted(passed), 1e-3));
  CHECK(near(run(CUBLASLT_EPILOGUE_DRELU_BGRAD, gradient, mask), wanted(passed), 1e-3));
  CHECK(near(run(CUBLASLT_EPILOGUE_RELU_AUX, nullptr, mask), wanted([&](double x, int, int) { return relu(x); }), 1e-3));
  CHECK(near(run(CUBLASLT_EPILOGUE_GELU_AUX, nullptr, aux), wanted([&](double x, int, int) { return gelu(x); }), 1e-3));

  // Gradients of what is multiplied: A is turned, so its columns are summed; of B its columns, too.
  std::vector<double> x = a.host(), y = b.host(), ofA(m), ofB(n);
  for (int l = 0; l < k; ++l) {
    for (int i = 0; i < m; ++i)
      ofA[i] += x[l + i * k];
    for (int j = 0; j < n; ++j)
      ofB[j] += y[l + j * k];
  }
  CHECK(near(run(CUBLASLT_EPILOGUE_BGRADA, gradient, nullptr), plain, 1e-3));
  given = gradient.host();
  CHECK(near({given.begin(), given.end()}, ofA, 0));
  CHECK(near(run(CUBLASLT_EPILOGUE_BGRADB, gradient, nullptr), plain, 1e-3));
  given = gradient.host();
  CHECK(near({given.begin(), given.begin() + n}, ofB, 0));
}

static void pointerModes() {
  Operand<float> a(CUDA_R_32F, m, k, 1), b(CUDA_R_32F, k, n, 2), c(CUDA_R_32F, m, n, 3), d(CUDA_R_32F, m, n, 4);
  std::vector<double> plain = product(a.host(), b.host(), m, n, k, false, false), before = c.host();
  Array<float> alphas({1, 2, 3, 4, 5}), betas({-1, 0, 1, 2, 0.5});
  float half = 0.5;
  auto run = [&](cublasLtPointerMode_t mode, const void *alpha, const void *beta) {
    Descriptor how(CUBLAS_COMPUTE_32F, CUDA_R_32F);
    how.set(CUBLASLT_MATMUL_DESC_POINTER_MODE, mode);
    OK(cublasLtMatmul(handle, how.desc, alpha, a.data, a.layout, b.data, b.layout, beta, c.data, c.layout, d.data, d.layout, nullptr, nullptr, 0,
                      nullptr));
    return d.host();
  };
  auto wanted = [&](auto alpha, auto beta) {
    std::vector<double> result;
    for (int i = 0; i < m * n; ++i)
      result.push_back(alpha(i % m) * plain[i] + beta(i % m) * before[i]);
    return result;
  };
  std::vector<float> first = alphas.host(), second = betas.host();
  auto each = [](const std::vector<float> &values) { return [&values](int i) { return values[i]; }; };
  auto always = [](double value) { return [value](int) { return value; }; };
  CHECK(run(CUBLASLT_POINTER_MODE_DEVICE, alphas + 1, betas + 3) == wanted(always(2), always(2)));
  CHECK(run(CUBLASLT_POINTER_MODE_DEVICE_VECTOR, alphas, betas) == wanted(each(first), each(second)));
  CHECK(run(CUBLASLT_POINTER_MODE_ALPHA_DEVICE_VECTOR_BETA_ZERO, alphas, nullptr) == wanted(each(first), always(0)));
  CHECK(run(CUBLASLT_POINTER_MODE_ALPHA_DEVICE_VECTOR_BETA_HOST, alphas, &half) == wanted(each(first), always(0.5)));
}

static void complexNumbers() {
  using C = std::complex<float>;
  // (1 + i, 2) conjugated and turned, times (i, 3): (1 - i) i + 2 * 3
  Array<cuComplex> a({{1, 1}, {2, 0}}), b({{0, 1}, {3, 0}}), d(1);
  cublasLtMatrixLayout_t column, one;
  OK(cublasLtMatrixLayoutCreate(&column, CUDA_C_32F, 2, 1, 2));
  OK(cublasLtMatrixLayoutCreate(&one, CUDA_C_32F, 1, 1, 1));
  Descriptor how(CUBLAS_COMPUTE_32F, CUDA_C_32F);
  how.set(CUBLASLT_MATMUL_DESC_TRANSA, CUBLAS_OP_C);
  cuComplex alpha{0, 1}, beta{0, 0};
  OK(cublasLtMatmul(handle, how.desc, &alpha, a, column, b, column, &beta, nullptr, one, d, one, nullptr, nullptr, 0, nullptr));
  CHECK(number(d.host()[0]) == C(0, 1) * (C(1, -1) * C(0, 1) + C(6)));
}

static void transformations() {
  Operand<float> a(CUDA_R_32F, 3, 4, 1), b(CUDA_R_32F, 4, 3, 2, true);
  Operand<__half> c(CUDA_R_16F, 4, 3, 3, true);
  cublasLtMatrixTransformDesc_t how;
  OK(cublasLtMatrixTransformDescCreate(&how, CUDA_R_32F));
  cublasOperation_t turn = CUBLAS_OP_T;
  OK(cublasLtMatrixTransformDescSetAttribute(how, CUBLASLT_MATRIX_TRANSFORM_DESC_TRANSA, &turn, sizeof turn));
  float alpha = 2, beta = -1;
  OK(cublasLtMatrixTransform(handle, how, &alpha, a.data, a.layout, &beta, b.data, b.layout, c.data, c.layout, nullptr));
  std::vector<double> x = a.host(), y = b.host(), wanted(12);
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 3; ++j)
      wanted[i + j * 4] = 2 * x[j + i * 3] - y[i + j * 4];
  CHECK(c.host() == wanted);
  OK(cublasLtMatrixTransform(handle, how, &alpha, a.data, a.layout, nullptr, nullptr, nullptr, c.data, c.layout, nullptr));
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 3; ++j)
      wanted[i + j * 4] = 2 * x[j + i * 3];
  CHECK(c.host() == wanted);
  IS(cublasLtMatrixTransform(handle, how, &alpha, b.data, b.layout, nullptr, nullptr, nullptr, c.data, c.layout, nullptr), CUBLAS_STATUS_INVALID_VALUE);
  OK(cublasLtMatrixTransformDescDestroy(how));
}

static void attributes() {
  cublasLtMatmulDescOpaque_t inPlace;
  OK(cublasLtMatmulDescInit(&inPlace, CUBLAS_COMPUTE_32F, CUDA_R_32F));
  size_t written = 0;
  int32_t value = 7;
  OK(cublasLtMatmulDescGetAttribute(&inPlace, CUBLASLT_MATMUL_DESC_EPILOGUE, &value, sizeof value, &written));
  IS(value, int(CUBLASLT_EPILOGUE_DEFAULT));
  IS(written, sizeof value);
  OK(cublasLtMatmulDescGetAttribute(&inPlace, CUBLASLT_MATMUL_DESC_BIAS_POINTER, nullptr, 0, &written));
  IS(written, sizeof(void *));
  char small = 0;
  IS(cublasLtMatmulDescSetAttribute(&inPlace, CUBLASLT_MATMUL_DESC_EPILOGUE, &small, 1), CUBLAS_STATUS_INVALID_VALUE);
  IS(cublasLtMatmulDescGetAttribute(&inPlace, CUBLASLT_MATMUL_DESC_EPILOGUE, &small, 1, &written), CUBLAS_STATUS_INVALID_VALUE);
  IS(cublasLtMatmulDescSetAttribute(&inPlace, cublasLtMatmulDescAttributes_t(99), &value, sizeof value), CUBLAS_STATUS_INVALID_VALUE);

  Operand<float> a(CUDA_R_32F, m, k, 1), b(CUDA_R_32F, k, n, 2), c(CUDA_R_32F, m, n, 3);
  cublasLtMatmulPreference_t preference;
  OK(cublasLtMatmulPreferenceCreate(&preference));
  uint64_t workspace = 1 << 20;
  OK(cublasLtMatmulPreferenceSetAttribute(preference, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, &workspace, sizeof workspace));
  cublasLtMatmulHeuristicResult_t results[3];
  int returned = 0;
  OK(cublasLtMatmulAlgoGetHeuristic(handle, &inPlace, a.layout, b.layout, c.layout, c.layout, preference, 3, results, &returned));
  IS(returned, 1);
  IS(results[0].state, CUBLAS_STATUS_SUCCESS);
  IS(results[0].workspaceSize, 0u);
  uint32_t tile = 5;
  OK(cublasLtMatmulAlgoConfigSetAttribute(&results[0].algo, CUBLASLT_ALGO_CONFIG_TILE_ID, &tile, sizeof tile));
  OK(cublasLtMatmulAlgoCheck(handle, &inPlace, a.layout, b.layout, c.layout, c.layout, &results[0].algo, &results[1]));
  tile = 0;
  OK(cublasLtMatmulAlgoConfigGetAttribute(&results[1].algo, CUBLASLT_ALGO_CONFIG_TILE_ID, &tile, sizeof tile, &written));
  IS(tile, 5u);
  OK(cublasLtMatmulAlgoCapGetAttribute(&results[0].algo, CUBLASLT_ALGO_CAP_STRIDED_BATCH_SUPPORT, &value, sizeof value, &written));
  IS(value, 1);
  OK(cublasLtMatmulPreferenceDestroy(preference));

  // What does not fit together, and what is not there.
  float one = 1;
  auto run = [&](Operand<float> &x, Operand<float> &y, Operand<float> &z) {
    return cublasLtMatmul(handle, &inPlace, &one, x.data, x.layout, y.data, y.layout, &one, z.data, z.layout, z.data, z.layout, nullptr, nullptr, 0,
                          nullptr);
  };
  IS(run(b, a, c), CUBLAS_STATUS_INVALID_VALUE);
  IS(cublasLtMatmul(nullptr, &inPlace, &one, a.data, a.layout, b.data, b.layout, &one, c.data, c.layout, c.data, c.layout, nullptr, nullptr, 0, nullptr),
     CUBLAS_STATUS_NOT_INITIALIZED);
  OK(cublasLtMatmulDescInit(&inPlace, CUBLAS_COMPUTE_32F, CUDA_R_64F));
  IS(run(a, b, c), CUBLAS_STATUS_NOT_SUPPORTED);
  IS(cublasLtMatmulAlgoGetHeuristic(handle, &inPlace, a.layout, b.layout, c.layout, c.layout, nullptr, 1, results, &returned),
     CUBLAS_STATUS_NOT_SUPPORTED);
  IS(returned, 0);
  OK(cublasLtMatmulDescInit(&inPlace, CUBLAS_COMPUTE_32F, CUDA_R_32F));
  int32_t order = CUBLASLT_ORDER_COL32;
  OK(cublasLtMatrixLayoutSetAttribute(a.layout, CUBLASLT_MATRIX_LAYOUT_ORDER, &order, sizeof order));
  IS(run(a, b, c), CUBLAS_STATUS_NOT_SUPPORTED);
  order = CUBLASLT_ORDER_COL;
  OK(cublasLtMatrixLayoutSetAttribute(a.layout, CUBLASLT_MATRIX_LAYOUT_ORDER, &order, sizeof order));
  uint32_t epilogue = 3;
  OK(cublasLtMatmulDescSetAttribute(&inPlace, CUBLASLT_MATMUL_DESC_EPILOGUE, &epilogue, sizeof epilogue));
  IS(run(a, b, c), CUBLAS_STATUS_NOT_SUPPORTED);
  epilogue = CUBLASLT_EPILOGUE_BIAS; // without one
  OK(cublasLtMatmulDescSetAttribute(&inPlace, CUBLASLT_MATMUL_DESC_EPILOGUE, &epilogue, sizeof epilogue));
  IS(run(a, b, c), CUBLAS_STATUS_INVALID_VALUE);
  epilogue = CUBLASLT_EPILOGUE_DEFAULT;
  OK(cublasLtMatmulDescSetAttribute(&inPlace, CUBLASLT_MATMUL_DESC_EPILOGUE, &epilogue, sizeof epilogue));
  const void *scale = a.data.data;
  OK(cublasLtMatmulDescSetAttribute(&inPlace, CUBLASLT_MATMUL_DESC_A_SCALE_POINTER, &scale, sizeof scale));
  IS(run(a, b, c), CUBLAS_STATUS_NOT_SUPPORTED);
}

static void hip() {
  hipblasLtHandle_t lt;
  IS(hipblasLtCreate(&lt), HIPBLAS_STATUS_SUCCESS);
  Array<float> a({1, 2, 3, 4}), b({5, 6, 7, 8}), bias({100, 200}), d(4);
  hipblasLtMatmulDesc_t how;
  IS(hipblasLtMatmulDescCreate(&how, HIPBLAS_COMPUTE_32F, HIP_R_32F), HIPBLAS_STATUS_SUCCESS);
  hipblasOperation_t turn = HIPBLAS_OP_T, given = HIPBLAS_OP_N;
  size_t written;
  IS(hipblasLtMatmulDescSetAttribute(how, HIPBLASLT_MATMUL_DESC_TRANSA, &turn, sizeof turn), HIPBLAS_STATUS_SUCCESS);
  IS(hipblasLtMatmulDescGetAttribute(how, HIPBLASLT_MATMUL_DESC_TRANSA, &given, sizeof given, &written), HIPBLAS_STATUS_SUCCESS);
  IS(given, HIPBLAS_OP_T);
  hipblasLtEpilogue_t epilogue = HIPBLASLT_EPILOGUE_BIAS;
  IS(hipblasLtMatmulDescSetAttribute(how, HIPBLASLT_MATMUL_DESC_EPILOGUE, &epilogue, sizeof epilogue), HIPBLAS_STATUS_SUCCESS);
  IS(hipblasLtMatmulDescSetAttribute(how, HIPBLASLT_MATMUL_DESC_BIAS_POINTER, &bias.data, sizeof(void *)), HIPBLAS_STATUS_SUCCESS);
  hipblasLtMatrixLayout_t square;
  IS(hipblasLtMatrixLayoutCreate(&square, HIP_R_32F, 2, 2, 2), HIPBLAS_STATUS_SUCCESS);
  hipblasLtMatmulPreference_t preference;
  IS(hipblasLtMatmulPreferenceCreate(&preference), HIPBLAS_STATUS_SUCCESS);
  hipblasLtMatmulHeuristicResult_t result[2];
  int returned = 0;
  IS(hipblasLtMatmulAlgoGetHeuristic(lt, how, square, square, square, square, preference, 2, result, &returned), HIPBLAS_STATUS_SUCCESS);
  IS(returned, 1);
  float one = 1, zero = 0;
  IS(hipblasLtMatmul(lt, how, &one, a, square, b, square, &zero, d, square, d, square, &result[0].algo, nullptr, 0, nullptr), HIPBLAS_STATUS_SUCCESS);
  CHECK(d.host() == (std::vector<float>{117, 239, 123, 253}));
  IS(hipblasLtMatmulPreferenceDestroy(preference), HIPBLAS_STATUS_SUCCESS);
  IS(hipblasLtMatrixLayoutDestroy(square), HIPBLAS_STATUS_SUCCESS);
  IS(hipblasLtMatmulDescDestroy(how), HIPBLAS_STATUS_SUCCESS);
  IS(hipblasLtDestroy(lt), HIPBLAS_STATUS_SUCCESS);
}

int main() {
  OK(cublasLtCreate(&handle));
  types<float, float, float>(CUDA_R_32F, CUDA_R_32F, CUBLAS_COMPUTE_32F, CUDA_R_32F);
  types<float, float, float>(CUDA_R_32F, CUDA_R_32F, CUBLAS_COMPUTE_32F_FAST_TF32, CUDA_R_32F);
  types<double, double, double>(CUDA_R_64F, CUDA_R_64F, CUBLAS_COMPUTE_64F, CUDA_R_64F);
  types<__half, __half, float>(CUDA_R_16F, CUDA_R_16F, CUBLAS_COMPUTE_32F, CUDA_R_32F);
  types<__half, __half, __half>(CUDA_R_16F, CUDA_R_16F, CUBLAS_COMPUTE_16F, CUDA_R_16F);
  types<__half, float, float>(CUDA_R_16F, CUDA_R_32F, CUBLAS_COMPUTE_32F, CUDA_R_32F);
  types<__nv_bfloat16, __nv_bfloat16, float>(CUDA_R_16BF, CUDA_R_16BF, CUBLAS_COMPUTE_32F, CUDA_R_32F, 1. / 256);
  types<int8_t, int32_t, int32_t>(CUDA_R_8I, CUDA_R_32I, CUBLAS_COMPUTE_32I, CUDA_R_32I);
  types<int8_t, int8_t, float>(CUDA_R_8I, CUDA_R_8I, CUBLAS_COMPUTE_32I, CUDA_R_32F, 0, true);
  eightBits<__nv_fp8_e4m3, __nv_fp8_e4m3, float, float>(CUDA_R_8F_E4M3, CUDA_R_8F_E4M3, CUDA_R_32F, CUDA_R_32F, 1);
  eightBits<__nv_fp8_e4m3, __nv_fp8_e5m2, __half, __half>(CUDA_R_8F_E4M3, CUDA_R_8F_E5M2, CUDA_R_16F, CUDA_R_16F, 1);
  eightBits<__nv_fp8_e5m2, __nv_fp8_e4m3, __nv_bfloat16, __nv_bfloat16>(CUDA_R_8F_E5M2, CUDA_R_8F_E4M3, CUDA_R_16BF, CUDA_R_16BF, 1);
  eightBits<__nv_fp8_e4m3, __nv_fp8_e4m3, __nv_bfloat16, __nv_fp8_e4m3>(CUDA_R_8F_E4M3, CUDA_R_8F_E4M3, CUDA_R_16BF, CUDA_R_8F_E4M3, 0.125f);
  eightBits<__nv_fp8_e5m2, __nv_fp8_e4m3, __half, __nv_fp8_e5m2>(CUDA_R_8F_E5M2, CUDA_R_8F_E4M3, CUDA_R_16F, CUDA_R_8F_E5M2, 0.125f);
  eightBits<__nv_fp8_e4m3, __nv_fp8_e4m3, __half, __nv_fp8_e4m3>(CUDA_R_8F_E4M3, CUDA_R_8F_E4M3, CUDA_R_16F, CUDA_R_8F_E4M3, 64); // beyond the largest
  eightBitsMore();
  epilogues();
  pointerModes();
  complexNumbers();
  transformations();
  attributes();
  hip();
  OK(cublasLtDestroy(handle));
  return done();
}
