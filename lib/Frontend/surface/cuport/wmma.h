// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Matrix fragments of tensor cores.

#ifndef CUPORT_WMMA_H
#define CUPORT_WMMA_H

#include <cuport/bfloat16.h>
#include <cuport/half.h>

#ifdef __cplusplus

namespace nvcuda {
namespace wmma {

struct matrix_a;
struct matrix_b;
struct accumulator;
struct row_major;
struct col_major;

namespace precision {
struct u4;
struct s4;
struct b1;
struct tf32;
} // namespace precision

namespace experimental {
namespace precision = wmma::precision;
enum bmmaBitOp { bmmaBitOpXOR = 1, bmmaBitOpAND = 2 };
enum bmmaAccumulateOp { bmmaAccumulateOpPOPC = 1 };
} // namespace experimental

using experimental::bmmaAccumulateOp;
using experimental::bmmaAccumulateOpPOPC;
using experimental::bmmaBitOp;
using experimental::bmmaBitOpAND;
using experimental::bmmaBitOpXOR;

enum layout_t { mem_row_major, mem_col_major };

template <class T> struct element_of {
  typedef T type;
  typedef T storage;
};
template <> struct element_of<precision::u4> {
  typedef unsigned type;
  typedef unsigned storage;
};
template <> struct element_of<precision::s4> {
  typedef int type;
  typedef int storage;
};
template <> struct element_of<precision::b1> {
  typedef unsigned type;
  typedef unsigned storage;
};
template <> struct element_of<precision::tf32> {
  typedef float type;
  typedef float storage;
};

template <class Use, int m, int n, int k, class T, class Layout = void> struct fragment {
  typedef typename element_of<T>::type element_type;
  typedef typename element_of<T>::storage storage_element_type;
  enum {
    num_elements = cuport_surface::is_same<Use, accumulator>::value ? m * n / 32 : 16,
    num_storage_elements = num_elements
  };
  storage_element_type x[num_elements];
};

template <class Use, int m, int n, int k, class T, class Layout, class V>
__device__ void fill_fragment(fragment<Use, m, n, k, T, Layout> &f, const V &value);
template <class Use, int m, int n, int k, class T, class Layout, class P>
__device__ void load_matrix_sync(fragment<Use, m, n, k, T, Layout> &f, const P *address,
                                 unsigned stride);
template <int m, int n, int k, class T, class P>
__device__ void load_matrix_sync(fragment<accumulator, m, n, k, T> &f, const P *address,
                                 unsigned stride, layout_t layout);
template <int m, int n, int k, class T, class P>
__device__ void store_matrix_sync(P *address, const fragment<accumulator, m, n, k, T> &f,
                                  unsigned stride, layout_t layout);
template <int m, int n, int k, class A, class LayoutA, class B, class LayoutB, class C, class D>
__device__ void mma_sync(fragment<accumulator, m, n, k, D> &d,
                         const fragment<matrix_a, m, n, k, A, LayoutA> &a,
                         const fragment<matrix_b, m, n, k, B, LayoutB> &b,
                         const fragment<accumulator, m, n, k, C> &c, bool saturate = false);
template <int m, int n, int k, class A, class LayoutA, class B, class LayoutB, class C, class D>
__device__ void bmma_sync(fragment<accumulator, m, n, k, D> &d,
                          const fragment<matrix_a, m, n, k, A, LayoutA> &a,
                          const fragment<matrix_b, m, n, k, B, LayoutB> &b,
                          const fragment<accumulator, m, n, k, C> &c, bmmaBitOp op = bmmaBitOpXOR,
                          bmmaAccumulateOp accumulate = bmmaAccumulateOpPOPC);
__device__ float __float_to_tf32(float value);

namespace experimental {
using wmma::bmma_sync;
}

} // namespace wmma
} // namespace nvcuda

#endif

#endif
