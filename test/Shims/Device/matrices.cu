// wmma in all shapes and layouts against a product on the host.
// RUN: %cuport-cc -std=c++17 %s -o %t
// RUN: %t | FileCheck %s
// CHECK: no error, wrong: 0

#include <cstdio>
#include <mma.h>

using namespace nvcuda;

template <int M, int N, int K, class T, class C, class LayoutA, class LayoutB>
__global__ void product(const typename wmma::cuport_element<T>::kept *a, const typename wmma::cuport_element<T>::kept *b, const C *c, C *d) {
  wmma::fragment<wmma::matrix_a, M, N, K, T, LayoutA> fa;
  wmma::fragment<wmma::matrix_b, M, N, K, T, LayoutB> fb;
  wmma::fragment<wmma::accumulator, M, N, K, C> fc, fd;
  wmma::load_matrix_sync(fa, a, std::is_same_v<LayoutA, wmma::row_major> ? K : M);
  wmma::load_matrix_sync(fb, b, std::is_same_v<LayoutB, wmma::row_major> ? N : K);
  wmma::load_matrix_sync(fc, c, N, wmma::mem_row_major);
  wmma::fill_fragment(fd, 0.0f);
  for (int i = 0; i < fc.num_elements; ++i) // any element may be touched by itself
    fc.x[i] = fc.x[i] + fc.x[i] + fd.x[i];
  wmma::mma_sync(fd, fa, fb, fc);
  wmma::store_matrix_sync(d, fd, M, wmma::mem_col_major);
}

int wrong = 0;

template <int M, int N, int K, class T, class C, class LayoutA, class LayoutB> void check() {
  typedef typename wmma::cuport_element<T>::kept E;
  E *a, *b;
  C *c, *d;
  cudaMallocManaged(&a, M * K * sizeof(E));
  cudaMallocManaged(&b, K * N * sizeof(E));
  cudaMallocManaged(&c, M * N * sizeof(C));
  cudaMallocManaged(&d, M * N * sizeof(C));
  // Small whole numbers: every sum is exact in every type.
  auto element_a = [](int i, int k) { return (3 * i + 5 * k) % 7 - (std::is_same_v<T, unsigned char> ? 0 : 3); };
  auto element_b = [](int k, int j) { return (2 * k + 3 * j) % 5; };
  for (int i = 0; i < M; ++i)
    for (int k = 0; k < K; ++k)
      a[std::is_same_v<LayoutA, wmma::row_major> ? i * K + k : k * M + i] = static_cast<E>(static_cast<float>(element_a(i, k)));
  for (int k = 0; k < K; ++k)
    for (int j = 0; j < N; ++j)
      b[std::is_same_v<LayoutB, wmma::row_major> ? k * N + j : j * K + k] = static_cast<E>(static_cast<float>(element_b(k, j)));
  for (int i = 0; i < M * N; ++i)
    c[i] = static_cast<C>(static_cast<float>(i % 11));
  product<M, N, K, T, C, LayoutA, LayoutB><<<1, 32>>>(a, b, c, d);
  cudaDeviceSynchronize();
  for (int i = 0; i < M; ++i)
    for (int j = 0; j < N; ++j) {
      int want = 2 * ((i * N + j) % 11);
      for (int k = 0; k < K; ++k)
        want += element_a(i, k) * element_b(k, j);
      if (static_cast<float>(d[j * M + i]) != want && ++wrong < 5)
        printf("%dx%dx%d (%d, %d): %g, not %d\n", M, N, K, i, j, static_cast<double>(static_cast<float>(d[j * M + i])), want);
    }
  cudaFree(a), cudaFree(b), cudaFree(c), cudaFree(d);
}

int main() {
  check<16, 16, 16, __half, float, wmma::row_major, wmma::col_major>();
  check<16, 16, 16, __half, __half, wmma::col_major, wmma::row_major>();
  check<32, 8, 16, __nv_bfloat16, float, wmma::row_major, wmma::row_major>();
  check<8, 32, 16, signed char, int, wmma::row_major, wmma::col_major>();
  check<16, 16, 16, unsigned char, int, wmma::col_major, wmma::col_major>();
  check<16, 16, 8, wmma::precision::tf32, float, wmma::row_major, wmma::col_major>();
  check<8, 8, 4, double, double, wmma::row_major, wmma::col_major>();
  printf("%s, wrong: %d\n", cudaGetErrorString(cudaGetLastError()), wrong);
}
