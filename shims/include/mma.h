// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// nvcuda::wmma: products of small matrices by a warp. Where the elements of a fragment lie is not specified by CUDA; here a
// lane has some neighbouring elements of one row of the accumulator, the row of A and the columns of B that these are made
// of, so that a product needs no exchange between lanes:
//
//        columns of B            32 / height lanes share a row of the accumulator;
//   row of A -> elements         each has height * width / 32 elements of it
//
// Products of halves and bfloat16 are exact and summed in float. Elements below a byte (experimental) lie in words, the first in the
// lowest bits, in a fragment as in memory.

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
namespace experimental {
namespace precision {
struct u4;
struct s4;
struct b1;
} // namespace precision
enum bmmaBitOp { bmmaBitOpXOR = 1, bmmaBitOpAND = 2 };
enum bmmaAccumulateOp { bmmaAccumulateOpPOPC = 1 };
} // namespace experimental

/// How an element is kept, and as what it is multiplied.
template <class T> struct cuport_element {
  typedef T kept, memory;
  static constexpr int packed = 1; ///< how many are kept in one
  static CUPORT_DEVICE_MEMBER T factor(T x) { return x; }
};
template <> struct cuport_element<__half> {
  typedef __half kept, memory;
  static constexpr int packed = 1;
  static CUPORT_DEVICE_MEMBER float factor(__half x) { return cuport_wide(x); }
};
template <> struct cuport_element<__nv_bfloat16> {
  typedef __nv_bfloat16 kept, memory;
  static constexpr int packed = 1;
  static CUPORT_DEVICE_MEMBER float factor(__nv_bfloat16 x) { return cuport_wide(x); }
};
template <> struct cuport_element<precision::tf32> {
  typedef float kept, memory;
  static constexpr int packed = 1;
  /// The last 13 bits of a float do not take part.
  static CUPORT_DEVICE_MEMBER float factor(float x) { return cuport_float_of(cuport_float_bits(x) & ~0x1fffu); }
};
template <> struct cuport_element<signed char> {
  typedef signed char kept, memory;
  static constexpr int packed = 1;
  static CUPORT_DEVICE_MEMBER int factor(signed char x) { return x; }
};
template <> struct cuport_element<unsigned char> {
  typedef unsigned char kept, memory;
  static constexpr int packed = 1;
  static CUPORT_DEVICE_MEMBER int factor(unsigned char x) { return x; }
};
template <> struct cuport_element<experimental::precision::u4> {
  typedef unsigned kept;
  typedef void memory;
  static constexpr int packed = 8;
  static CUPORT_DEVICE_MEMBER unsigned filled(unsigned x) { return (x & 15) * 0x11111111u; }
  static CUPORT_DEVICE_MEMBER int factor(unsigned word, int i) { return static_cast<int>(word >> 4 * i & 15); }
};
template <> struct cuport_element<experimental::precision::s4> {
  typedef int kept;
  typedef void memory;
  static constexpr int packed = 8;
  static CUPORT_DEVICE_MEMBER int filled(int x) { return static_cast<int>((static_cast<unsigned>(x) & 15) * 0x11111111u); }
  static CUPORT_DEVICE_MEMBER int factor(int word, int i) { return static_cast<int>(static_cast<unsigned>(word) << (28 - 4 * i)) >> 28; }
};
template <> struct cuport_element<experimental::precision::b1> {
  typedef unsigned kept;
  typedef void memory;
  static constexpr int packed = 32;
  static CUPORT_DEVICE_MEMBER unsigned filled(unsigned x) { return x & 1 ? ~0u : 0; }
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
                    (Height == 8 && Width == 32 && Depth == 16) || (Height == 8 && Width == 8 && (Depth == 4 || Depth == 32 || Depth == 128)),
                "wmma has the shapes 16x16x16, 32x8x16, 8x32x16, 16x16x8, 8x8x4, 8x8x32 and 8x8x128");
  static_assert(cuport_element<T>::packed == 1 ||
                    (Depth == 4 * cuport_element<T>::packed &&
                     ((__is_same(Use, matrix_a) && __is_same(Layout, row_major)) || (__is_same(Use, matrix_b) && __is_same(Layout, col_major)))),
                "elements below a byte are of 8x8x32 or, single bits, 8x8x128, with A in rows and B in columns");
  typedef typename cuport_element<T>::kept element_type;
  typedef element_type storage_element_type;
  static constexpr int num_elements = cuport_count<Use, Height, Width, Depth>::value;
  static constexpr int num_storage_elements = num_elements / cuport_element<T>::packed;
  storage_element_type x[num_storage_elements];
};

template <class Use, int Height, int Width, int Depth, class T, class Layout, class U>
CUPORT_DEVICE_MEMBER void fill_fragment(fragment<Use, Height, Width, Depth, T, Layout> &it, const U &value) {
  typename cuport_element<T>::kept filled;
  if constexpr (cuport_element<T>::packed > 1)
    filled = cuport_element<T>::filled(value);
  else
    filled = static_cast<typename cuport_element<T>::kept>(value);
  for (auto &x : it.x)
    x = filled;
}

/// The Depth elements of a line below a byte each; \p stride counts elements, too.
template <class T, int Depth> CUPORT_DEVICE_MEMBER void cuport_load_line(typename cuport_element<T>::kept *to, const void *from, int line, unsigned stride) {
  constexpr int bits = 32 / cuport_element<T>::packed;
  __builtin_memcpy(to, static_cast<const char *>(from) + static_cast<long long>(line) * stride * bits / 8, Depth * bits / 8);
}

// Loads and stores wait for the warp, as the card's do.
template <int Height, int Width, int Depth, class T, class Layout>
CUPORT_DEVICE_MEMBER void load_matrix_sync(fragment<matrix_a, Height, Width, Depth, T, Layout> &a, const typename cuport_element<T>::memory *from,
                                           unsigned stride) {
  __cuport_warp_barrier(~0ull);
  int line = cuport_share<Height, Width, Depth>::first_row();
  if constexpr (cuport_element<T>::packed > 1)
    cuport_load_line<T, Depth>(a.x, from, line, stride);
  else
    for (int k = 0; k < Depth; ++k)
      a.x[k] = __is_same(Layout, row_major) ? from[line * stride + k] : from[k * stride + line];
}
template <int Height, int Width, int Depth, class T, class Layout>
CUPORT_DEVICE_MEMBER void load_matrix_sync(fragment<matrix_b, Height, Width, Depth, T, Layout> &b, const typename cuport_element<T>::memory *from,
                                           unsigned stride) {
  __cuport_warp_barrier(~0ull);
  constexpr int columns = cuport_share<Height, Width, Depth>::columns;
  int first = cuport_share<Height, Width, Depth>::first_column();
  if constexpr (cuport_element<T>::packed > 1)
    for (int j = 0; j < columns; ++j)
      cuport_load_line<T, Depth>(b.x + j * (Depth / cuport_element<T>::packed), from, first + j, stride);
  else
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
        if constexpr (cuport_element<Left>::packed > 1)
          sums[j] += cuport_element<Left>::factor(a.x[k / 8], k % 8) * cuport_element<Right>::factor(b.x[(j * Depth + k) / 8], k % 8);
        else
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

/// To c come the bits that the rows of A and the columns of B have in common, or in which they differ.
CUPORT_DEVICE void bmma_sync(fragment<accumulator, 8, 8, 128, int> &d, const fragment<matrix_a, 8, 8, 128, experimental::precision::b1, row_major> &a,
                             const fragment<matrix_b, 8, 8, 128, experimental::precision::b1, col_major> &b,
                             const fragment<accumulator, 8, 8, 128, int> &c, experimental::bmmaBitOp op = experimental::bmmaBitOpXOR,
                             experimental::bmmaAccumulateOp = experimental::bmmaAccumulateOpPOPC) {
  for (int j = 0; j < c.num_elements; ++j) {
    unsigned sum = static_cast<unsigned>(c.x[j]);
    for (int i = 0; i < 4; ++i)
      sum += static_cast<unsigned>(__builtin_popcount(op == experimental::bmmaBitOpAND ? a.x[i] & b.x[4 * j + i] : a.x[i] ^ b.x[4 * j + i]));
    d.x[j] = static_cast<int>(sum);
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
