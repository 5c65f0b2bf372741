// cuFFT's callbacks: device functions for elements that are read and written, told by addresses from a device variable.
// RUN: %cuport-cc -O1 %s -lcufft -o %t
// RUN: %t | FileCheck %s
// RUN: %cuport-cc -O1 -rdc=true %s -lcufft -o %t.rdc
// RUN: %t.rdc | FileCheck %s
// CHECK: all as it should be

#include <cuda_runtime.h>
#include <cufftXt.h>

#include <cmath>
#include <complex>
#include <cstdio>
#include <vector>

struct Window {
  float factor;
  int loads;
};

/// Bytes as numbers, times a factor; how many were read is counted.
__device__ cufftComplex fromBytes(void *in, size_t offset, void *info, void *) {
  Window *window = static_cast<Window *>(info);
  atomicAdd(&window->loads, 1);
  unsigned char value = static_cast<unsigned char *>(in)[offset];
  return make_float2(window->factor * value, 0);
}
/// Only how large a result is.
__device__ void magnitude(void *out, size_t offset, cufftComplex value, void *, void *) {
  static_cast<float *>(out)[offset] = hypotf(value.x, value.y);
}
__device__ double loadReal(void *in, size_t offset, void *, void *) { return static_cast<float *>(in)[offset]; }
__device__ void storeDouble(void *out, size_t offset, cufftDoubleComplex value, void *info, void *shared) {
  // What a callback keeps between its calls.
  int *count = static_cast<int *>(shared);
  static_cast<cufftDoubleComplex *>(out)[offset] = make_double2(value.x + *static_cast<double *>(info), value.y);
  ++*count;
}
__device__ cufftCallbackLoadC fromBytesAddress = fromBytes;
__device__ cufftCallbackStoreC magnitudeAddress = magnitude;
__device__ cufftCallbackLoadD loadRealAddress = loadReal;
__device__ cufftCallbackStoreZ storeDoubleAddress = storeDouble;

static bool wrong = false;
#define CHECK(truth)                                                                                                     \
  if (!(truth))                                                                                                          \
  wrong = true, std::printf("line %d: not so: %s\n", __LINE__, #truth)

template <class T> static void *addressOf(T &variable) {
  T function;
  CHECK(!cudaMemcpyFromSymbol(&function, variable, sizeof function));
  return reinterpret_cast<void *>(function);
}

static std::complex<double> term(const std::vector<double> &x, int k) {
  std::complex<double> sum;
  for (size_t j = 0; j < x.size(); ++j)
    sum += x[j] * std::polar(1.0, -2 * M_PI * double(j) * k / double(x.size()));
  return sum;
}

int main() {
  const int n = 12;
  unsigned char *bytes;
  float *out, *reals;
  cufftDoubleComplex *spectrum;
  Window *window;
  double *offset;
  cudaMallocManaged(&bytes, 2 * n);
  cudaMallocManaged(&out, 2 * n * sizeof *out);
  cudaMallocManaged(&reals, n * sizeof *reals);
  cudaMallocManaged(&spectrum, n * sizeof *spectrum);
  cudaMallocManaged(&window, sizeof *window);
  cudaMallocManaged(&offset, sizeof *offset);
  for (int i = 0; i < 2 * n; ++i)
    bytes[i] = i * 37 % 256;
  *window = {.5f, 0};
  cufftHandle plan;
  CHECK(!cufftPlan1d(&plan, n, CUFFT_C2C, 2));
  void *load = addressOf(fromBytesAddress), *store = addressOf(magnitudeAddress), *info = window;
  CHECK(!cufftXtSetCallback(plan, &load, CUFFT_CB_LD_COMPLEX, &info));
  CHECK(!cufftXtSetCallback(plan, &store, CUFFT_CB_ST_COMPLEX, nullptr));
  CHECK(cufftXtSetCallback(plan, &store, CUFFT_CB_ST_REAL, nullptr) == CUFFT_INVALID_TYPE);
  CHECK(!cufftExecC2C(plan, reinterpret_cast<cufftComplex *>(bytes), reinterpret_cast<cufftComplex *>(out), CUFFT_FORWARD));
  CHECK(!cudaDeviceSynchronize());
  CHECK(window->loads == 2 * n);
  for (int batch = 0; batch < 2; ++batch) {
    std::vector<double> x(bytes + batch * n, bytes + batch * n + n);
    for (int k = 0; k < n; ++k)
      CHECK(std::abs(out[batch * n + k] - .5 * std::abs(term(x, k))) < 1e-3);
  }
  // Without the one for results they are complex again.
  CHECK(!cufftXtClearCallback(plan, CUFFT_CB_ST_COMPLEX));
  cufftComplex *full;
  cudaMallocManaged(&full, 2 * n * sizeof *full);
  CHECK(!cufftExecC2C(plan, reinterpret_cast<cufftComplex *>(bytes), full, CUFFT_FORWARD));
  CHECK(!cudaDeviceSynchronize());
  std::vector<double> x(bytes, bytes + n);
  CHECK(std::abs(full[1].y - .5 * term(x, 1).imag()) < 1e-3);
  CHECK(!cufftDestroy(plan));

  for (int i = 0; i < n; ++i)
    reals[i] = float(i * i % 7);
  *offset = 100;
  CHECK(!cufftPlan1d(&plan, n, CUFFT_D2Z, 1));
  load = addressOf(loadRealAddress), store = addressOf(storeDoubleAddress), info = offset;
  CHECK(!cufftXtSetCallback(plan, &load, CUFFT_CB_LD_REAL_DOUBLE, nullptr));
  CHECK(!cufftXtSetCallback(plan, &store, CUFFT_CB_ST_COMPLEX_DOUBLE, &info));
  CHECK(!cufftXtSetCallbackSharedSize(plan, CUFFT_CB_ST_COMPLEX_DOUBLE, sizeof(int)));
  CHECK(!cufftExecD2Z(plan, reinterpret_cast<double *>(reals), spectrum));
  CHECK(!cudaDeviceSynchronize());
  std::vector<double> y(reals, reals + n);
  for (int k = 0; k <= n / 2; ++k)
    CHECK(std::abs(spectrum[k].x - 100 - term(y, k).real()) < 1e-9 && std::abs(spectrum[k].y - term(y, k).imag()) < 1e-9);
  if (!wrong)
    std::printf("all as it should be\n");
  return wrong;
}
