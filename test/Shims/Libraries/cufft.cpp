// cuFFT's and hipFFT's transforms of many lengths, in one to three dimensions, against the sums that define them.
// RUN: %clangxx %s -D__HIP_PLATFORM_AMD__ %library-program -lcuport-cufft -o %t
// RUN: env CUPORT_DEVICES=3 %t | FileCheck %s
// RUN: env CUPORT_DEVICES=3 CUPORT_SEPARATE=1 %t | FileCheck %s
// RUN: %clang -x c -std=c11 -Wall -Werror -fsyntax-only -D__HIP_PLATFORM_AMD__ -isystem %toolkit/include/cuport -include hipfft/hipfft.h /dev/null
// CHECK: all as it should be

#include "blas.h"

#include <cuda_bf16.h>
#include <cuda_fp16.h>

#include <cufftXt.h>
#include <hipfft/hipfft.h>

// From ROCm 6.2.2's hipfft.h.
static_assert(HIPFFT_R2C == 0x2a && HIPFFT_C2R == 0x2c && HIPFFT_C2C == 0x29 && HIPFFT_D2Z == 0x6a && HIPFFT_Z2D == 0x6c && HIPFFT_Z2Z == 0x69);
static_assert(HIPFFT_INVALID_SIZE == 8 && HIPFFT_NOT_SUPPORTED == 16 && HIPFFT_FORWARD == -1 && HIPFFT_BACKWARD == 1);

using Complex = std::complex<double>;
using Size = std::vector<int>;

static int64_t elements(const Size &size) {
  int64_t all = 1;
  for (int each : size)
    all *= each;
  return all;
}

/// The definition: X[k] = sum of x[j] exp(sign 2 pi i (k0 j0 / n0 + k1 j1 / n1 ...)).
static std::vector<Complex> transformed(const std::vector<Complex> &x, const Size &size, int sign) {
  std::vector<Complex> result(x.size());
  for (size_t k = 0; k < x.size(); ++k)
    for (size_t j = 0; j < x.size(); ++j) {
      double angle = 0;
      size_t restK = k, restJ = j;
      for (int i = int(size.size()) - 1; i >= 0; --i) {
        angle += double(restK % size[i] * (restJ % size[i]) % size[i]) / size[i];
        restK /= size[i], restJ /= size[i];
      }
      result[k] += x[j] * std::polar(1.0, sign * 2 * M_PI * angle);
    }
  return result;
}

static std::vector<Complex> signal(int64_t count, bool isReal = false) {
  std::vector<Complex> values(count);
  for (int64_t i = 0; i < count; ++i)
    values[i] = {double((i * 7 + 3) % 11) - 5, isReal ? 0 : double((i * 5 + 1) % 9) - 4};
  return values;
}

template <class T> bool near(const std::vector<T> &got, const std::vector<Complex> &wanted, double tolerance) {
  for (size_t i = 0; i < wanted.size(); ++i)
    if (!(std::abs(Complex(number(got[i])) - wanted[i]) <= tolerance)) {
      std::cout << "at " << i << ": " << number(got[i]) << ", not " << wanted[i] << std::endl;
      return false;
    }
  return true;
}

/// The first half of the last dimension.
static std::vector<Complex> firstHalf(const std::vector<Complex> &all, const Size &size) {
  std::vector<Complex> result;
  for (size_t i = 0; i < all.size(); ++i)
    if (int(i % size.back()) <= size.back() / 2)
      result.push_back(all[i]);
  return result;
}

template <class T> std::vector<T> converted(const std::vector<Complex> &from) {
  std::vector<T> result;
  for (Complex value : from)
    result.push_back(make<T>(value.real(), value.imag()));
  return result;
}

static cufftHandle planOf(Size size, cufftType type) {
  cufftHandle plan = 0;
  OK(size.size() == 1   ? cufftPlan1d(&plan, size[0], type, 1)
     : size.size() == 2 ? cufftPlan2d(&plan, size[0], size[1], type)
                        : cufftPlan3d(&plan, size[0], size[1], size[2], type));
  return plan;
}

static void complexOnes(const Size &size) {
  std::vector<Complex> x = signal(elements(size)), forward = transformed(x, size, -1), inverse = transformed(x, size, 1);
  double scale = std::sqrt(double(x.size())) * 10;
  cufftHandle single = planOf(size, CUFFT_C2C), wide = planOf(size, CUFFT_Z2Z);
  Array<cuComplex> a(converted<cuComplex>(x)), b(x.size());
  Array<cuDoubleComplex> c(converted<cuDoubleComplex>(x)), d(x.size());
  OK(cufftExecC2C(single, a, b, CUFFT_FORWARD));
  CHECK(near(b.host(), forward, 1e-5 * scale));
  CHECK(near(a.host(), x, 0)); // the input stays
  OK(cufftExecC2C(single, a, a, CUFFT_INVERSE)); // in place, not normalised
  CHECK(near(a.host(), inverse, 1e-5 * scale));
  OK(cufftExecZ2Z(wide, c, d, CUFFT_FORWARD));
  CHECK(near(d.host(), forward, 1e-12 * scale));
  OK(cufftExecZ2Z(wide, c, c, CUFFT_INVERSE));
  CHECK(near(c.host(), inverse, 1e-12 * scale));
  OK(cufftDestroy(single));
  OK(cufftDestroy(wide));
}

static void realOnes(const Size &size) {
  std::vector<Complex> x = signal(elements(size), true), forward = firstHalf(transformed(x, size, -1), size), again = x;
  for (Complex &value : again)
    value *= double(x.size());
  double scale = double(x.size()) * 10;
  cufftHandle r2c = planOf(size, CUFFT_R2C), c2r = planOf(size, CUFFT_C2R), d2z = planOf(size, CUFFT_D2Z), z2d = planOf(size, CUFFT_Z2D);
  Array<float> a(converted<float>(x)), back(x.size());
  Array<cuComplex> b(forward.size());
  OK(cufftExecR2C(r2c, a, b));
  CHECK(near(b.host(), forward, 1e-5 * scale));
  OK(cufftExecC2R(c2r, b, back));
  CHECK(near(back.host(), again, 1e-5 * scale));
  Array<double> c(converted<double>(x)), backWide(x.size());
  Array<cuDoubleComplex> d(forward.size());
  OK(cufftExecD2Z(d2z, c, d));
  CHECK(near(d.host(), forward, 1e-12 * scale));
  OK(cufftExecZ2D(z2d, d, backWide));
  CHECK(near(backWide.host(), again, 1e-12 * scale));
  // In place rows of real numbers are as long as those of complex ones.
  int row = size.back(), padded = 2 * (row / 2 + 1);
  std::vector<float> rows(forward.size() * 2);
  for (size_t i = 0; i < x.size(); ++i)
    rows[i / row * padded + i % row] = float(x[i].real());
  Array<float> inPlace(rows);
  OK(cufftExecR2C(r2c, inPlace, reinterpret_cast<cuComplex *>(inPlace.data)));
  std::vector<float> got = inPlace.host();
  std::vector<cuComplex> pairs(forward.size());
  std::memcpy(pairs.data(), got.data(), pairs.size() * sizeof(cuComplex));
  CHECK(near(pairs, forward, 1e-5 * scale));
  OK(cufftExecC2R(c2r, reinterpret_cast<cuComplex *>(inPlace.data), inPlace));
  got = inPlace.host();
  for (size_t i = 0; i < x.size(); ++i)
    CHECK(std::abs(got[i / row * padded + i % row] - again[i].real()) <= 1e-5 * scale);
}

/// Every other element, in batches that lie one after the other, to columns.
static void layouts() {
  Size size{6};
  const int batch = 3;
  std::vector<Complex> values = signal(2 * 6 * batch);
  Array<cuDoubleComplex> input(converted<cuDoubleComplex>(values)), output(6 * batch);
  int n[] = {6}, embed[] = {6};
  cufftHandle plan;
  OK(cufftPlanMany(&plan, 1, n, embed, 2, 12, embed, batch, 1, CUFFT_Z2Z, batch));
  OK(cufftExecZ2Z(plan, input, output, CUFFT_FORWARD));
  std::vector<cuDoubleComplex> got = output.host();
  for (int b = 0; b < batch; ++b) {
    std::vector<Complex> line(6);
    std::vector<cuDoubleComplex> column(6);
    for (int i = 0; i < 6; ++i) {
      line[i] = values[b * 12 + 2 * i];
      column[i] = got[i * batch + b];
    }
    CHECK(near(column, transformed(line, size, -1), 1e-10));
  }
  // A part of 2 x 3 of rows of 5, and dense batches by the other calls.
  int part[] = {2, 3}, rows[] = {2, 5}, dense[] = {2, 3};
  cufftHandle inner;
  size_t work = 7;
  OK(cufftCreate(&inner));
  OK(cufftMakePlanMany(inner, 2, part, rows, 1, 10, dense, 1, 6, CUFFT_Z2Z, 2, &work));
  IS(work, 0u);
  OK(cufftExecZ2Z(inner, input, output, CUFFT_INVERSE));
  got = output.host();
  for (int b = 0; b < 2; ++b) {
    std::vector<Complex> block;
    for (int i = 0; i < 2; ++i)
      for (int j = 0; j < 3; ++j)
        block.push_back(values[b * 10 + i * 5 + j]);
    CHECK(near(std::vector<cuDoubleComplex>(got.begin() + b * 6, got.begin() + (b + 1) * 6), transformed(block, Size{2, 3}, 1), 1e-10));
  }
  cufftHandle lines;
  OK(cufftCreate(&lines));
  OK(cufftMakePlan1d(lines, 6, CUFFT_Z2Z, batch, &work));
  OK(cufftExecZ2Z(lines, input, output, CUFFT_FORWARD));
  got = output.host();
  CHECK(near(std::vector<cuDoubleComplex>(got.begin() + 12, got.end()),
             transformed(std::vector<Complex>(values.begin() + 12, values.begin() + 18), size, -1), 1e-10));
}

static void errors() {
  cufftHandle plan;
  Array<cuComplex> a(8);
  size_t work;
  IS(cufftPlan1d(&plan, 0, CUFFT_C2C, 1), CUFFT_INVALID_SIZE);
  IS(cufftPlan1d(&plan, 8, CUFFT_C2C, 0), CUFFT_INVALID_SIZE);
  IS(cufftPlan1d(&plan, 8, cufftType(1), 1), CUFFT_INVALID_TYPE);
  IS(cufftExecC2C(12345, a, a, CUFFT_FORWARD), CUFFT_INVALID_PLAN);
  OK(cufftPlan1d(&plan, 8, CUFFT_R2C, 1));
  IS(cufftExecC2C(plan, a, a, CUFFT_FORWARD), CUFFT_INVALID_PLAN);
  IS(cufftExecR2C(plan, nullptr, a), CUFFT_INVALID_VALUE);
  IS(cufftMakePlan1d(plan, 8, CUFFT_R2C, 1, &work), CUFFT_INVALID_PLAN); // it is one already
  OK(cufftSetAutoAllocation(plan, 0));
  OK(cufftSetWorkArea(plan, nullptr));
  OK(cufftGetSize(plan, &work));
  OK(cufftEstimate3d(2, 3, 4, CUFFT_C2C, &work));
  OK(cufftDestroy(plan));
  IS(cufftDestroy(plan), CUFFT_INVALID_PLAN);
  int version = 0;
  OK(cufftGetVersion(&version));
  IS(version, CUFFT_VERSION);
  OK(cufftCreate(&plan));
  IS(cufftXtQueryPlan(plan, nullptr, CUFFT_QUERY_1D_FACTORS), CUFFT_NOT_SUPPORTED);
}

static void hip() {
  hipfftHandle plan;
  hipStream_t stream;
  IS(hipStreamCreate(&stream), hipSuccess);
  std::vector<Complex> x = signal(12);
  Array<cuDoubleComplex> a(converted<cuDoubleComplex>(x));
  IS(hipfftPlan1d(&plan, 12, HIPFFT_Z2Z, 1), HIPFFT_SUCCESS);
  IS(hipfftSetStream(plan, stream), HIPFFT_SUCCESS);
  IS(hipfftExecZ2Z(plan, a, a, HIPFFT_BACKWARD), HIPFFT_SUCCESS);
  IS(hipStreamSynchronize(stream), hipSuccess);
  CHECK(near(a.host(), transformed(x, Size{12}, 1), 1e-10));
  IS(hipfftExecZ2Z(plan, a, a, 0), HIPFFT_INVALID_VALUE);
  IS(hipfftPlan2d(&plan, -1, 2, HIPFFT_C2C), HIPFFT_INVALID_SIZE);
  IS(hipfftDestroy(plan), HIPFFT_SUCCESS);
}

/// cufftXt's, of the types that a plan is told: numbers of half and bfloat16 as near as their own last place.
template <class T> void byTypes(cudaDataType real, cudaDataType complex, double tolerance) {
  Size size{4, 8};
  long long n[] = {4, 8};
  size_t work = 7;
  std::vector<Complex> x = signal(32), r = signal(32, true);
  auto stored = [](const std::vector<Complex> &values, bool isReal) {
    std::vector<T> result;
    for (Complex value : values) {
      result.push_back(T(float(value.real())));
      if (!isReal)
        result.push_back(T(float(value.imag())));
    }
    return result;
  };
  auto values = [](const std::vector<T> &numbers) {
    std::vector<Complex> result;
    for (size_t i = 0; i < numbers.size(); i += 2)
      result.push_back({double(float(numbers[i])), double(float(numbers[i + 1]))});
    return result;
  };
  auto make = [&](cudaDataType from, cudaDataType to) {
    cufftHandle plan;
    OK(cufftCreate(&plan));
    OK(cufftXtGetSizeMany(plan, 2, n, nullptr, 1, 0, from, nullptr, 1, 0, to, 1, &work, complex));
    OK(cufftXtMakePlanMany(plan, 2, n, nullptr, 1, 0, from, nullptr, 1, 0, to, 1, &work, complex));
    IS(work, 0u);
    return plan;
  };
  Array<T> data(stored(x, false)), reals(stored(r, true)), halves(4 * 5 * 2);
  cufftHandle plan = make(complex, complex), forward = make(real, complex), backward = make(complex, real);
  OK(cufftXtExec(plan, data, data, CUFFT_FORWARD));
  CHECK(near(values(data.host()), transformed(x, size, -1), tolerance));
  OK(cufftXtExec(forward, reals, halves, CUFFT_FORWARD));
  CHECK(near(values(halves.host()), firstHalf(transformed(r, size, -1), size), tolerance));
  OK(cufftXtExec(backward, halves, reals, CUFFT_FORWARD)); // the direction does not count
  std::vector<T> back = reals.host();
  bool same = true;
  for (int i = 0; i < 32; ++i)
    same = same && std::abs(double(float(back[i])) / 32 - r[i].real()) < tolerance;
  CHECK(same);
  if (sizeof(T) == 2)
    IS(cufftExecC2C(plan, nullptr, nullptr, CUFFT_FORWARD), CUFFT_INVALID_PLAN);
  for (cufftHandle one : {plan, forward, backward})
    OK(cufftDestroy(one));
  OK(cufftCreate(&plan));
  IS(cufftXtMakePlanMany(plan, 2, n, nullptr, 1, 0, real, nullptr, 1, 0, real, 1, &work, complex), CUFFT_INVALID_TYPE);
  IS(cufftXtExec(plan, data, data, CUFFT_FORWARD), CUFFT_INVALID_PLAN);
  OK(cufftDestroy(plan));
}

/// On three devices: a transform in place there and back, with each device's part seen; rows of real numbers.
static void severalDevices() {
  Size size{9, 4};
  int devices[] = {2, 0, 1}, twice[] = {1, 1}, missing[] = {0, 3};
  size_t work[3] = {7, 7, 7};
  cufftHandle plan;
  cudaLibXtDesc *descriptor, *other;
  OK(cufftCreate(&plan));
  IS(cufftXtSetGPUs(plan, 2, twice), CUFFT_INVALID_DEVICE);
  IS(cufftXtSetGPUs(plan, 2, missing), CUFFT_INVALID_DEVICE);
  OK(cufftXtSetGPUs(plan, 3, devices));
  IS(cufftXtMalloc(plan, &descriptor, CUFFT_XT_FORMAT_INPLACE), CUFFT_INVALID_PLAN);
  OK(cufftMakePlan2d(plan, 9, 4, CUFFT_Z2Z, work));
  CHECK(work[0] == 0 && work[1] == 0 && work[2] == 0);
  OK(cufftXtMalloc(plan, &descriptor, CUFFT_XT_FORMAT_INPLACE));
  OK(cufftXtMalloc(plan, &other, CUFFT_XT_FORMAT_INPLACE));
  cudaXtDesc &parts = *descriptor->descriptor;
  IS(parts.nGPUs, 3);
  size_t bytes = 0;
  for (int i = 0; i < 3; ++i) {
    IS(parts.GPUs[i], devices[i]);
    IS(parts.size[i], 3 * 4 * sizeof(Complex));
    bytes += parts.size[i];
  }
  std::vector<Complex> x = signal(36), y(36);
  IS(bytes, 36 * sizeof(Complex));
  OK(cufftXtMemcpy(plan, descriptor, x.data(), CUFFT_COPY_HOST_TO_DEVICE));
  OK(cufftXtExecDescriptorZ2Z(plan, descriptor, descriptor, CUFFT_FORWARD));
  OK(cufftXtMemcpy(plan, other, descriptor, CUFFT_COPY_DEVICE_TO_DEVICE));
  OK(cufftXtMemcpy(plan, y.data(), other, CUFFT_COPY_DEVICE_TO_HOST));
  double worst = 0;
  std::vector<Complex> wanted = transformed(x, size, -1);
  for (int i = 0; i < 36; ++i)
    worst = std::max(worst, std::abs(y[i] - wanted[i]));
  CHECK(worst < 1e-10);
  // The second device's rows are the array's.
  OK(cudaMemcpy(y.data(), parts.data[1], parts.size[1], cudaMemcpyDeviceToHost));
  CHECK(std::abs(y[0] - wanted[12]) < 1e-10);
  OK(cufftXtExecDescriptor(plan, descriptor, descriptor, CUFFT_INVERSE));
  OK(cufftXtMemcpy(plan, y.data(), descriptor, CUFFT_COPY_DEVICE_TO_HOST));
  worst = 0;
  for (int i = 0; i < 36; ++i)
    worst = std::max(worst, std::abs(y[i] / 36. - x[i]));
  CHECK(worst < 1e-12);
  IS(cufftXtExecDescriptorC2C(plan, descriptor, descriptor, CUFFT_FORWARD), CUFFT_INVALID_PLAN);
  OK(cufftXtFree(other));
  OK(cufftXtFree(descriptor));
  OK(cufftDestroy(plan));

  OK(cufftCreate(&plan));
  OK(cufftXtSetGPUs(plan, 2, devices));
  OK(cufftMakePlan2d(plan, 9, 4, CUFFT_D2Z, work));
  OK(cufftXtMalloc(plan, &descriptor, CUFFT_XT_FORMAT_INPLACE));
  std::vector<double> padded(9 * 6);
  std::vector<Complex> real = signal(36, true), half(27);
  for (int i = 0; i < 36; ++i)
    padded[i / 4 * 6 + i % 4] = real[i].real();
  OK(cufftXtMemcpy(plan, descriptor, padded.data(), CUFFT_COPY_HOST_TO_DEVICE));
  OK(cufftXtExecDescriptorD2Z(plan, descriptor, descriptor));
  OK(cufftXtMemcpy(plan, half.data(), descriptor, CUFFT_COPY_DEVICE_TO_HOST));
  wanted = firstHalf(transformed(real, size, -1), size);
  worst = 0;
  for (int i = 0; i < 27; ++i)
    worst = std::max(worst, std::abs(half[i] - wanted[i]));
  CHECK(worst < 1e-10);
  OK(cufftXtFree(descriptor));
  OK(cufftDestroy(plan));
}

int main() {
  // Powers of two, products of small primes, primes within a pass and beyond, whose lengths are convolved.
  for (int length : {1, 2, 3, 4, 5, 8, 12, 15, 16, 49, 60, 61, 67, 128, 134, 210, 243, 256, 509})
    complexOnes({length});
  for (const Size &size : {Size{4, 6}, Size{1, 5}, Size{7, 67}, Size{3, 4, 5}, Size{8, 2, 9}})
    complexOnes(size);
  for (const Size &size : {Size{1}, Size{2}, Size{7}, Size{16}, Size{134}, Size{4, 6}, Size{5, 3}, Size{2, 3, 4}, Size{3, 4, 5}})
    realOnes(size);
  layouts();
  errors();
  byTypes<float>(CUDA_R_32F, CUDA_C_32F, 1e-4);
  byTypes<double>(CUDA_R_64F, CUDA_C_64F, 1e-5);
  byTypes<__half>(CUDA_R_16F, CUDA_C_16F, 0.2);
  byTypes<__nv_bfloat16>(CUDA_R_16BF, CUDA_C_16BF, 1);
  severalDevices();
  hip();
  return done();
}
