// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// nvcuda::wmma: products of small matrices by a warp. Where the elements of a fragment lie is not specified by CUDA; here a
// lane has some neighbouring elements of one row of the accumulator, the row of A and the columns of B that these are made
// of, so that a product needs no exchange between lanes:
//
//        columns of B            32 / height lanes share a row of the accumulator;
//   row of A -> elements         each has height * width / 32 elements of it
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
template <int Height, int Width, int Depth> struct cuport_share {
  static constexpr int columns = Height * Width / 32;
  static CUPORT_DEVICE_MEMBER int first_row() { return static_cast<int>(__cuport_lane() % 32) / (32 / Height); }
  static CUPORT_DEVICE_MEMBER int first_column() { return static_cast<int>(__cuport_lane() % 32) % (32 / Height) * columns; }
};
template <class Use, int Height, int Width, int Depth> struct cuport_count;
template <int Height, int Width, int Depth> struct cuport_count<matrix_a, Height, Width, Depth> {
  static constexpr int value = Depth;
};
template <int Height, int Width, int Depth> struct cuport_count<matrix_b, Height, Width, Depth> {
  static constexpr int value = Depth * Height * Width / 32;
};
template <int Height, int Width, int Depth> struct cuport_count<accumulator, Height, Width, Depth> {
  static constexpr int value = Height * Width / 32;
};

template <class Use, int Height, int Width, int Depth, class T, class Layout = void> class fragment {
public:
  static_assert((Height == 16 && Width == 16 && (Depth == 16 || Depth == 8)) || (Height == 32 && Width == 8 && Depth == 16) ||
                    (Height == 8 && Width == 32 && Depth == 16) || (Height == 8 && Width == 8 && Depth == 4),
                "wmma has the shapes 16x16x16, 32x8x16, 8x32x16, 16x16x8 and 8x8x4");
  typedef typename cuport_element<T>::kept element_type;
  typedef element_type storage_element_type;
  static constexpr int num_elements = cuport_count<Use, Height, Width, Depth>::value;
  static constexpr int num_storage_elements = num_elements;
  element_type x[num_elements];
};

template <class Use, int Height, int Width, int Depth, class T, class Layout, class U>
CUPORT_DEVICE_MEMBER void fill_fragment(fragment<Use, Height, Width, Depth, T, Layout> &it, const U &value) {
  for (auto &x : it.x)
    x = static_cast<typename cuport_element<T>::kept>(value);
}

// Loads and stores wait for the warp, as the card's do.
template <int Height, int Width, int Depth, class T, class Layout>
CUPORT_DEVICE_MEMBER void load_matrix_sync(fragment<matrix_a, Height, Width, Depth, T, Layout> &a, const typename cuport_element<T>::kept *from,
                                           unsigned stride) {
  __cuport_warp_barrier(~0ull);
  int line = cuport_share<Height, Width, Depth>::first_row();
  for (int k = 0; k < Depth; ++k)
    a.x[k] = __is_same(Layout, row_major) ? from[line * stride + k] : from[k * stride + line];
}
template <int Height, int Width, int Depth, class T, class Layout>
CUPORT_DEVICE_MEMBER void load_matrix_sync(fragment<matrix_b, Height, Width, Depth, T, Layout> &b, const typename cuport_element<T>::kept *from,
                                           unsigned stride) {
  __cuport_warp_barrier(~0ull);
  constexpr int columns = cuport_share<Height, Width, Depth>::columns;
  int first = cuport_share<Height, Width, Depth>::first_column();
  for (int k = 0; k < Depth; ++k)
    for (int j = 0; j < columns; ++j)
      b.x[k * columns + j] = __is_same(Layout, row_major) ? from[k * stride + first + j] : from[(first + j) * stride + k];
}
template <int Height, int Width, int Depth, class T>
CUPORT_DEVICE_MEMBER void load_matrix_sync(fragment<accumulator, Height, Width, Depth, T> &c, const T *from, unsigned stride, layout_t layout) {
  __cuport_warp_barrier(~0ull);
  int line = cuport_share<Height, Width, Depth>::first_row(), first = cuport_share<Height, Width, Depth>::first_column();
  for (int j = 0; j < c.num_elements; ++j)
    c.x[j] = layout == mem_row_major ? from[line * stride + first + j] : from[(first + j) * stride + line];
}
template <int Height, int Width, int Depth, class T>
CUPORT_DEVICE_MEMBER void store_matrix_sync(T *to, const fragment<accumulator, Height, Width, Depth, T> &c, unsigned stride, layout_t layout) {
  __cuport_warp_barrier(~0ull);
  int line = cuport_share<Height, Width, Depth>::first_row(), first = cuport_share<Height, Width, Depth>::first_column();
  for (int j = 0; j < c.num_elements; ++j)
    (layout == mem_row_major ? to[line * stride + first + j] : to[(first + j) * stride + line]) = c.x[j];
}

/// d = a b + c. Integers wrap, or stop at the largest and smallest int if saturate is asked for.
template <int Height, int Width, int Depth, class Left, class LeftLayout, class Right, class RightLayout, class Result, class Addend>
CUPORT_DEVICE_MEMBER void mma_sync(fragment<accumulator, Height, Width, Depth, Result> &d,
                                   const fragment<matrix_a, Height, Width, Depth, Left, LeftLayout> &a,
                                   const fragment<matrix_b, Height, Width, Depth, Right, RightLayout> &b,
                                   const fragment<accumulator, Height, Width, Depth, Addend> &c, bool saturate = false) {
  constexpr int columns = cuport_share<Height, Width, Depth>::columns;
  if constexpr (__is_same(Addend, int)) {
    long long sums[columns];
    for (int j = 0; j < columns; ++j)
      sums[j] = c.x[j];
    for (int k = 0; k < Depth; ++k)
      for (int j = 0; j < columns; ++j)
        sums[j] += cuport_element<Left>::factor(a.x[k]) * cuport_element<Right>::factor(b.x[k * columns + j]);
    for (int j = 0; j < columns; ++j)
      d.x[j] = saturate && sums[j] > 0x7fffffff      ? 0x7fffffff
               : saturate && sums[j] < -0x80000000ll ? static_cast<int>(-0x80000000ll)
                                                     : static_cast<int>(sums[j]);
  } else {
    decltype(cuport_element<Addend>::factor(c.x[0])) sums[columns];
    for (int j = 0; j < columns; ++j)
      sums[j] = cuport_element<Addend>::factor(c.x[j]);
    for (int k = 0; k < Depth; ++k)
      for (int j = 0; j < columns; ++j)
        sums[j] += cuport_element<Left>::factor(a.x[k]) * cuport_element<Right>::factor(b.x[k * columns + j]);
    for (int j = 0; j < columns; ++j)
      d.x[j] = static_cast<Result>(sums[j]);
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
