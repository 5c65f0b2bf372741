// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cublasLtMatmul and what chooses its algorithm, of which there is one.
//
//   op(A) op(B) by CBLAS, in float, double for integers, or their complex types
//     --> alpha, beta C, bias, aux, activation, in one pass over the result  -->  the type of D

#include "Lt.h"
#include "Types.h"

#include <algorithm>
#include <cstring>
#include <optional>

using namespace cuport;
using namespace cuport::blas;

namespace {

/// The parts of cublasLtEpilogue_t's values, which are sums of them.
enum EpilogueBits : uint32_t { Relu = 2, Bias = 4, DRelu = 8, BiasGradient = 16, Gelu = 32, DGelu = 64, Aux = 128, GradientOfA = 256, GradientOfB = 512 };

bool isEpilogue(uint32_t value) {
  switch (value) {
  case CUBLASLT_EPILOGUE_DEFAULT:
  case CUBLASLT_EPILOGUE_RELU:
  case CUBLASLT_EPILOGUE_RELU_AUX:
  case CUBLASLT_EPILOGUE_BIAS:
  case CUBLASLT_EPILOGUE_RELU_BIAS:
  case CUBLASLT_EPILOGUE_RELU_AUX_BIAS:
  case CUBLASLT_EPILOGUE_DRELU:
  case CUBLASLT_EPILOGUE_DRELU_BGRAD:
  case CUBLASLT_EPILOGUE_GELU:
  case CUBLASLT_EPILOGUE_GELU_AUX:
  case CUBLASLT_EPILOGUE_GELU_BIAS:
  case CUBLASLT_EPILOGUE_GELU_AUX_BIAS:
  case CUBLASLT_EPILOGUE_DGELU:
  case CUBLASLT_EPILOGUE_DGELU_BGRAD:
  case CUBLASLT_EPILOGUE_BGRADA:
  case CUBLASLT_EPILOGUE_BGRADB:
    return true;
  default:
    return false;
  }
}

/// By the hyperbolic tangent, as cuBLASLt's.
template <class T> T gelu(T x) {
  const T factor = T(0.7978845608028654), cubic = T(0.044715); // sqrt(2 / pi)
  return x / 2 * (1 + std::tanh(factor * (x + cubic * x * x * x)));
}
template <class T> T geluSlope(T x) {
  const T factor = T(0.7978845608028654), cubic = T(0.044715);
  T t = std::tanh(factor * (x + cubic * x * x * x));
  return (1 + t) / 2 + x / 2 * (1 - t * t) * factor * (1 + 3 * cubic * x * x);
}

/// A matrix as CBLAS takes it: in columns, of its type.
template <class T> struct Operand {
  std::vector<T> copy;
  const T *data;
  int64_t leading;
  cublasOperation_t operation;
};

template <class T> constexpr cudaDataType dataType = std::is_same_v<T, float>       ? CUDA_R_32F
                                                     : std::is_same_v<T, double>    ? CUDA_R_64F
                                                     : std::is_same_v<T, cuComplex> ? CUDA_C_32F
                                                                                    : CUDA_C_64F;

template <class T> Operand<T> operand(const LtLayout &layout, const void *data, cublasOperation_t operation) {
  Operand<T> result{{}, static_cast<const T *>(data), layout.leading, operation};
  bool isRows = layout.order == CUBLASLT_ORDER_ROW;
  if (layout.type == dataType<T> && (!isRows || !isComplex<T>)) {
    if (isRows)
      result.operation = operation == CUBLAS_OP_N ? CUBLAS_OP_T : CUBLAS_OP_N;
    return result;
  }
  result.copy.resize(layout.rows * layout.columns);
  auto take = [&](auto convertOne) {
    for (uint64_t j = 0; j < layout.columns; ++j)
      for (uint64_t i = 0; i < layout.rows; ++i)
        result.copy[i + j * layout.rows] = convertOne(layout.at(i, j));
  };
  if constexpr (isComplex<T>)
    take([&](int64_t place) { return static_cast<const T *>(data)[place]; });
  else
    withMatrixType(cudaDataType(layout.type), [&]<class From>(Type<From>) {
      take([&](int64_t place) { return convert<T>(static_cast<const From *>(data)[place]); });
    });
  result.data = result.copy.data();
  result.leading = layout.rows;
  return result;
}

struct Matmul {
  LtMatmul desc;
  LtLayout a, b, c, d;

  int64_t rows() const { return d.rows; }
  int64_t columns() const { return d.columns; }
  int64_t inner() const { return desc.opA == CUBLAS_OP_N ? a.columns : a.rows; }
  bool has(uint32_t bits) const { return desc.epilogue & bits; }
  bool isComplexProduct() const { return d.type == CUDA_C_32F || d.type == CUDA_C_64F; }
  bool isOf8BitFloats() const { return isOf8Bits(cudaDataType(a.type)) || isOf8Bits(cudaDataType(b.type)); }
  cudaDataType biasType() const {
    if (desc.biasType >= 0)
      return cudaDataType(desc.biasType);
    if (isOf8BitFloats())
      return c.type == CUDA_R_32F ? CUDA_R_16BF : cudaDataType(c.type);
    return cudaDataType(d.type == CUDA_R_8I ? desc.scale : d.type);
  }
  cudaDataType auxType() const { return cudaDataType(desc.auxType >= 0 ? desc.auxType : d.type); }

  bool isValid() const {
    if (!a.isValid() || !b.isValid() || !c.isValid() || !d.isValid())
      return false;
    if (!isOperation(cublasOperation_t(desc.opA)) || !isOperation(cublasOperation_t(desc.opB)))
      return false;
    bool plainA = desc.opA == CUBLAS_OP_N, plainB = desc.opB == CUBLAS_OP_N;
    if ((plainA ? a.rows : a.columns) != d.rows || (plainB ? b.columns : b.rows) != d.columns ||
        (plainB ? b.rows : b.columns) != uint64_t(inner()) || c.rows != d.rows || c.columns != d.columns)
      return false;
    if (a.batchCount != d.batchCount || b.batchCount != d.batchCount || c.batchCount != d.batchCount)
      return false;
    if (has(Bias | BiasGradient | GradientOfA | GradientOfB) && !desc.bias)
      return false;
    // A mask of bits, where the result was positive, is kept in whole lines of 128.
    int64_t unit = has(Relu | DRelu) ? 128 : 8;
    return !has(Aux) || (desc.aux && desc.auxLeading >= rows() && desc.auxLeading % unit == 0);
  }

  /// cuBLASLt's table of 8-bit floats: not both of the wide kind, and C in a larger type, which D has, too, or one of 8 bits.
  bool is8BitProduct() const {
    cudaDataType typeA = cudaDataType(a.type), typeB = cudaDataType(b.type), typeC = cudaDataType(c.type), typeD = cudaDataType(d.type);
    bool isAnyWide = typeA == CUDA_R_8F_E5M2 || typeB == CUDA_R_8F_E5M2;
    bool isSmall = typeC == CUDA_R_16F || typeC == CUDA_R_16BF;
    return isOf8Bits(typeA) && isOf8Bits(typeB) && !(typeA == CUDA_R_8F_E5M2 && typeB == CUDA_R_8F_E5M2) && desc.compute == CUBLAS_COMPUTE_32F &&
           desc.scale == CUDA_R_32F && (isSmall || typeC == CUDA_R_32F) &&
           (typeD == typeC || (isSmall && (typeD == CUDA_R_8F_E4M3 || (typeD == CUDA_R_8F_E5M2 && isAnyWide))));
  }

  /// Scales are of products of 8-bit floats, whatever C and D are: one for a matrix, or one for each row of op(A) and each column of op(B).
  bool hasKnownScales() const {
    if (desc.emulation || desc.outScaleD)
      return false;
    if (!isOf8BitFloats())
      return !desc.scaleA && !desc.scaleB && !desc.scaleC && !desc.scaleD && !desc.scaleAux && !desc.amaxD && !desc.amaxAux;
    bool isByVectors = desc.scaleModeA == CUBLASLT_MATMUL_MATRIX_SCALE_OUTER_VEC_32F;
    for (int32_t mode : {desc.scaleModeC, desc.scaleModeD, desc.scaleModeAux, isByVectors ? 0 : desc.scaleModeA})
      if (mode != CUBLASLT_MATMUL_MATRIX_SCALE_SCALAR_32F)
        return false;
    return desc.scaleModeA == desc.scaleModeB && (!isByVectors || (desc.scaleA && desc.scaleB && d.batchCount == 1));
  }

  /// What of it is not supported; null: all is.
  const char *unsupported() const {
    for (const LtLayout *layout : {&a, &b, &c, &d}) {
      if (!layout->isPlainOrder() || layout->planeOffset)
        return "cublasLtMatmul in another order of memory than columns or rows";
      if (layout->batchMode != CUBLASLT_BATCH_MODE_STRIDED)
        return "cublasLtMatmul with arrays of pointers";
      if (!fits({int64_t(layout->rows), int64_t(layout->columns), layout->leading}))
        return "cublasLtMatmul of more than 2^31 rows or columns";
    }
    cudaDataType scale = cudaDataType(desc.scale), typeA = cudaDataType(a.type), typeB = cudaDataType(b.type), typeC = cudaDataType(c.type);
    bool isWhole = desc.compute == CUBLAS_COMPUTE_32I || desc.compute == CUBLAS_COMPUTE_32I_PEDANTIC;
    bool isScaled = isWhole && scale == CUDA_R_32F && typeA == CUDA_R_8I && typeB == CUDA_R_8I && typeC == CUDA_R_8I;
    bool isPlain = typeA == typeB && typeB == typeC && typeC == scale && isOfCblas(typeA);
    bool isOfTable = scale == scalarType(cublasComputeType_t(desc.compute), typeA) && (isPlain || isProductOfTypes(scale, typeA, typeB, typeC));
    if (!is8BitProduct() && (c.type != d.type || !(isOfTable || isScaled)))
      return "cublasLtMatmul of these types of data";
    if (!isEpilogue(desc.epilogue) || (desc.epilogue != CUBLASLT_EPILOGUE_DEFAULT && isComplexProduct()))
      return "cublasLtMatmul with this epilogue";
    auto isKnown = [this](cudaDataType type) { return isOf8BitFloats() ? withMatrixType(type, [](auto) {}) : withType(type, [](auto) {}); };
    if (!isKnown(isComplexProduct() ? CUDA_R_32F : biasType()) || !isKnown(isComplexProduct() ? CUDA_R_32F : auxType()))
      return "cublasLtMatmul with this type of bias or aux";
    if (desc.opC != CUBLAS_OP_N || desc.fill != CUBLAS_FILL_MODE_FULL)
      return "cublasLtMatmul into a triangle or with C transposed";
    if (!hasKnownScales())
      return "cublasLtMatmul with such scales, or emulation";
    if (desc.pointerMode < CUBLASLT_POINTER_MODE_HOST || desc.pointerMode > CUBLASLT_POINTER_MODE_ALPHA_DEVICE_VECTOR_BETA_HOST)
      return "cublasLtMatmul with this pointer mode";
    return nullptr;
  }
};

/// A float of the device's that scales a matrix of 8-bit floats, or of each row or column one; without any 1.
float scaleAt(const void *scales, int32_t mode, int64_t index) {
  if (!scales)
    return 1;
  return static_cast<const float *>(scales)[mode == CUBLASLT_MATMUL_MATRIX_SCALE_OUTER_VEC_32F ? index : 0];
}

/// The largest absolute value of what is put in; the device has it where it wants it.
struct Largest {
  float *place;
  explicit Largest(void *wanted) : place(static_cast<float *>(wanted)) {
    if (place)
      *place = 0;
  }
  template <class T> void add(T value) const {
    if (place)
      *place = std::max(*place, std::abs(float(value)));
  }
};

/// Alpha or beta: one for all rows, or one a row.
struct Factor {
  AnyScalar scalar;
  const void *vector;
  int64_t stride; ///< from one product to the next, in elements

  template <class T> Number<T> of(cudaDataType type, int64_t batch, int64_t row) const {
    const void *place = vector ? vector : scalar.place ? scalar.place : scalar.value;
    int64_t index = vector ? batch * stride + row : 0;
    if constexpr (isComplex<T>)
      return number(static_cast<const T *>(place)[index]);
    else
      return load<T>(place, type, index);
  }
};

template <class T> void multiply(const Matmul &p, const Factor &alpha, const void *dataA, const void *dataB, const Factor &beta,
                                 const void *dataC, void *dataD, int64_t batch, const Largest &largest, const Largest &largestAux) {
  int64_t m = p.rows(), n = p.columns(), k = p.inner();
  cudaDataType scale = cudaDataType(p.desc.scale), typeD = cudaDataType(p.d.type);
  auto at = [&](const void *data, const LtLayout &layout) {
    return static_cast<const char *>(data) + batch * layout.batchStride * sizeOf(cudaDataType(layout.type));
  };
  Operand<T> a = operand<T>(p.a, at(dataA, p.a), cublasOperation_t(p.desc.opA)), b = operand<T>(p.b, at(dataB, p.b), cublasOperation_t(p.desc.opB));
  std::vector<T> product(m * n);
  T one{}, zero{};
  *reinterpret_cast<Part<T> *>(&one) = 1;
  cblas::gemm<T>(CblasColMajor, blasOperation(a.operation), blasOperation(b.operation), m, n, k, pass(one), a.data, a.leading, b.data,
                 b.leading, pass(zero), product.data(), m);
  const void *c = dataC ? at(dataC, p.c) : nullptr;
  char *d = const_cast<char *>(at(dataD, p.d));
  auto scaled = [&](int64_t i, int64_t j) {
    Number<T> value = alpha.of<T>(scale, batch, i) * number(product[i + j * m]);
    if constexpr (!isComplex<T>)
      if (p.isOf8BitFloats())
        value *= T(scaleAt(p.desc.scaleA, p.desc.scaleModeA, i)) * T(scaleAt(p.desc.scaleB, p.desc.scaleModeB, j));
    Number<T> factor = beta.of<T>(scale, batch, i);
    if (factor == Number<T>(0))
      return value; // C may be anything
    if constexpr (!isComplex<T>)
      if (p.isOf8BitFloats())
        factor *= T(scaleAt(p.desc.scaleC, 0, 0));
    if constexpr (isComplex<T>)
      return value + factor * number(static_cast<const T *>(c)[p.c.at(i, j)]);
    else
      return value + factor * load<T>(c, cudaDataType(p.c.type), p.c.at(i, j));
  };
  if constexpr (isComplex<T>) {
    for (int64_t j = 0; j < n; ++j)
      for (int64_t i = 0; i < m; ++i)
        numbers(reinterpret_cast<T *>(d))[p.d.at(i, j)] = scaled(i, j);
  } else {
    cudaDataType biasType = p.biasType(), auxType = p.auxType();
    char *bias = static_cast<char *>(p.desc.bias) + batch * p.desc.biasStride * sizeOf(biasType);
    char *aux = static_cast<char *>(p.desc.aux) + (p.has(Relu | DRelu) ? batch * p.desc.auxStride / 8 : batch * p.desc.auxStride * sizeOf(auxType));
    std::vector<T> sums(m);
    for (int64_t j = 0; j < n; ++j)
      for (int64_t i = 0; i < m; ++i) {
        T value = scaled(i, j);
        int64_t auxPlace = i + j * p.desc.auxLeading;
        auto isPositive = [&] { return aux[auxPlace / 8] >> auxPlace % 8 & 1; };
        if (p.has(Bias))
          value += load<T>(bias, biasType, i);
        if (p.has(Relu)) {
          if (p.has(Aux) && isPositive() != (value > 0))
            aux[auxPlace / 8] ^= char(1 << auxPlace % 8);
          value = value > 0 ? value : T(0);
        } else if (p.has(Gelu)) {
          if (p.has(Aux)) {
            largestAux.add(value);
            store(value * T(scaleAt(p.desc.scaleAux, 0, 0)), aux, auxType, auxPlace);
          }
          value = gelu(value);
        } else if (p.has(DRelu)) {
          value = isPositive() ? value : T(0);
        } else if (p.has(DGelu)) {
          value *= geluSlope(load<T>(aux, auxType, auxPlace));
        }
        sums[i] += value;
        largest.add(value);
        store(value * T(scaleAt(p.desc.scaleD, 0, 0)), d, typeD, p.d.at(i, j));
      }
    if (p.has(BiasGradient))
      for (int64_t i = 0; i < m; ++i)
        store(sums[i], bias, biasType, i);
    // Of A along its rows, of B along its columns, of what is multiplied.
    auto reduce = [&](const Operand<T> &x, int64_t count, bool isFirst) {
      bool alongLeading = (x.operation == CUBLAS_OP_N) == isFirst;
      for (int64_t i = 0; i < count; ++i) {
        T sum = 0;
        for (int64_t l = 0; l < k; ++l)
          sum += alongLeading ? x.data[i + l * x.leading] : x.data[l + i * x.leading];
        store(sum, bias, biasType, i);
      }
    };
    if (p.has(GradientOfA))
      reduce(a, m, true);
    if (p.has(GradientOfB))
      reduce(b, n, false);
  }
}

std::optional<Matmul> matmul(cublasLtMatmulDesc_t desc, cublasLtMatrixLayout_t a, cublasLtMatrixLayout_t b, cublasLtMatrixLayout_t c,
                             cublasLtMatrixLayout_t d) {
  if (!desc || !a || !b || !c || !d)
    return std::nullopt;
  return Matmul{part<LtMatmul>(desc), part<LtLayout>(a), part<LtLayout>(b), part<LtLayout>(c), part<LtLayout>(d)};
}

/// Valid and supported, else a status.
Status check(cublasLtHandle_t handle, const std::optional<Matmul> &product) {
  if (!handle)
    return CUBLAS_STATUS_NOT_INITIALIZED;
  if (!product || !product->isValid())
    return CUBLAS_STATUS_INVALID_VALUE;
  if (const char *what = product->unsupported()) {
    libs::logUnsupported(what);
    return CUBLAS_STATUS_NOT_SUPPORTED;
  }
  return CUBLAS_STATUS_SUCCESS;
}

} // namespace

cublasStatus_t cublasLtMatmul(cublasLtHandle_t handle, cublasLtMatmulDesc_t desc, const void *alpha, const void *dataA, cublasLtMatrixLayout_t a,
                              const void *dataB, cublasLtMatrixLayout_t b, const void *beta, const void *dataC, cublasLtMatrixLayout_t c, void *dataD,
                              cublasLtMatrixLayout_t d, const cublasLtMatmulAlgo_t *, void *, size_t, cudaStream_t stream) {
  std::optional<Matmul> product = matmul(desc, a, b, c, d);
  if (Status status = check(handle, product))
    return status;
  int mode = product->desc.pointerMode;
  bool betaIsZero = mode == CUBLASLT_POINTER_MODE_ALPHA_DEVICE_VECTOR_BETA_ZERO;
  if (!alpha || !dataA || !dataB || !dataD || (!beta && !betaIsZero))
    return CUBLAS_STATUS_INVALID_VALUE;
  cudaDataType scale = cudaDataType(product->desc.scale);
  auto ofHost = [&](const void *place) {
    Factor factor{};
    std::memcpy(factor.scalar.value, place, sizeOf(scale));
    return factor;
  };
  auto ofDevice = [](const void *place) { return Factor{{{}, place}, nullptr, 0}; };
  auto vector = [&](const void *place) { return Factor{{}, place, product->desc.alphaStride}; };
  static const char zeros[16] = {};
  Factor first = mode == CUBLASLT_POINTER_MODE_HOST ? ofHost(alpha) : mode == CUBLASLT_POINTER_MODE_DEVICE ? ofDevice(alpha) : vector(alpha);
  Factor second = betaIsZero                                   ? ofHost(zeros)
                  : mode == CUBLASLT_POINTER_MODE_DEVICE        ? ofDevice(beta)
                  : mode == CUBLASLT_POINTER_MODE_DEVICE_VECTOR ? vector(beta)
                                                                : ofHost(beta);
  bool mayReadC = mode == CUBLASLT_POINTER_MODE_DEVICE || mode == CUBLASLT_POINTER_MODE_DEVICE_VECTOR;
  if (!dataC && !mayReadC && !std::equal(zeros, zeros + sizeOf(scale), second.scalar.value))
    return CUBLAS_STATUS_INVALID_VALUE;
  return statusOf(libs::enqueue(stream, "cublasLtMatmul", [=, p = *product] {
    const Largest largest(p.desc.amaxD), largestAux(p.desc.amaxAux);
    for (int64_t batch = 0; batch < p.d.batchCount; ++batch)
      switch (p.a.type) {
      case CUDA_R_8I:
      case CUDA_R_64F:
        multiply<double>(p, first, dataA, dataB, second, dataC, dataD, batch, largest, largestAux);
        break;
      case CUDA_C_32F:
        multiply<cuComplex>(p, first, dataA, dataB, second, dataC, dataD, batch, largest, largestAux);
        break;
      case CUDA_C_64F:
        multiply<cuDoubleComplex>(p, first, dataA, dataB, second, dataC, dataD, batch, largest, largestAux);
        break;
      default:
        multiply<float>(p, first, dataA, dataB, second, dataC, dataD, batch, largest, largestAux);
      }
  }));
}

static void giveAlgorithm(cublasLtMatmulAlgo_t *algorithm) {
  *algorithm = {};
  new (algorithm->data) LtAlgorithm;
}

static void giveResult(cublasLtMatmulHeuristicResult_t *result) {
  giveAlgorithm(&result->algo);
  result->workspaceSize = 0;
  result->state = CUBLAS_STATUS_SUCCESS;
  result->wavesCount = 1;
}

cublasStatus_t cublasLtMatmulAlgoGetHeuristic(cublasLtHandle_t handle, cublasLtMatmulDesc_t desc, cublasLtMatrixLayout_t a,
                                              cublasLtMatrixLayout_t b, cublasLtMatrixLayout_t c, cublasLtMatrixLayout_t d,
                                              cublasLtMatmulPreference_t, int requested, cublasLtMatmulHeuristicResult_t results[],
                                              int *returned) {
  if (!returned || !results || requested <= 0)
    return CUBLAS_STATUS_INVALID_VALUE;
  *returned = 0;
  if (Status status = check(handle, matmul(desc, a, b, c, d)))
    return status;
  giveResult(&results[0]);
  *returned = 1;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmulAlgoGetIds(cublasLtHandle_t handle, cublasComputeType_t, cudaDataType_t, cudaDataType_t, cudaDataType_t,
                                        cudaDataType_t, cudaDataType_t, int requested, int ids[], int *returned) {
  if (!handle)
    return CUBLAS_STATUS_NOT_INITIALIZED;
  if (requested <= 0 || !ids || !returned)
    return CUBLAS_STATUS_INVALID_VALUE;
  ids[0] = 0;
  *returned = 1;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmulAlgoInit(cublasLtHandle_t handle, cublasComputeType_t, cudaDataType_t, cudaDataType_t, cudaDataType_t,
                                      cudaDataType_t, cudaDataType_t, int id, cublasLtMatmulAlgo_t *algorithm) {
  if (!handle)
    return CUBLAS_STATUS_NOT_INITIALIZED;
  if (!algorithm || id != 0)
    return CUBLAS_STATUS_INVALID_VALUE;
  giveAlgorithm(algorithm);
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmulAlgoCheck(cublasLtHandle_t handle, cublasLtMatmulDesc_t desc, cublasLtMatrixLayout_t a, cublasLtMatrixLayout_t b,
                                       cublasLtMatrixLayout_t c, cublasLtMatrixLayout_t d, const cublasLtMatmulAlgo_t *algorithm,
                                       cublasLtMatmulHeuristicResult_t *result) {
  if (!algorithm || !result)
    return CUBLAS_STATUS_INVALID_VALUE;
  if (Status status = check(handle, matmul(desc, a, b, c, d)))
    return status;
  cublasLtMatmulAlgo_t same = *algorithm; // which may be the result's
  giveResult(result);
  result->algo = same;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmulAlgoCapGetAttribute(const cublasLtMatmulAlgo_t *algorithm, cublasLtMatmulAlgoCapAttributes_t attribute,
                                                 void *value, size_t size, size_t *written) {
  if (!algorithm)
    return CUBLAS_STATUS_INVALID_VALUE;
  auto give = [&](auto known) { return giveLtValue(&known, sizeof known, value, size, written); };
  switch (attribute) {
  case CUBLASLT_ALGO_CAP_SPLITK_SUPPORT:
  case CUBLASLT_ALGO_CAP_CTA_SWIZZLING_SUPPORT:
  case CUBLASLT_ALGO_CAP_UPLO_SUPPORT:
  case CUBLASLT_ALGO_CAP_CUSTOM_OPTION_MAX:
  case CUBLASLT_ALGO_CAP_LD_NEGATIVE:
  case CUBLASLT_ALGO_CAP_POINTER_ARRAY_BATCH_SUPPORT:
  case CUBLASLT_ALGO_CAP_FLOATING_POINT_EMULATION_SUPPORT:
    return give(int32_t(0));
  case CUBLASLT_ALGO_CAP_STRIDED_BATCH_SUPPORT:
  case CUBLASLT_ALGO_CAP_OUT_OF_PLACE_RESULT_SUPPORT:
  case CUBLASLT_ALGO_CAP_CUSTOM_MEMORY_ORDER:
    return give(int32_t(1));
  case CUBLASLT_ALGO_CAP_REDUCTION_SCHEME_MASK:
    return give(uint32_t(CUBLASLT_REDUCTION_SCHEME_NONE));
  case CUBLASLT_ALGO_CAP_TILE_IDS:
    return give(uint32_t(CUBLASLT_MATMUL_TILE_UNDEFINED));
  case CUBLASLT_ALGO_CAP_STAGES_IDS:
    return give(uint32_t(CUBLASLT_MATMUL_STAGES_UNDEFINED));
  case CUBLASLT_ALGO_CAP_POINTER_MODE_MASK:
    return give(uint32_t(31));
  case CUBLASLT_ALGO_CAP_EPILOGUE_MASK:
    return give(uint32_t(1023));
  case CUBLASLT_ALGO_CAP_NUMERICAL_IMPL_FLAGS:
    return give(uint64_t(0));
  case CUBLASLT_ALGO_CAP_MIN_ALIGNMENT_A_BYTES:
  case CUBLASLT_ALGO_CAP_MIN_ALIGNMENT_B_BYTES:
  case CUBLASLT_ALGO_CAP_MIN_ALIGNMENT_C_BYTES:
  case CUBLASLT_ALGO_CAP_MIN_ALIGNMENT_D_BYTES:
    return give(uint32_t(1));
  }
  return CUBLAS_STATUS_INVALID_VALUE;
}

#define ALGORITHM(name, member) LtField{CUBLASLT_ALGO_CONFIG_##name, offsetof(LtAlgorithm, member), sizeof(LtAlgorithm::member)}
static constexpr LtField algorithmFields[] = {
    ALGORITHM(ID, id),
    ALGORITHM(TILE_ID, tile),
    ALGORITHM(SPLITK_NUM, splitK),
    ALGORITHM(REDUCTION_SCHEME, reduction),
    ALGORITHM(CTA_SWIZZLING, swizzling),
    ALGORITHM(CUSTOM_OPTION, custom),
    ALGORITHM(STAGES_ID, stages),
    ALGORITHM(INNER_SHAPE_ID, innerShape),
    ALGORITHM(CLUSTER_SHAPE_ID, clusterShape),
};

cublasStatus_t cublasLtMatmulAlgoConfigSetAttribute(cublasLtMatmulAlgo_t *algorithm, cublasLtMatmulAlgoConfigAttributes_t attribute,
                                                    const void *value, size_t size) {
  return setLtField(algorithmFields, algorithm, attribute, value, size);
}

cublasStatus_t cublasLtMatmulAlgoConfigGetAttribute(const cublasLtMatmulAlgo_t *algorithm, cublasLtMatmulAlgoConfigAttributes_t attribute,
                                                    void *value, size_t size, size_t *written) {
  return getLtField(algorithmFields, algorithm, attribute, value, size, written);
}

cublasStatus_t cublasLtMatrixTransform(cublasLtHandle_t handle, cublasLtMatrixTransformDesc_t desc, const void *alpha, const void *dataA,
                                       cublasLtMatrixLayout_t layoutA, const void *beta, const void *dataB, cublasLtMatrixLayout_t layoutB,
                                       void *dataC, cublasLtMatrixLayout_t layoutC, cudaStream_t stream) {
  if (!handle)
    return CUBLAS_STATUS_NOT_INITIALIZED;
  if (!desc || !alpha || !dataA || !layoutA || !dataC || !layoutC || (dataB && (!beta || !layoutB)))
    return CUBLAS_STATUS_INVALID_VALUE;
  LtTransform how = part<LtTransform>(desc);
  LtLayout a = part<LtLayout>(layoutA), c = part<LtLayout>(layoutC), b = dataB ? part<LtLayout>(layoutB) : a;
  auto matches = [&](const LtLayout &x, int operation) {
    return x.isValid() && x.batchCount == c.batchCount &&
           (operation == CUBLAS_OP_N ? x.rows == c.rows && x.columns == c.columns : x.rows == c.columns && x.columns == c.rows);
  };
  if (!c.isValid() || !matches(a, how.opA) || (dataB && !matches(b, how.opB)))
    return CUBLAS_STATUS_INVALID_VALUE;
  auto isKnown = [](const LtLayout &x) {
    return x.isPlainOrder() && x.batchMode == CUBLASLT_BATCH_MODE_STRIDED && withType(cudaDataType(x.type), [](auto) {});
  };
  cudaDataType scale = cudaDataType(how.scale);
  if (!isKnown(a) || !isKnown(b) || !isKnown(c) || !withType(scale, [](auto) {}) || how.pointerMode > CUBLASLT_POINTER_MODE_DEVICE) {
    libs::logUnsupported("cublasLtMatrixTransform of these types or orders of memory");
    return CUBLAS_STATUS_NOT_SUPPORTED;
  }
  auto factor = [&](const void *place) {
    AnyScalar result{{}, how.pointerMode == CUBLASLT_POINTER_MODE_DEVICE ? place : nullptr};
    if (!result.place && place)
      std::memcpy(result.value, place, sizeOf(scale));
    return result;
  };
  return statusOf(libs::enqueue(stream, "cublasLtMatrixTransform", [=, first = factor(alpha), second = factor(dataB ? beta : nullptr)] {
    double ofA = load<double>(first.place ? first.place : first.value, scale, 0);
    double ofB = dataB ? load<double>(second.place ? second.place : second.value, scale, 0) : 0;
    auto take = [](const LtLayout &x, const void *data, int operation, int64_t batch, int64_t i, int64_t j) {
      return load<double>(data, cudaDataType(x.type), batch * x.batchStride + (operation == CUBLAS_OP_N ? x.at(i, j) : x.at(j, i)));
    };
    for (int64_t batch = 0; batch < c.batchCount; ++batch)
      for (uint64_t j = 0; j < c.columns; ++j)
        for (uint64_t i = 0; i < c.rows; ++i) {
          double value = ofA * take(a, dataA, how.opA, batch, i, j);
          if (ofB != 0)
            value += ofB * take(b, dataB, how.opB, batch, i, j);
          store(value, dataC, cudaDataType(c.type), batch * c.batchStride + c.at(i, j));
        }
  }));
}
