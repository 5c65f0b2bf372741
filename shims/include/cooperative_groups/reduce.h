// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cooperative_groups::reduce and its operators. Integers under an operator of CUDA's are one intrinsic; everything else is
// a tree of shuffles, in which rank r meets rank r + n/2.

#ifndef CUPORT_COOPERATIVE_GROUPS_REDUCE_H
#define CUPORT_COOPERATIVE_GROUPS_REDUCE_H

#include <cooperative_groups.h>
#ifdef CUPORT_COMPILES_KERNELS

namespace cooperative_groups {

/// Which intrinsic does an operator's work on signed and on unsigned integers.
template <int Signed, int Unsigned> struct cuport_operator {
  enum { of_signed = Signed, of_unsigned = Unsigned };
};
#define CUPORT_OPERATOR(name, of_signed, of_unsigned, ...)                                         \
  template <class T = void> struct name : cuport_operator<of_signed, of_unsigned> {                \
    CUPORT_MEMBER constexpr T operator()(const T &a, const T &b) const { return __VA_ARGS__; }     \
  };                                                                                               \
  template <> struct name<void> : cuport_operator<of_signed, of_unsigned> {                        \
    template <class T> CUPORT_MEMBER constexpr T operator()(const T &a, const T &b) const { return __VA_ARGS__; } \
  };
CUPORT_OPERATOR(plus, CUPORT_REDUCE_ADD, CUPORT_REDUCE_ADD, a + b)
CUPORT_OPERATOR(less, CUPORT_REDUCE_MIN, CUPORT_REDUCE_UMIN, b < a ? b : a)
CUPORT_OPERATOR(greater, CUPORT_REDUCE_MAX, CUPORT_REDUCE_UMAX, a < b ? b : a)
CUPORT_OPERATOR(bit_and, CUPORT_REDUCE_AND, CUPORT_REDUCE_AND, a & b)
CUPORT_OPERATOR(bit_or, CUPORT_REDUCE_OR, CUPORT_REDUCE_OR, a | b)
CUPORT_OPERATOR(bit_xor, CUPORT_REDUCE_XOR, CUPORT_REDUCE_XOR, a ^ b)
#undef CUPORT_OPERATOR

template <class T> struct cuport_integer {
  enum { value = false, is_signed = false };
};
#define CUPORT_INTEGER(type, sign)            \
  template <> struct cuport_integer<type> {   \
    enum { value = true, is_signed = sign };  \
  };
CUPORT_INTEGER(int, true)
CUPORT_INTEGER(long, true)
CUPORT_INTEGER(long long, true)
CUPORT_INTEGER(unsigned, false)
CUPORT_INTEGER(unsigned long, false)
CUPORT_INTEGER(unsigned long long, false)
#undef CUPORT_INTEGER

template <int Signed, int Unsigned> constexpr bool cuport_known(const cuport_operator<Signed, Unsigned> *) { return true; }
__host__ __device__ constexpr bool cuport_known(...) { return false; } // a function, too
template <class T> struct cuport_plain { typedef T type; };
template <class T> struct cuport_plain<T &> { typedef T type; };
template <class T> struct cuport_plain<const T> { typedef T type; };
template <class T> struct cuport_plain<const T &> { typedef T type; };

/// What all threads of the group get of the values of all; the operator is associative and commutative.
template <class Group, class T, class Operator>
CUPORT_DEVICE_MEMBER typename cuport_plain<T>::type reduce(const Group &group, T &&given, Operator &&operation) {
  typedef typename cuport_plain<T>::type value_type;
  typedef typename cuport_plain<Operator>::type operator_type;
  if constexpr (cuport_integer<value_type>::value && cuport_known(static_cast<const operator_type *>(nullptr)))
    if (group.cuport_within_warp())
      return static_cast<value_type>(__cuport_reduce(
          group.cuport_lanes().mask,
          cuport_integer<value_type>::is_signed ? static_cast<unsigned long long>(static_cast<long long>(given))
                                                : static_cast<unsigned long long>(given),
          cuport_integer<value_type>::is_signed ? static_cast<int>(operator_type::of_signed)
                                                : static_cast<int>(operator_type::of_unsigned)));
  value_type value = given;
  unsigned rank = group.thread_rank();
  for (unsigned count = group.size(); count > 1; count = (count + 1) / 2) {
    unsigned half = (count + 1) / 2;
    value_type other = group.shfl_down(value, half);
    if (rank + half < count)
      value = operation(value, other);
  }
  return group.shfl(value, 0);
}

/// One thread stores the result, or adds it to an atomic.
template <class Group, class Destination, class T, class Operator>
CUPORT_DEVICE_MEMBER void reduce_store_async(const Group &group, Destination &&destination, T &&value, Operator &&operation) {
  auto result = reduce(group, static_cast<T &&>(value), operation);
  if (group.thread_rank() == 0)
    destination.store(result);
}
template <class Group, class Destination, class T, class Operator>
CUPORT_DEVICE_MEMBER void reduce_update_async(const Group &group, Destination &&destination, T &&value, Operator &&operation) {
  auto result = reduce(group, static_cast<T &&>(value), operation);
  if (group.thread_rank() == 0) {
    auto before = destination.load();
    while (!destination.compare_exchange_weak(before, operation(before, result))) {
    }
  }
}

} // namespace cooperative_groups
#endif

#endif
