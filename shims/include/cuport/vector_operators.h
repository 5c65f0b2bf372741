// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// HIP's vectors have operators, element by element, and take a scalar on either side. CUDA's have none, and programs
// bring their own; those win, since these are templates. They are found through HIP's headers only.

#ifndef CUPORT_CUPORT_VECTOR_OPERATORS_H
#define CUPORT_CUPORT_VECTOR_OPERATORS_H

#include <cuport/keywords.h>

#include <cuport/vector_types.h>

#ifdef __cplusplus

#include <type_traits>

namespace cuport_vector {

/// Elements and their type; nothing for other types.
template <class V> struct traits {};
#define CUPORT_TRAITS_OF(vector, scalar, count)                                                                        \
  template <> struct traits<vector> {                                                                                  \
    static constexpr int size = count;                                                                                 \
    typedef scalar type;                                                                                               \
  };
#define CUPORT_TRAITS(name, scalar)                                                                                    \
  CUPORT_TRAITS_OF(name##1, scalar, 1)                                                                                 \
  CUPORT_TRAITS_OF(name##2, scalar, 2)                                                                                 \
  CUPORT_TRAITS_OF(name##3, scalar, 3)                                                                                 \
  CUPORT_TRAITS_OF(name##4, scalar, 4)
CUPORT_TRAITS(char, signed char)
CUPORT_TRAITS(uchar, unsigned char)
CUPORT_TRAITS(short, short)
CUPORT_TRAITS(ushort, unsigned short)
CUPORT_TRAITS(int, int)
CUPORT_TRAITS(uint, unsigned int)
CUPORT_TRAITS(long, long)
CUPORT_TRAITS(ulong, unsigned long)
CUPORT_TRAITS(longlong, long long)
CUPORT_TRAITS(ulonglong, unsigned long long)
CUPORT_TRAITS(float, float)
CUPORT_TRAITS(double, double)
#undef CUPORT_TRAITS
#undef CUPORT_TRAITS_OF

template <class V> using element = typename traits<V>::type;

/// V where S can be a scalar operand.
template <class Scalar, class V> using with_scalar = typename std::enable_if<std::is_arithmetic<Scalar>::value, V>::type;

template <int N> struct count {};

/// A vector with the same value everywhere.
template <class V> __host__ __device__ constexpr V spread(element<V> s, count<1>) { return V{s}; }
template <class V> __host__ __device__ constexpr V spread(element<V> s, count<2>) { return V{s, s}; }
template <class V> __host__ __device__ constexpr V spread(element<V> s, count<3>) { return V{s, s, s}; }
template <class V> __host__ __device__ constexpr V spread(element<V> s, count<4>) { return V{s, s, s, s}; }
template <class V> __host__ __device__ constexpr V spread(element<V> s) { return spread<V>(s, count<traits<V>::size>()); }

} // namespace cuport_vector

#define CUPORT_HD __host__ __device__ constexpr
#define CUPORT_OPERATOR(op, name)                                                                                      \
  namespace cuport_vector {                                                                                            \
  template <class V> CUPORT_HD V name(const V &a, const V &b, count<1>) { return V{element<V>(a.x op b.x)}; }          \
  template <class V> CUPORT_HD V name(const V &a, const V &b, count<2>) {                                              \
    return V{element<V>(a.x op b.x), element<V>(a.y op b.y)};                                                          \
  }                                                                                                                    \
  template <class V> CUPORT_HD V name(const V &a, const V &b, count<3>) {                                              \
    return V{element<V>(a.x op b.x), element<V>(a.y op b.y), element<V>(a.z op b.z)};                                  \
  }                                                                                                                    \
  template <class V> CUPORT_HD V name(const V &a, const V &b, count<4>) {                                              \
    return V{element<V>(a.x op b.x), element<V>(a.y op b.y), element<V>(a.z op b.z), element<V>(a.w op b.w)};          \
  }                                                                                                                    \
  }                                                                                                                    \
  template <class V, class Element = cuport_vector::element<V>> CUPORT_HD V operator op(const V &a, const V &b) {      \
    return cuport_vector::name(a, b, cuport_vector::count<cuport_vector::traits<V>::size>());                          \
  }                                                                                                                    \
  template <class V, class Scalar, class Element = cuport_vector::element<V>>                                          \
  CUPORT_HD cuport_vector::with_scalar<Scalar, V> operator op(const V &a, Scalar b) {                                  \
    return a op cuport_vector::spread<V>(static_cast<Element>(b));                                                     \
  }                                                                                                                    \
  template <class V, class Scalar, class Element = cuport_vector::element<V>>                                          \
  CUPORT_HD cuport_vector::with_scalar<Scalar, V> operator op(Scalar a, const V &b) {                                  \
    return cuport_vector::spread<V>(static_cast<Element>(a)) op b;                                                     \
  }                                                                                                                    \
  template <class V, class B, class Element = cuport_vector::element<V>>                                               \
  __host__ __device__ inline V &operator op##=(V &a, const B &b) {                                                     \
    return a = a op b;                                                                                                 \
  }
CUPORT_OPERATOR(+, add)
CUPORT_OPERATOR(-, subtract)
CUPORT_OPERATOR(*, multiply)
CUPORT_OPERATOR(/, divide)
CUPORT_OPERATOR(%, remainder)
CUPORT_OPERATOR(&, bit_and)
CUPORT_OPERATOR(|, bit_or)
CUPORT_OPERATOR(^, bit_xor)
CUPORT_OPERATOR(<<, shift_left)
CUPORT_OPERATOR(>>, shift_right)
#undef CUPORT_OPERATOR

template <class V, class Element = cuport_vector::element<V>> CUPORT_HD V operator-(const V &a) {
  return cuport_vector::spread<V>(Element(-1)) * a;
}
template <class V, class Element = cuport_vector::element<V>> CUPORT_HD V operator~(const V &a) {
  return a ^ cuport_vector::spread<V>(Element(~Element(0)));
}

namespace cuport_vector {
template <class V> CUPORT_HD bool equal(const V &a, const V &b, count<1>) { return a.x == b.x; }
template <class V> CUPORT_HD bool equal(const V &a, const V &b, count<2>) { return a.x == b.x && a.y == b.y; }
template <class V> CUPORT_HD bool equal(const V &a, const V &b, count<3>) {
  return a.x == b.x && a.y == b.y && a.z == b.z;
}
template <class V> CUPORT_HD bool equal(const V &a, const V &b, count<4>) {
  return a.x == b.x && a.y == b.y && a.z == b.z && a.w == b.w;
}
} // namespace cuport_vector

template <class V, class Element = cuport_vector::element<V>> CUPORT_HD bool operator==(const V &a, const V &b) {
  return cuport_vector::equal(a, b, cuport_vector::count<cuport_vector::traits<V>::size>());
}
template <class V, class Element = cuport_vector::element<V>> CUPORT_HD bool operator!=(const V &a, const V &b) {
  return !(a == b);
}
#undef CUPORT_HD

#endif

#endif
