// cuSOLVER for several devices: matrices in blocks of columns that go around three of them, against what the functions are for.
// REQUIRES: cusolver
// RUN: %clangxx %s %library-program -lcuport-cusolver -o %t
// RUN: env CUPORT_DEVICES=3 %t 2>&1 | FileCheck %s
// RUN: env CUPORT_DEVICES=3 CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// CHECK-NOT: {{.}}
// CHECK: all as it should be

#include "blas.h"

#include <cusolverMg.h>

#include <cmath>

static const int devices = 3, block = 2;
static cusolverMgHandle_t handle;
static cudaLibMgGrid_t grid;

/// On the devices, of which each has its columns one behind the other; on the host by rows and columns.
template <class T> struct Around {
  int rows, columns;
  std::vector<void *> arrays{};
  cudaLibMgMatrixDesc_t descriptor;

  Around(int rows, int columns, cudaDataType type) : rows(rows), columns(columns) {
    for (int d = 0; d < devices; ++d) {
      void *array;
      OK(cudaSetDevice(d));
      OK(cudaMalloc(&array, size_t(rows) * (columns + block) * sizeof(T)));
      arrays.push_back(array);
    }
    OK(cudaSetDevice(0));
    OK(cusolverMgCreateMatrixDesc(&descriptor, rows, columns, rows, block, type, grid));
  }
  ~Around() {
    OK(cusolverMgDestroyMatrixDesc(descriptor));
    for (void *array : arrays)
      OK(cudaFree(array));
  }
  T *column(int j) const { return static_cast<T *>(arrays[j / block % devices]) + size_t(j / block / devices * block + j % block) * rows; }
  template <class F> void fill(F value) {
    for (int j = 0; j < columns; ++j) {
      std::vector<T> all;
      for (int i = 0; i < rows; ++i)
        all.push_back(value(i, j));
      OK(cudaMemcpy(column(j), all.data(), rows * sizeof(T), cudaMemcpyHostToDevice));
    }
  }
  std::vector<T> now() const {
    std::vector<T> all(size_t(rows) * columns);
    for (int j = 0; j < columns; ++j)
      OK(cudaMemcpy(all.data() + size_t(j) * rows, column(j), rows * sizeof(T), cudaMemcpyDeviceToHost));
    return all;
  }
};

static const int n = 11;
static double symmetric(int i, int j) { return i == j ? 12 + i : 1.0 / (1 + std::abs(i - j)); }
static double general(int i, int j) { return std::sin(3 * i + j * j + 1) + (i == (j + 4) % n ? 5 : 0); }
static double right(int i, int j) { return i - 2 * j + .5; }

template <class F> static bool solves(F a, const std::vector<double> &x, int columns) {
  double worst = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < columns; ++j) {
      double sum = 0;
      for (int k = 0; k < n; ++k)
        sum += a(i, k) * x[j * n + k];
      worst = std::max(worst, std::abs(sum - right(i, j)));
    }
  return worst < 1e-10;
}

static void linear() {
  Around<double> a(n, n, CUDA_R_64F), b(n, 5, CUDA_R_64F);
  Around<int> pivots(1, n, CUDA_R_32I);
  int info = 9;
  int64_t size = 0;
  a.fill(general);
  b.fill(right);
  OK(cusolverMgGetrf_bufferSize(handle, n, n, a.arrays.data(), 1, 1, a.descriptor, reinterpret_cast<int **>(pivots.arrays.data()), CUDA_R_64F, &size));
  CHECK(size > 0);
  OK(cusolverMgGetrf(handle, n, n, a.arrays.data(), 1, 1, a.descriptor, reinterpret_cast<int **>(pivots.arrays.data()), CUDA_R_64F, nullptr, 0, &info));
  IS(info, 0);
  OK(cusolverMgGetrs(handle, CUBLAS_OP_N, n, 5, a.arrays.data(), 1, 1, a.descriptor, reinterpret_cast<int **>(pivots.arrays.data()), b.arrays.data(), 1, 1,
                     b.descriptor, CUDA_R_64F, nullptr, 0, &info));
  IS(info, 0);
  CHECK(solves(general, b.now(), 5));

  a.fill(symmetric);
  b.fill(right);
  OK(cusolverMgPotrf(handle, CUBLAS_FILL_MODE_LOWER, n, a.arrays.data(), 1, 1, a.descriptor, CUDA_R_64F, nullptr, 0, &info));
  IS(info, 0);
  OK(cusolverMgPotrs(handle, CUBLAS_FILL_MODE_LOWER, n, 5, a.arrays.data(), 1, 1, a.descriptor, b.arrays.data(), 1, 1, b.descriptor, CUDA_R_64F, nullptr, 0,
                     &info));
  CHECK(solves(symmetric, b.now(), 5));
  OK(cusolverMgPotri(handle, CUBLAS_FILL_MODE_LOWER, n, a.arrays.data(), 1, 1, a.descriptor, CUDA_R_64F, nullptr, 0, &info));
  std::vector<double> inverse = a.now();
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      double sum = 0;
      for (int k = 0; k < n; ++k)
        sum += symmetric(i, k) * inverse[k > j ? j * n + k : k * n + j];
      CHECK(std::abs(sum - (i == j)) < 1e-10);
    }
  // Not positive: the minor that fails.
  a.fill([](int i, int j) { return i == j ? i == 3 ? -1. : 1. : 0.; });
  OK(cusolverMgPotrf(handle, CUBLAS_FILL_MODE_LOWER, n, a.arrays.data(), 1, 1, a.descriptor, CUDA_R_64F, nullptr, 0, &info));
  IS(info, 4);
  IS(int(cusolverMgPotrf(handle, CUBLAS_FILL_MODE_LOWER, n + 1, a.arrays.data(), 1, 1, a.descriptor, CUDA_R_64F, nullptr, 0, &info)),
     int(CUSOLVER_STATUS_INVALID_VALUE));
}

/// Of a part, from row and column 3 on; the vectors times the values are the matrix times the vectors.
static void eigenvalues() {
  const int m = 7;
  Around<float> a(n, n, CUDA_R_32F);
  a.fill([](int i, int j) { return float(symmetric(i, j)); });
  std::vector<float> values(m);
  int info = 9;
  OK(cusolverMgSyevd(handle, CUSOLVER_EIG_MODE_VECTOR, CUBLAS_FILL_MODE_LOWER, m, a.arrays.data(), 3, 3, a.descriptor, values.data(), CUDA_R_32F, CUDA_R_32F,
                     nullptr, 0, &info));
  IS(info, 0);
  std::vector<float> now = a.now();
  for (int j = 0; j < m; ++j) {
    CHECK(!j || values[j] >= values[j - 1]);
    for (int i = 0; i < m; ++i) {
      double sum = 0;
      for (int k = 0; k < m; ++k)
        sum += symmetric(i + 2, k + 2) * now[(j + 2) * n + k + 2];
      CHECK(std::abs(sum - values[j] * now[(j + 2) * n + i + 2]) < 1e-4);
    }
  }
  CHECK(now[0] == float(symmetric(0, 0)) && now[n * n - 1] == float(symmetric(n - 1, n - 1)));
}

int main() {
  int each[] = {0, 1, 2};
  OK(cusolverMgCreate(&handle));
  OK(cusolverMgDeviceSelect(handle, devices, each));
  OK(cusolverMgCreateDeviceGrid(&grid, 1, devices, each, CUDALIBMG_GRID_MAPPING_COL_MAJOR));
  linear();
  eigenvalues();
  OK(cusolverMgDestroyGrid(grid));
  OK(cusolverMgDestroy(handle));
  return done();
}
