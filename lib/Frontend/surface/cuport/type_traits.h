// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The few questions about types that the surface asks, without <type_traits>.

#ifndef CUPORT_TYPE_TRAITS_H
#define CUPORT_TYPE_TRAITS_H

namespace cuport_surface {

template <bool, class T = void> struct enable_if {};
template <class T> struct enable_if<true, T> {
  typedef T type;
};

template <class A, class B> struct is_same {
  static constexpr bool value = false;
};
template <class A> struct is_same<A, A> {
  static constexpr bool value = true;
};

/// T where it is float, otherwise nothing.
template <class T> struct only_float {};
template <> struct only_float<float> {
  typedef float type;
};

/// What both become in an expression: arithmetic types and enums only.
template <class A, class B,
          bool = (__is_arithmetic(A) || __is_enum(A)) && (__is_arithmetic(B) || __is_enum(B))>
struct common {};
template <class A, class B> struct common<A, B, true> {
  typedef decltype(true ? +A() : +B()) type;
};

} // namespace cuport_surface

#endif
