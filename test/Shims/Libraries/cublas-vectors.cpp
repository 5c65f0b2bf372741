// cuBLAS's handle, copies and level 1, against plain loops over small whole numbers.
// REQUIRES: cublas
// RUN: %clangxx %s %library-program -lcuport-cublas -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// CHECK: all as it should be

#include "blas.h"

static cublasHandle_t handle;

static void settings() {
  OK(cublasCreate(&handle));
  IS(cublasCreate(nullptr), CUBLAS_STATUS_INVALID_VALUE);
  IS(cublasDestroy(nullptr), CUBLAS_STATUS_NOT_INITIALIZED);
  int version = 0, major = 0;
  OK(cublasGetVersion(handle, &version));
  OK(cublasGetProperty(MAJOR_VERSION, &major));
  IS(version, CUBLAS_VERSION);
  IS(major, CUBLAS_VER_MAJOR);
  cublasPointerMode_t pointerMode;
  OK(cublasGetPointerMode(handle, &pointerMode));
  IS(pointerMode, CUBLAS_POINTER_MODE_HOST);
  IS(cublasSetPointerMode(handle, cublasPointerMode_t(7)), CUBLAS_STATUS_INVALID_VALUE);
  cublasMath_t math;
  OK(cublasSetMathMode(handle, CUBLAS_PEDANTIC_MATH));
  OK(cublasGetMathMode(handle, &math));
  IS(math, CUBLAS_PEDANTIC_MATH);
  cublasAtomicsMode_t atomics;
  OK(cublasSetAtomicsMode(handle, CUBLAS_ATOMICS_ALLOWED));
  OK(cublasGetAtomicsMode(handle, &atomics));
  IS(atomics, CUBLAS_ATOMICS_ALLOWED);
  cudaStream_t stream, given;
  OK(cudaStreamCreate(&stream));
  OK(cublasSetStream(handle, stream));
  OK(cublasGetStream(handle, &given));
  IS(given, stream);
  OK(cublasSetWorkspace(handle, nullptr, 0));
  OK(cublasLoggerConfigure(0, 0, 0, nullptr));
  IS(std::string(cublasGetStatusName(CUBLAS_STATUS_NOT_SUPPORTED)), "CUBLAS_STATUS_NOT_SUPPORTED");
  CHECK(cublasGetStatusString(CUBLAS_STATUS_INVALID_VALUE) != nullptr);
}

static void copies() {
  std::vector<int> from{1, 2, 3, 4, 5, 6}, to(6);
  Array<int> device(6);
  OK(cublasSetVector(3, sizeof(int), from.data(), 2, device, 1)); // 1 3 5
  OK(cublasGetVector(3, sizeof(int), device, 1, to.data(), 2));
  CHECK(to == (std::vector<int>{1, 0, 3, 0, 5, 0}));
  OK(cublasSetMatrix(2, 2, sizeof(int), from.data(), 3, device, 2)); // 1 2, 4 5
  OK(cublasGetMatrix(2, 2, sizeof(int), device, 2, to.data(), 2));
  CHECK(to == (std::vector<int>{1, 2, 4, 5, 5, 0}));
  OK(cublasSetVectorAsync(6, sizeof(int), from.data(), 1, device, 1, nullptr));
  OK(cublasGetVectorAsync(6, sizeof(int), device, 1, to.data(), 1, nullptr));
  OK(cudaStreamSynchronize(nullptr));
  CHECK(to == from);
  OK(cublasSetMatrixAsync(2, 1, sizeof(int), from.data() + 4, 2, device, 2, nullptr));
  OK(cublasGetMatrixAsync(3, 2, sizeof(int), device, 3, to.data(), 3, nullptr));
  OK(cudaStreamSynchronize(nullptr));
  CHECK(to == (std::vector<int>{5, 6, 3, 4, 5, 6}));
  IS(cublasSetVector(3, 4, from.data(), 0, device, 1), CUBLAS_STATUS_INVALID_VALUE);
  IS(cublasSetMatrix(3, 1, 4, from.data(), 2, device, 3), CUBLAS_STATUS_INVALID_VALUE);
}

template <class T> struct Functions;
#define FUNCTIONS(T, L, n2, as, im, in, u, c, real)                                                                      \
  template <> struct Functions<T> {                                                                                      \
    static constexpr auto axpy = cublas##L##axpy_v2;                                                                     \
    static constexpr auto copy = cublas##L##copy_v2;                                                                     \
    static constexpr auto swap = cublas##L##swap_v2;                                                                     \
    static constexpr auto scal = cublas##L##scal_v2;                                                                     \
    static constexpr auto scalPart = cublas##real##scal_v2;                                                              \
    static constexpr auto nrm2 = cublas##n2##_v2;                                                                        \
    static constexpr auto asum = cublas##as##_v2;                                                                        \
    static constexpr auto amax = cublas##im##_v2;                                                                        \
    static constexpr auto amin = cublas##in##_v2;                                                                        \
    static constexpr auto dotu = cublas##u##_v2;                                                                         \
    static constexpr auto dotc = cublas##c##_v2;                                                                         \
    static constexpr auto rot = cublas##L##rot_v2;                                                                       \
    static constexpr auto rotPart = cublas##real##rot_v2;                                                                \
    static constexpr auto axpy64 = cublas##L##axpy_v2_64;                                                                \
    static constexpr auto amax64 = cublas##im##_v2_64;                                                                   \
  };
FUNCTIONS(float, S, Snrm2, Sasum, Isamax, Isamin, Sdot, Sdot, S)
FUNCTIONS(double, D, Dnrm2, Dasum, Idamax, Idamin, Ddot, Ddot, D)
FUNCTIONS(cuComplex, C, Scnrm2, Scasum, Icamax, Icamin, Cdotu, Cdotc, Cs)
FUNCTIONS(cuDoubleComplex, Z, Dznrm2, Dzasum, Izamax, Izamin, Zdotu, Zdotc, Zd)

template <class T> void level1() {
  using F = Functions<T>;
  using Real = decltype(std::real(Number<T>()));
  const int n = 5, incx = 2, incy = -3;
  std::vector<T> hx = vectorOf<T>(n * 2, 1), hy = vectorOf<T>(n * 3, 2);
  Matrix<T> x = column(hx, n, incx), y = column(hy, n, incy), zero(n, 1);
  T alpha = make<T>(2, -1);
  {
    Array<T> dx(hx), dy(hy);
    OK(F::axpy(handle, n, &alpha, dx, incx, dy, incy));
    alpha = make<T>(99, 99); // it has been read
    CHECK(sameVector(dy, incy, sum<T>(number(make<T>(2, -1)), x, 1, y), hy));
    alpha = make<T>(2, -1);
    OK(F::copy(handle, n, dx, incx, dy, incy));
    CHECK(sameVector(dy, incy, x, hy));
  }
  {
    Array<T> dx(hx), dy(hy);
    OK(F::swap(handle, n, dx, incx, dy, incy));
    CHECK(sameVector(dx, incx, y, hx));
    CHECK(sameVector(dy, incy, x, hy));
    OK(F::axpy64(handle, n, &alpha, dy, incy, dx, incx));
    CHECK(sameVector(dx, incx, sum<T>(number(alpha), x, 1, y), hx));
    IS(F::axpy64(handle, int64_t(1) << 40, &alpha, dx, 1, dy, 1), CUBLAS_STATUS_NOT_SUPPORTED);
  }
  {
    Array<T> dx(hx);
    OK(F::scal(handle, n, &alpha, dx, incx));
    CHECK(sameVector(dx, incx, sum<T>(number(alpha), x, 0, zero), hx));
    Real half = 3;
    Array<T> dz(hx);
    OK(F::scalPart(handle, n, &half, dz, incx));
    CHECK(sameVector(dz, incx, sum<T>(3, x, 0, zero), hx));
    OK(F::scal(handle, n, &alpha, dz, -1)); // nothing
    CHECK(sameVector(dz, incx, sum<T>(3, x, 0, zero), hx));
  }
  // Reductions, where the host waits.
  Array<T> dx(hx), dy(hy);
  Real squares = 0, absolute = 0, norm = -1, sumOf = -1;
  Number<T> u = 0, c = 0;
  int largest = 0, smallest = 0;
  auto size = [&](int i) { return std::abs(std::real(x(i, 0))) + std::abs(std::imag(x(i, 0))); };
  for (int i = 0; i < n; ++i) {
    squares += std::norm(x(i, 0));
    absolute += size(i);
    u += x(i, 0) * y(i, 0);
    c += number(conjugate(back<T>(x(i, 0)))) * y(i, 0);
    largest = size(i) > size(largest) ? i : largest;
    smallest = size(i) < size(smallest) ? i : smallest;
  }
  OK(F::nrm2(handle, n, dx, incx, &norm));
  CHECK(std::abs(norm * norm - squares) < 1e-4 * squares);
  OK(F::asum(handle, n, dx, incx, &sumOf));
  IS(sumOf, absolute);
  T result{};
  OK(F::dotu(handle, n, dx, incx, dy, incy, &result));
  IS(number(result), u);
  OK(F::dotc(handle, n, dx, incx, dy, incy, &result));
  IS(number(result), c);
  int index = -1;
  OK(F::amax(handle, n, dx, incx, &index));
  IS(index, largest + 1);
  OK(F::amin(handle, n, dx, incx, &index));
  IS(index, smallest + 1);
  int64_t index64 = -1;
  OK(F::amax64(handle, n, dx, incx, &index64));
  IS(index64, largest + 1);
  // Nothing to look at.
  OK(F::amax(handle, 0, dx, 1, &index));
  IS(index, 0);
  OK(F::nrm2(handle, 0, dx, 1, &norm));
  IS(norm, 0);
  // The same with scalars of the device.
  OK(cublasSetPointerMode(handle, CUBLAS_POINTER_MODE_DEVICE));
  Array<T> deviceAlpha(std::vector<T>{make<T>(2, -1)}), deviceResult(1);
  Array<int> deviceIndex(1);
  OK(F::dotu(handle, n, dx, incx, dy, incy, deviceResult));
  OK(F::amax(handle, n, dx, incx, deviceIndex));
  OK(F::axpy(handle, n, deviceAlpha, dx, incx, dy, incy));
  OK(cublasSetPointerMode(handle, CUBLAS_POINTER_MODE_HOST));
  OK(cudaDeviceSynchronize());
  IS(number(deviceResult.host()[0]), u);
  IS(deviceIndex.host()[0], largest + 1);
  CHECK(sameVector(dy, incy, sum<T>(number(alpha), x, 1, y), hy));
  // Rotations: (0, 1) exchanges, with a sign.
  Array<T> rx(hx), ry(hy);
  Real cosine = 0, sine = 1;
  OK(F::rotPart(handle, n, rx, incx, ry, incy, &cosine, &sine));
  CHECK(sameVector(rx, incx, y, hx));
  CHECK(sameVector(ry, incy, sum<T>(-1, x, 0, zero), hy));
  T turn = make<T>(0, 1); // i
  if constexpr (isComplex<T>) {
    Array<T> px(hx), py(hy);
    OK(F::rot(handle, n, px, incx, py, incy, &cosine, &turn));
    CHECK(sameVector(px, incx, sum<T>(number(turn), y, 0, zero), hx));
    CHECK(sameVector(py, incy, sum<T>(number(turn), x, 0, zero), hy)); // -conj(i) x
  }
  IS(F::axpy(nullptr, n, &alpha, dx, 1, dy, 1), CUBLAS_STATUS_NOT_INITIALIZED);
  IS(F::axpy(handle, n, nullptr, dx, 1, dy, 1), CUBLAS_STATUS_INVALID_VALUE);
  IS(F::nrm2(handle, n, dx, 1, nullptr), CUBLAS_STATUS_INVALID_VALUE);
}

static void rotations() {
  float a = 3, b = 4, c, s;
  OK(cublasSrotg(handle, &a, &b, &c, &s));
  CHECK(std::abs(a - 5) < 1e-6 && std::abs(c - 0.6f) < 1e-6 && std::abs(s - 0.8f) < 1e-6);
  cuDoubleComplex za{3, 0}, zb{4, 0}, zs;
  double zc;
  OK(cublasZrotg(handle, &za, &zb, &zc, &zs));
  CHECK(std::abs(za.x - 5) < 1e-12 && std::abs(zc - 0.6) < 1e-12 && std::abs(zs.x - 0.8) < 1e-12);
  // flag -1: the matrix is (2 3, 4 5), by columns 2 4 3 5.
  double parameters[5] = {-1, 2, 4, 3, 5};
  Array<double> x({1, 2}), y({10, 20});
  OK(cublasDrotm(handle, 2, x, 1, y, 1, parameters));
  CHECK(x.host() == (std::vector<double>{32, 64}));
  CHECK(y.host() == (std::vector<double>{54, 108}));
  // With y1 of 0 nothing is to be rotated: flag -2.
  float d1 = 1, d2 = 2, x1 = 3, y1 = 0, made[5] = {};
  OK(cublasSrotmg(handle, &d1, &d2, &x1, &y1, made));
  IS(made[0], -2);
}

/// Vectors of types that numbers tell.
static void mixed() {
  Array<__half> x({__half(1.f), __half(2.f), __half(4.f)});
  Array<float> y({10, 20, 30});
  float alpha = 0.5f, result = 0;
  OK(cublasAxpyEx(handle, 3, &alpha, CUDA_R_32F, x, CUDA_R_16F, 1, y, CUDA_R_32F, 1, CUDA_R_32F));
  CHECK(y.host() == (std::vector<float>{10.5, 21, 32}));
  OK(cublasDotEx(handle, 3, x, CUDA_R_16F, 1, x, CUDA_R_16F, 1, &result, CUDA_R_32F, CUDA_R_32F));
  IS(result, 21);
  OK(cublasDotcEx(handle, 2, x, CUDA_R_16F, 1, x, CUDA_R_16F, 1, &result, CUDA_R_32F, CUDA_R_32F));
  IS(result, 5);
  OK(cublasScalEx(handle, 3, &alpha, CUDA_R_32F, x, CUDA_R_16F, 1, CUDA_R_32F));
  IS(float(x.host()[2]), 2);
  Array<__half> p({__half(3.f), __half(4.f)});
  __half norm;
  OK(cublasNrm2Ex(handle, 2, p, CUDA_R_16F, 1, &norm, CUDA_R_16F, CUDA_R_32F));
  IS(float(norm), 5);
  // Complex ones: (1 + 2i)(3 - i) is 5 + 5i, with the first conjugated 1 - 7i.
  Array<cuComplex> u({{1, 2}}), v({{3, -1}});
  cuComplex product, i{0, 1};
  OK(cublasDotEx(handle, 1, u, CUDA_C_32F, 1, v, CUDA_C_32F, 1, &product, CUDA_C_32F, CUDA_C_32F));
  CHECK(product.x == 5 && product.y == 5);
  OK(cublasDotcEx(handle, 1, u, CUDA_C_32F, 1, v, CUDA_C_32F, 1, &product, CUDA_C_32F, CUDA_C_32F));
  CHECK(product.x == 1 && product.y == -7);
  OK(cublasAxpyEx(handle, 1, &i, CUDA_C_32F, u, CUDA_C_32F, 1, v, CUDA_C_32F, 1, CUDA_C_32F));
  CHECK(v.host()[0].x == 1 && v.host()[0].y == 0);
  OK(cublasScalEx(handle, 1, &i, CUDA_C_32F, u, CUDA_C_32F, 1, CUDA_C_32F));
  CHECK(u.host()[0].x == -2 && u.host()[0].y == 1);
  float length;
  OK(cublasNrm2Ex(handle, 1, u, CUDA_C_32F, 1, &length, CUDA_R_32F, CUDA_C_32F));
  CHECK(std::abs(length * length - 5) < 1e-5);
  // (x, y) becomes (c x + s y, c y - conj(s) x).
  cuComplex cosine{0.5f, 0};
  OK(cublasRotEx(handle, 1, u, CUDA_C_32F, 1, v, CUDA_C_32F, 1, &cosine, &i, CUDA_C_32F, CUDA_C_32F));
  CHECK(u.host()[0].x == -1 && u.host()[0].y == 1.5f && v.host()[0].x == -0.5f && v.host()[0].y == -2);
  __half halves[] = {__half(0.f), __half(1.f)};
  OK(cublasRotEx(handle, 2, x, CUDA_R_16F, 1, p, CUDA_R_16F, 1, halves, halves + 1, CUDA_R_16F, CUDA_R_32F));
  CHECK(float(x.host()[0]) == 3 && float(p.host()[1]) == -1);
  IS(cublasScalEx(handle, 3, &alpha, CUDA_R_32F, x, CUDA_C_8I, 1, CUDA_R_32F), CUBLAS_STATUS_NOT_SUPPORTED);
}

int main() {
  settings();
  copies();
  level1<float>();
  level1<double>();
  level1<cuComplex>();
  level1<cuDoubleComplex>();
  rotations();
  mixed();
  OK(cudaDeviceSynchronize());
  OK(cublasDestroy(handle));
  return done();
}
