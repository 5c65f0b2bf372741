// wmma of elements below a byte, 4 bits and single bits, against loops over the bits on the host.
// RUN: %cuport-cc -std=c++17 %s -o %t
// RUN: %t | FileCheck %s
// CHECK: no error, wrong: 0

#include <cstdio>
#include <mma.h>

using namespace nvcuda;
using namespace nvcuda::wmma::experimental;

constexpr int tiles = 3; ///< along the inner side

template <class T, int K> __global__ void nibbles(const unsigned *a, const unsigned *b, int *d, bool saturate) {
  wmma::fragment<wmma::matrix_a, 8, 8, K, T, wmma::row_major> fa;
  wmma::fragment<wmma::matrix_b, 8, 8, K, T, wmma::col_major> fb;
  wmma::fragment<wmma::accumulator, 8, 8, K, int> fc;
  wmma::fill_fragment(fc, saturate ? 0x7fffffff - 5 : 7);
  for (int tile = 0; tile < tiles; ++tile) {
    wmma::load_matrix_sync(fa, a + tile * K / 8, tiles * K);
    wmma::load_matrix_sync(fb, b + tile * K / 8, tiles * K);
    wmma::mma_sync(fc, fa, fb, fc, saturate);
  }
  wmma::store_matrix_sync(d, fc, 8, wmma::mem_row_major);
}

__global__ void bits(const unsigned *a, const unsigned *b, int *d, bmmaBitOp op) {
  wmma::fragment<wmma::matrix_a, 8, 8, 128, precision::b1, wmma::row_major> fa;
  wmma::fragment<wmma::matrix_b, 8, 8, 128, precision::b1, wmma::col_major> fb;
  wmma::fragment<wmma::accumulator, 8, 8, 128, int> fc;
  wmma::fill_fragment(fc, 0);
  for (int tile = 0; tile < tiles; ++tile) {
    wmma::load_matrix_sync(fa, a + tile * 4, tiles * 128);
    wmma::load_matrix_sync(fb, b + tile * 4, tiles * 128);
    if (op == bmmaBitOpXOR)
      wmma::bmma_sync(fc, fa, fb, fc);
    else
      wmma::bmma_sync(fc, fa, fb, fc, op, bmmaAccumulateOpPOPC);
  }
  wmma::store_matrix_sync(d, fc, 8, wmma::mem_col_major);
}

__global__ void filled(int *d) {
  wmma::fragment<wmma::matrix_a, 8, 8, 32, precision::s4, wmma::row_major> fa;
  wmma::fragment<wmma::matrix_b, 8, 8, 32, precision::s4, wmma::col_major> fb;
  wmma::fragment<wmma::accumulator, 8, 8, 32, int> fc;
  wmma::fill_fragment(fa, -3);
  wmma::fill_fragment(fb, 18); // of which the lowest bits count: 2
  wmma::fill_fragment(fc, 1);
  wmma::mma_sync(fc, fa, fb, fc);
  wmma::store_matrix_sync(d, fc, 8, wmma::mem_row_major);
  wmma::fragment<wmma::matrix_a, 8, 8, 128, precision::b1, wmma::row_major> ones;
  wmma::fill_fragment(ones, 3);
  static_assert(sizeof(ones.x) == sizeof(ones.x[0]) * ones.num_storage_elements && ones.num_elements == 32 * ones.num_storage_elements);
  if (threadIdx.x == 0)
    d[64] = ones.x[0] == 0xffffffff;
}

int wrong = 0;
void same(const char *what, int i, int j, int is, long long want) {
  if (is != want && ++wrong < 5)
    printf("%s (%d, %d): %d, not %lld\n", what, i, j, is, want);
}

int main() {
  const int words = 8 * tiles * 4; // of both kinds: 128 bits a line and tile
  unsigned *a, *b, state = 12345;
  int *d;
  cudaMallocManaged(&a, words * sizeof *a);
  cudaMallocManaged(&b, words * sizeof *b);
  cudaMallocManaged(&d, 65 * sizeof *d);
  for (int i = 0; i < words; ++i) {
    a[i] = state = state * 1664525 + 1013904223;
    b[i] = state = state * 1664525 + 1013904223;
  }
  auto nibble = [](const unsigned *of, int line, int k) { return int(reinterpret_cast<const unsigned char *>(of)[(line * tiles * 32 + k) / 2] >> k % 2 * 4 & 15); };
  auto bit = [](const unsigned *of, int line, int k) { return reinterpret_cast<const unsigned char *>(of)[(line * tiles * 128 + k) / 8] >> k % 8 & 1; };
  for (bool isSigned : {false, true})
    for (bool saturate : {false, true}) {
      (isSigned ? nibbles<precision::s4, 32> : nibbles<precision::u4, 32>)<<<1, 32>>>(a, b, d, saturate);
      cudaDeviceSynchronize();
      auto value = [&](const unsigned *of, int line, int k) { return isSigned && nibble(of, line, k) > 7 ? nibble(of, line, k) - 16 : nibble(of, line, k); };
      for (int i = 0; i < 8; ++i)
        for (int j = 0; j < 8; ++j) {
          long long want = saturate ? 0x7fffffff - 5 : 7;
          for (int tile = 0; tile < tiles; ++tile) {
            for (int k = tile * 32; k < tile * 32 + 32; ++k)
              want += value(a, i, k) * value(b, j, k);
            want = want > 0x7fffffff ? 0x7fffffff : want;
          }
          same(isSigned ? "s4" : "u4", i, j, d[i * 8 + j], want);
        }
    }
  for (bmmaBitOp op : {bmmaBitOpXOR, bmmaBitOpAND}) {
    bits<<<1, 32>>>(a, b, d, op);
    cudaDeviceSynchronize();
    for (int i = 0; i < 8; ++i)
      for (int j = 0; j < 8; ++j) {
        int want = 0;
        for (int k = 0; k < tiles * 128; ++k)
          want += op == bmmaBitOpXOR ? bit(a, i, k) != bit(b, j, k) : bit(a, i, k) && bit(b, j, k);
        same("b1", i, j, d[j * 8 + i], want);
      }
  }
  filled<<<1, 32>>>(d);
  cudaDeviceSynchronize();
  same("filled", 0, 0, d[9], 1 - 32 * 3 * 2);
  same("ones", 0, 0, d[64], 1);
  printf("%s, wrong: %d\n", cudaGetErrorString(cudaGetLastError()), wrong);
}
