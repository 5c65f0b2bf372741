// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuFFT: plans, and transforms of up to three dimensions.
//
//   cufftExec*  -->  closure with a copy of the shape  -->  a batch after the other:
//                    gather into a dense complex array --> lines along each dimension --> scatter
//
// A transform of real numbers is one of complex ones, of which half is given or taken.

#include "Line.h"
#include "Plan.h"

#include "libs/Operation.h"

#include <cuda_bf16.h>
#include <cuda_fp16.h>

using namespace cuport;
using namespace cuport::fft;

namespace {

/// Arrays without gaps; in place, rows of real numbers are as long as their complex ones.
Layout denseLayout(const Shape &shape, bool isHalf, bool isPaddedReal) {
  Layout layout;
  layout.stride = layout.distance = 1;
  for (int i = 0; i < shape.rank; ++i) {
    bool isLast = i == shape.rank - 1;
    layout.embed[i] = !isLast ? shape.size[i] : isPaddedReal ? 2 * shape.half() : isHalf ? shape.half() : shape.size[i];
    layout.distance *= layout.embed[i];
  }
  return layout;
}

/// Calls \p visit(index, place in a dense array), of the last dimension up to \p last.
template <class Visit> void eachElement(const Shape &shape, int64_t last, Visit visit) {
  int64_t index[MostDimensions] = {}, row = 0, length = shape.size[shape.rank - 1];
  for (int64_t rows = shape.elements() / length; row < rows; ++row) {
    int64_t rest = row;
    for (int i = shape.rank - 2; i >= 0; --i) {
      index[i] = rest % shape.size[i];
      rest /= shape.size[i];
    }
    for (index[shape.rank - 1] = 0; index[shape.rank - 1] < last; ++index[shape.rank - 1])
      visit(index, row * length + index[shape.rank - 1]);
  }
}

template <class Real> void transformDense(const Shape &shape, std::complex<Real> *data, bool inverse) {
  int64_t all = shape.elements(), inner = all;
  std::vector<std::complex<Real>> buffer;
  for (int dimension = 0; dimension < shape.rank; ++dimension) {
    int64_t length = shape.size[dimension];
    inner /= length;
    const fft::Line<Real> &line = fft::lineOf<Real>(length);
    buffer.resize(length);
    for (int64_t outer = 0; outer < all / (length * inner); ++outer)
      for (int64_t i = 0; i < inner; ++i) {
        std::complex<Real> *begin = data + outer * length * inner + i;
        if (inner == 1) {
          line.run(begin, inverse);
          continue;
        }
        for (int64_t k = 0; k < length; ++k)
          buffer[k] = begin[k * inner];
        line.run(buffer.data(), inverse);
        for (int64_t k = 0; k < length; ++k)
          begin[k * inner] = buffer[k];
      }
  }
}

/// The other half: the value at -k is the conjugate of that at k.
template <class Real> void mirror(const Shape &shape, std::complex<Real> *data) {
  int64_t length = shape.size[shape.rank - 1];
  eachElement(shape, length, [&](const int64_t *index, int64_t place) {
    if (index[shape.rank - 1] < shape.half())
      return;
    int64_t other = 0;
    for (int i = 0; i < shape.rank; ++i)
      other = other * shape.size[i] + (shape.size[i] - index[i]) % shape.size[i];
    data[place] = std::conj(data[other]);
  });
}

/// What a callback is told and gives back: cufftReal, cufftComplex ...
template <class Real> struct Of;
template <> struct Of<float> {
  using Complex = cufftComplex;
};
template <> struct Of<double> {
  using Complex = cufftDoubleComplex;
};
template <class Value> Value loaded(const Callbacks &callbacks, const void *input, int64_t place, void *shared) {
  auto load = reinterpret_cast<Value (*)(void *, size_t, void *, void *)>(callbacks.load);
  return load(const_cast<void *>(input), size_t(place), callbacks.loadInfo, shared);
}
template <class Value> void stored(const Callbacks &callbacks, void *output, int64_t place, Value value, void *shared) {
  auto store = reinterpret_cast<void (*)(void *, size_t, Value, void *, void *)>(callbacks.store);
  store(output, size_t(place), value, callbacks.storeInfo, shared);
}

template <class Real, class Number = Real>
void execute(const Shape &shape, const Callbacks &callbacks, const void *input, void *output, bool inverse) {
  using Complex = std::complex<Real>;
  using Given = typename Of<Real>::Complex;
  const auto *numbers = static_cast<const Number *>(input);
  auto *results = static_cast<Number *>(output);
  bool fromReal = toComplex(shape.type), intoReal = toReal(shape.type), inPlace = input == output;
  Layout in = shape.input.isGiven ? shape.input : denseLayout(shape, intoReal, fromReal && inPlace);
  Layout out = shape.output.isGiven ? shape.output : denseLayout(shape, fromReal, intoReal && inPlace);
  int64_t length = shape.size[shape.rank - 1];
  std::vector<Complex> data(shape.elements());
  std::vector<char> loadShared(callbacks.loadShared), storeShared(callbacks.storeShared);
  for (int64_t batch = 0; batch < shape.batch; ++batch) {
    eachElement(shape, intoReal ? shape.half() : length, [&](const int64_t *index, int64_t place) {
      int64_t from = batch * in.distance + in.place(index, shape.rank);
      if (callbacks.load && fromReal) {
        data[place] = Complex(loaded<Real>(callbacks, input, from, loadShared.data()));
        return;
      }
      if (callbacks.load) {
        Given value = loaded<Given>(callbacks, input, from, loadShared.data());
        data[place] = Complex(value.x, value.y);
        return;
      }
      data[place] = fromReal ? Complex(Real(numbers[from])) : Complex(Real(numbers[2 * from]), Real(numbers[2 * from + 1]));
    });
    if (intoReal)
      mirror(shape, data.data());
    transformDense(shape, data.data(), inverse);
    eachElement(shape, fromReal ? shape.half() : length, [&](const int64_t *index, int64_t place) {
      int64_t to = batch * out.distance + out.place(index, shape.rank);
      if (callbacks.store && intoReal) {
        stored<Real>(callbacks, output, to, data[place].real(), storeShared.data());
      } else if (callbacks.store) {
        stored<Given>(callbacks, output, to, {data[place].real(), data[place].imag()}, storeShared.data());
      } else if (intoReal) {
        results[to] = Number(data[place].real());
      } else {
        results[2 * to] = Number(data[place].real());
        results[2 * to + 1] = Number(data[place].imag());
      }
    });
  }
}

template <class Int>
cufftResult shapeOf(int rank, const Int *size, const Int *inputEmbed, Int inputStride, Int inputDistance, const Int *outputEmbed,
                    Int outputStride, Int outputDistance, cufftType type, Int batch, Shape &shape) {
  if (rank < 1 || rank > MostDimensions || !size)
    return CUFFT_INVALID_VALUE;
  if (type != CUFFT_C2C && type != CUFFT_Z2Z && !toComplex(type) && !toReal(type))
    return CUFFT_INVALID_TYPE;
  shape = {};
  shape.type = type;
  shape.rank = rank;
  shape.batch = batch;
  for (int i = 0; i < rank; ++i)
    if ((shape.size[i] = size[i]) < 1)
      return CUFFT_INVALID_SIZE;
  if (batch < 1)
    return CUFFT_INVALID_SIZE;
  auto layout = [&](Layout &result, const Int *embed, Int stride, Int distance) {
    // Without one of the two both are the dense ones, as cuFFT says.
    if (!inputEmbed || !outputEmbed)
      return;
    result.isGiven = true;
    std::copy_n(embed, rank, result.embed);
    result.stride = stride;
    result.distance = distance;
  };
  layout(shape.input, inputEmbed, inputStride, inputDistance);
  layout(shape.output, outputEmbed, outputStride, outputDistance);
  return CUFFT_SUCCESS;
}

cufftResult make(cufftHandle handle, cufftResult status, const Shape &shape, size_t *workSize) {
  return withPlan(handle, [&](Plan &plan) {
    if (plan.isMade)
      return CUFFT_INVALID_PLAN;
    if (status)
      return status;
    if (workSize) // one for each device
      std::fill_n(workSize, std::max<size_t>(1, plan.devices.size()), 0);
    plan.shape = shape;
    plan.isMade = true;
    return CUFFT_SUCCESS;
  });
}

/// cufftPlan*: a new handle, which is none where the shape is not taken.
cufftResult create(cufftHandle *handle, cufftResult status, const Shape &shape) {
  if (!handle)
    return CUFFT_INVALID_PLAN;
  if (status)
    return status;
  if (cufftResult created = cufftCreate(handle))
    return created;
  return make(*handle, status, shape, nullptr);
}

cufftResult exec(cufftHandle handle, const char *name, cufftType type, const void *input, void *output, int direction) {
  Plan plan;
  if (cufftResult status = made(handle, plan))
    return status;
  if (plan.shape.type != type || plan.shape.stored != Stored::AsCalculated)
    return CUFFT_INVALID_PLAN;
  return run(plan, name, input, output, direction);
}

/// cufftXt's types of both sides, which have to be of one precision.
cufftResult typeOf(cudaDataType input, cudaDataType output, cudaDataType execution, cufftType &type, Stored &stored) {
  struct Precision {
    cudaDataType real, complex;
    Stored stored;
    cufftType complexOnes, toComplex, toReal;
  };
  static constexpr Precision precisions[] = {
      {CUDA_R_32F, CUDA_C_32F, Stored::AsCalculated, CUFFT_C2C, CUFFT_R2C, CUFFT_C2R},
      {CUDA_R_64F, CUDA_C_64F, Stored::AsCalculated, CUFFT_Z2Z, CUFFT_D2Z, CUFFT_Z2D},
      {CUDA_R_16F, CUDA_C_16F, Stored::Half, CUFFT_C2C, CUFFT_R2C, CUFFT_C2R},
      {CUDA_R_16BF, CUDA_C_16BF, Stored::Bfloat16, CUFFT_C2C, CUFFT_R2C, CUFFT_C2R},
  };
  for (const Precision &one : precisions) {
    if (execution != one.complex && execution != one.real)
      continue;
    stored = one.stored;
    if (input == one.complex && output == one.complex)
      return type = one.complexOnes, CUFFT_SUCCESS;
    if (input == one.real && output == one.complex)
      return type = one.toComplex, CUFFT_SUCCESS;
    if (input == one.complex && output == one.real)
      return type = one.toReal, CUFFT_SUCCESS;
  }
  return CUFFT_INVALID_TYPE;
}

} // namespace

Plans &fft::plans() {
  static Plans &made = *new Plans;
  return made;
}

cufftResult fft::run(const Plan &plan, const char *name, const void *input, void *output, int direction) {
  if (!input || !output || (direction != CUFFT_FORWARD && direction != CUFFT_INVERSE))
    return CUFFT_INVALID_VALUE;
  bool inverse = direction == CUFFT_INVERSE;
  cudaError_t error = libs::enqueue(plan.stream, name, [=, shape = plan.shape, callbacks = plan.callbacks] {
    if (shape.stored == Stored::Half)
      execute<float, __half>(shape, callbacks, input, output, inverse);
    else if (shape.stored == Stored::Bfloat16)
      execute<float, __nv_bfloat16>(shape, callbacks, input, output, inverse);
    else if (isDouble(shape.type))
      execute<double>(shape, callbacks, input, output, inverse);
    else
      execute<float>(shape, callbacks, input, output, inverse);
  });
  return error == cudaSuccess ? CUFFT_SUCCESS : error == cudaErrorNotSupported ? CUFFT_NOT_SUPPORTED : CUFFT_EXEC_FAILED;
}

cufftResult cufftCreate(cufftHandle *handle) {
  if (!handle)
    return CUFFT_INVALID_VALUE;
  std::lock_guard lock(plans().mutex);
  *handle = plans().next++;
  plans().byHandle[*handle] = {};
  return CUFFT_SUCCESS;
}

cufftResult cufftDestroy(cufftHandle handle) {
  std::lock_guard lock(plans().mutex);
  return plans().byHandle.erase(handle) ? CUFFT_SUCCESS : CUFFT_INVALID_PLAN;
}

cufftResult cufftSetStream(cufftHandle handle, cudaStream_t stream) {
  return withPlan(handle, [&](Plan &plan) {
    plan.stream = stream;
    return CUFFT_SUCCESS;
  });
}

// No work space is needed, whoever gives it.
static cufftResult withoutWork(cufftHandle handle) {
  return withPlan(handle, [](Plan &) { return CUFFT_SUCCESS; });
}
cufftResult cufftSetWorkArea(cufftHandle handle, void *) { return withoutWork(handle); }
cufftResult cufftXtSetWorkArea(cufftHandle handle, void **) { return withoutWork(handle); }
cufftResult cufftSetAutoAllocation(cufftHandle handle, int) { return withoutWork(handle); }
cufftResult cufftGetSize(cufftHandle handle, size_t *workSize) {
  return withPlan(handle, [&](Plan &plan) {
    if (!plan.isMade)
      return CUFFT_INVALID_PLAN;
    *workSize = 0;
    return CUFFT_SUCCESS;
  });
}

cufftResult cufftGetVersion(int *version) {
  if (!version)
    return CUFFT_INVALID_VALUE;
  *version = CUFFT_VERSION;
  return CUFFT_SUCCESS;
}

cufftResult cufftGetProperty(libraryPropertyType type, int *value) {
  static constexpr int parts[] = {CUFFT_VER_MAJOR, CUFFT_VER_MINOR, CUFFT_VER_PATCH};
  if (!value || unsigned(type) >= 3)
    return CUFFT_INVALID_VALUE;
  *value = parts[type];
  return CUFFT_SUCCESS;
}

// The forms in which a shape is given. What is made of it: a new plan, that of a handle, or the size of its work space.
#define DENSE(rank, size, batch)                                                                                         \
  Shape shape;                                                                                                           \
  cufftResult status = shapeOf<int>(rank, size, nullptr, 1, 0, nullptr, 1, 0, type, batch, shape)
#define MANY(Int)                                                                                                        \
  Shape shape;                                                                                                           \
  cufftResult status = shapeOf<Int>(rank, n, inembed, istride, idist, onembed, ostride, odist, type, batch, shape)
#define MANY_PARAMETERS(Int)                                                                                             \
  int rank, Int *n, Int *inembed, Int istride, Int idist, Int *onembed, Int ostride, Int odist, cufftType type, Int batch
#define WORK_SIZE                                                                                                        \
  if (status == CUFFT_SUCCESS)                                                                                           \
    *workSize = 0;                                                                                                       \
  return status

cufftResult cufftPlan1d(cufftHandle *plan, int nx, cufftType type, int batch) {
  DENSE(1, &nx, batch);
  return create(plan, status, shape);
}
cufftResult cufftPlan2d(cufftHandle *plan, int nx, int ny, cufftType type) {
  int size[] = {nx, ny};
  DENSE(2, size, 1);
  return create(plan, status, shape);
}
cufftResult cufftPlan3d(cufftHandle *plan, int nx, int ny, int nz, cufftType type) {
  int size[] = {nx, ny, nz};
  DENSE(3, size, 1);
  return create(plan, status, shape);
}
cufftResult cufftPlanMany(cufftHandle *plan, MANY_PARAMETERS(int)) {
  MANY(int);
  return create(plan, status, shape);
}
cufftResult cufftMakePlan1d(cufftHandle plan, int nx, cufftType type, int batch, size_t *workSize) {
  DENSE(1, &nx, batch);
  return make(plan, status, shape, workSize);
}
cufftResult cufftMakePlan2d(cufftHandle plan, int nx, int ny, cufftType type, size_t *workSize) {
  int size[] = {nx, ny};
  DENSE(2, size, 1);
  return make(plan, status, shape, workSize);
}
cufftResult cufftMakePlan3d(cufftHandle plan, int nx, int ny, int nz, cufftType type, size_t *workSize) {
  int size[] = {nx, ny, nz};
  DENSE(3, size, 1);
  return make(plan, status, shape, workSize);
}
cufftResult cufftMakePlanMany(cufftHandle plan, MANY_PARAMETERS(int), size_t *workSize) {
  MANY(int);
  return make(plan, status, shape, workSize);
}
cufftResult cufftMakePlanMany64(cufftHandle plan, MANY_PARAMETERS(long long), size_t *workSize) {
  MANY(long long);
  return make(plan, status, shape, workSize);
}
cufftResult cufftEstimate1d(int nx, cufftType type, int batch, size_t *workSize) {
  DENSE(1, &nx, batch);
  WORK_SIZE;
}
cufftResult cufftEstimate2d(int nx, int ny, cufftType type, size_t *workSize) {
  int size[] = {nx, ny};
  DENSE(2, size, 1);
  WORK_SIZE;
}
cufftResult cufftEstimate3d(int nx, int ny, int nz, cufftType type, size_t *workSize) {
  int size[] = {nx, ny, nz};
  DENSE(3, size, 1);
  WORK_SIZE;
}
cufftResult cufftEstimateMany(MANY_PARAMETERS(int), size_t *workSize) {
  MANY(int);
  WORK_SIZE;
}
cufftResult cufftGetSize1d(cufftHandle, int nx, cufftType type, int batch, size_t *workSize) {
  return cufftEstimate1d(nx, type, batch, workSize);
}
cufftResult cufftGetSize2d(cufftHandle, int nx, int ny, cufftType type, size_t *workSize) {
  return cufftEstimate2d(nx, ny, type, workSize);
}
cufftResult cufftGetSize3d(cufftHandle, int nx, int ny, int nz, cufftType type, size_t *workSize) {
  return cufftEstimate3d(nx, ny, nz, type, workSize);
}
cufftResult cufftGetSizeMany(cufftHandle, MANY_PARAMETERS(int), size_t *workSize) {
  MANY(int);
  WORK_SIZE;
}
cufftResult cufftGetSizeMany64(cufftHandle, MANY_PARAMETERS(long long), size_t *workSize) {
  MANY(long long);
  WORK_SIZE;
}

cufftResult cufftExecC2C(cufftHandle plan, cufftComplex *input, cufftComplex *output, int direction) {
  return exec(plan, "cufftExecC2C", CUFFT_C2C, input, output, direction);
}
cufftResult cufftExecR2C(cufftHandle plan, cufftReal *input, cufftComplex *output) {
  return exec(plan, "cufftExecR2C", CUFFT_R2C, input, output, CUFFT_FORWARD);
}
cufftResult cufftExecC2R(cufftHandle plan, cufftComplex *input, cufftReal *output) {
  return exec(plan, "cufftExecC2R", CUFFT_C2R, input, output, CUFFT_INVERSE);
}
cufftResult cufftExecZ2Z(cufftHandle plan, cufftDoubleComplex *input, cufftDoubleComplex *output, int direction) {
  return exec(plan, "cufftExecZ2Z", CUFFT_Z2Z, input, output, direction);
}
cufftResult cufftExecD2Z(cufftHandle plan, cufftDoubleReal *input, cufftDoubleComplex *output) {
  return exec(plan, "cufftExecD2Z", CUFFT_D2Z, input, output, CUFFT_FORWARD);
}
cufftResult cufftExecZ2D(cufftHandle plan, cufftDoubleComplex *input, cufftDoubleReal *output) {
  return exec(plan, "cufftExecZ2D", CUFFT_Z2D, input, output, CUFFT_INVERSE);
}

#define XT_PARAMETERS                                                                                                    \
  int rank, long long *n, long long *inembed, long long istride, long long idist, cudaDataType inputtype, long long *onembed,              \
      long long ostride, long long odist, cudaDataType outputtype, long long batch, size_t *workSize, cudaDataType executiontype
#define XT_SHAPE                                                                                                         \
  cufftType type;                                                                                                        \
  Stored stored;                                                                                                         \
  if (cufftResult wrong = typeOf(inputtype, outputtype, executiontype, type, stored))                                    \
    return wrong;                                                                                                        \
  MANY(long long);                                                                                                       \
  shape.stored = stored

cufftResult cufftXtMakePlanMany(cufftHandle plan, XT_PARAMETERS) {
  XT_SHAPE;
  return make(plan, status, shape, workSize);
}
cufftResult cufftXtGetSizeMany(cufftHandle, XT_PARAMETERS) {
  XT_SHAPE;
  WORK_SIZE;
}
cufftResult cufftXtExec(cufftHandle handle, void *input, void *output, int direction) {
  Plan plan;
  if (cufftResult status = made(handle, plan))
    return status;
  return run(plan, "cufftXtExec", input, output, directionOf(plan.shape.type, direction));
}
