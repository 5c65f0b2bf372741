// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// nvcuda::wmma: products of small matrices by a warp. Where the elements of a fragment lie is not specified by CUDA; here a
// lane has some neighbouring elements of one row of the accumulator, the row of A and the columns of B that these are made
// of, so that a product needs no exchange between lanes:
//
//        columns of B            32 / M lanes share a row of the accumulator;
//   row of A -> elements         each has M * N / 32 elements of it
//
// Products of halves and bfloat16 are exact and summed in float. Formats below a byte (experimental) are not there.

#ifndef CUPORT_MMA_H
#define CUPORT_MMA_H

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_runtime.h>
#ifdef CUPORT_COMPILES_KERNELS
#include <cuport/intrinsics.h>

namespace nvcuda {
namespace wmma {

struct row_major {};
struct col_major {};
struct matrix_a {};
struct matrix_b {};
struct accumulator {};
enum layout_t { mem_row_major, mem_col_major };
namespace precision {
struct tf32 {};
} // namespace precision

/// How an element is kept, and as what it is multiplied.
template <class T> struct cuport_element {
  typedef T kept;
  static CUPORT_DEVICE_MEMBER T factor(T x) { return x; }
};
template <> struct cuport_element<__half> {
  typedef __half kept;
  static CUPORT_DEVICE_MEMBER float factor(__half x) { return cuport_wide(x); }
};
template <> struct cuport_element<__nv_bfloat16> {
  typedef __nv_bfloat16 kept;
  static CUPORT_DEVICE_MEMBER float factor(__nv_bfloat16 x) { return cuport_wide(x); }
};
template <> struct cuport_element<precision::tf32> {
  typedef float kept;
  /// The last 13 bits of a float do not take part.
  static CUPORT_DEVICE_MEMBER float factor(float x) { return cuport_float_of(cuport_float_bits(x) & ~0x1fffu); }
};
template <> struct cuport_element<signed char> {
  typedef signed char kept;
  static CUPORT_DEVICE_MEMBER int factor(signed char x) { return x; }
};
template <> struct cuport_element<unsigned char> {
  typedef unsigned char kept;
  static CUPORT_DEVICE_MEMBER int factor(unsigned char x) { return x; }
};

/// The part of a shape that a lane has.
template <int M, int N, int K> struct cuport_share {
  static constexpr int columns = M * N / 32;
  static CUPORT_DEVICE_MEMBER int row() { return static_cast<int>(__cuport_lane() % 32) / (32 / M); }
  static CUPORT_DEVICE_MEMBER int column() { return static_cast<int>(__cuport_lane() % 32) % (32 / M) * columns; }
};
template <class Use, int M, int N, int K> struct cuport_count;
template <int M, int N, int K> struct cuport_count<matrix_a, M, N, K> { static constexpr int value = K; };
template <int M, int N, int K> struct cuport_count<matrix_b, M, N, K> { static constexpr int value = K * M * N / 32; };
template <int M, int N, int K> struct cuport_count<accumulator, M, N, K> { static constexpr int value = M * N / 32; };

template <class Use, int M, int N, int K, class T, class Layout = void> class fragment {
public:
  static_assert((M == 16 && N == 16 && (K == 16 || K == 8)) || (M == 32 && N == 8 && K == 16) || (M == 8 && N == 32 && K == 16) ||
                    (M == 8 && N == 8 && K == 4),
                "wmma has the shapes 16x16x16, 32x8x16, 8x32x16, 16x16x8 and 8x8x4");
  typedef typename cuport_element<T>::kept element_type;
  typedef element_type storage_element_type;
  static constexpr int num_elements = cuport_count<Use, M, N, K>::value;
  static constexpr int num_storage_elements = num_elements;
  element_type x[num_elements];
};

template <class Use, int M, int N, int K, class T, class Layout, class U>
CUPORT_DEVICE_MEMBER void fill_fragment(fragment<Use, M, N, K, T, Layout> &it, const U &value) {
  for (auto &x : it.x)
    x = static_cast<typename cuport_element<T>::kept>(value);
}

// Loads and stores wait for the warp, as the card's do.
template <int M, int N, int K, class T, class Layout>
CUPORT_DEVICE_MEMBER void load_matrix_sync(fragment<matrix_a, M, N, K, T, Layout> &a, const typename cuport_element<T>::kept *from,
                                           unsigned stride) {
  __cuport_warp_barrier(~0ull);
  int row = cuport_share<M, N, K>::row();
  for (int k = 0; k < K; ++k)
    a.x[k] = __is_same(Layout, row_major) ? from[row * stride + k] : from[k * stride + row];
}
template <int M, int N, int K, class T, class Layout>
CUPORT_DEVICE_MEMBER void load_matrix_sync(fragment<matrix_b, M, N, K, T, Layout> &b, const typename cuport_element<T>::kept *from,
                                           unsigned stride) {
  __cuport_warp_barrier(~0ull);
  constexpr int columns = cuport_share<M, N, K>::columns;
  int first = cuport_share<M, N, K>::column();
  for (int k = 0; k < K; ++k)
    for (int j = 0; j < columns; ++j)
      b.x[k * columns + j] = __is_same(Layout, row_major) ? from[k * stride + first + j] : from[(first + j) * stride + k];
}
template <int M, int N, int K, class T>
CUPORT_DEVICE_MEMBER void load_matrix_sync(fragment<accumulator, M, N, K, T> &c, const T *from, unsigned stride, layout_t layout) {
  __cuport_warp_barrier(~0ull);
  int row = cuport_share<M, N, K>::row(), first = cuport_share<M, N, K>::column();
  for (int j = 0; j < c.num_elements; ++j)
    c.x[j] = layout == mem_row_major ? from[row * stride + first + j] : from[(first + j) * stride + row];
}
template <int M, int N, int K, class T>
CUPORT_DEVICE_MEMBER void store_matrix_sync(T *to, const fragment<accumulator, M, N, K, T> &c, unsigned stride, layout_t layout) {
  __cuport_warp_barrier(~0ull);
  int row = cuport_share<M, N, K>::row(), first = cuport_share<M, N, K>::column();
  for (int j = 0; j < c.num_elements; ++j)
    (layout == mem_row_major ? to[row * stride + first + j] : to[(first + j) * stride + row]) = c.x[j];
}

/// d = a b + c. Integers wrap, or stop at the largest and smallest int if saturate is asked for.
template <int M, int N, int K, class A, class LayoutA, class B, class LayoutB, class D, class C>
CUPORT_DEVICE_MEMBER void mma_sync(fragment<accumulator, M, N, K, D> &d, const fragment<matrix_a, M, N, K, A, LayoutA> &a,
                                   const fragment<matrix_b, M, N, K, B, LayoutB> &b, const fragment<accumulator, M, N, K, C> &c,
                                   bool saturate = false) {
  constexpr int columns = cuport_share<M, N, K>::columns;
  if constexpr (__is_same(C, int)) {
    long long sums[columns];
    for (int j = 0; j < columns; ++j)
      sums[j] = c.x[j];
    for (int k = 0; k < K; ++k)
      for (int j = 0; j < columns; ++j)
        sums[j] += cuport_element<A>::factor(a.x[k]) * cuport_element<B>::factor(b.x[k * columns + j]);
    for (int j = 0; j < columns; ++j)
      d.x[j] = saturate && sums[j] > 0x7fffffff      ? 0x7fffffff
               : saturate && sums[j] < -0x80000000ll ? static_cast<int>(-0x80000000ll)
                                                     : static_cast<int>(sums[j]);
  } else {
    decltype(cuport_element<C>::factor(c.x[0])) sums[columns];
    for (int j = 0; j < columns; ++j)
      sums[j] = cuport_element<C>::factor(c.x[j]);
    for (int k = 0; k < K; ++k)
      for (int j = 0; j < columns; ++j)
        sums[j] += cuport_element<A>::factor(a.x[k]) * cuport_element<B>::factor(b.x[k * columns + j]);
    for (int j = 0; j < columns; ++j)
      d.x[j] = static_cast<D>(sums[j]);
  }
}

/// x with the 10 bits of tf32 behind the point, the middle rounded away from zero.
CUPORT_DEVICE float __float_to_tf32(float x) {
  unsigned bits = cuport_float_bits(x);
  return (bits & 0x7f800000) == 0x7f800000 ? x : cuport_float_of((bits + 0x1000) & ~0x1fffu);
}

} // namespace wmma
} // namespace nvcuda
#endif

#endif
