// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Signals: arrays of real or complex numbers. Of two the second is what is subtracted from and divided, as in NPP.

#include "Image.h"
#include "Operations.h"

#include <complex>

using namespace cuport::npp;

namespace {

/// What an element is calculated as: complex numbers as such.
template <class T> struct Number {
  using Type = Calculated<T>;
  static Type of(T x) { return Type(x); }
  static T back(Type x, int scale) { return finish<T>(x, scale); }
};
template <class T, class C> struct ComplexNumber {
  using Type = std::complex<C>;
  static Type of(T x) { return {x.re, x.im}; }
  static T back(Type x, int) { return {x.real(), x.imag()}; }
};
template <> struct Number<Npp32fc> : ComplexNumber<Npp32fc, float> {};
template <> struct Number<Npp64fc> : ComplexNumber<Npp64fc, double> {};

template <class D, class F, class... S> NppStatus eachSample(const Call &call, D *to, size_t count, int scale, F f, const S *...from) {
  if (!to || ((from == nullptr) || ...))
    return NPP_NULL_POINTER_ERROR;
  if (!count)
    return NPP_SIZE_ERROR;
  return call.enqueue([=] {
    for (size_t i = 0; i < count; ++i)
      to[i] = Number<D>::back(f(typename Number<D>::Type(Number<S>::of(from[i]))...), scale);
  });
}

template <class F> struct OfTwo {
  template <class V, class S, class D> NppStatus operator()(V, const Call &call, const S *a, const S *b, D *to, size_t count, int scale = 0) const {
    return eachSample(
        call, to, count, scale, [](auto x, auto y) { return F()(x, y); }, a, b);
  }
  template <class V, class T>
    requires(V::inPlace)
  NppStatus operator()(V, const Call &call, const T *a, T *to, size_t count, int scale = 0) const {
    return eachSample(
        call, to, count, scale, [](auto x, auto y) { return F()(x, y); }, a, static_cast<const T *>(to));
  }
};
template <class F> struct OfConstant {
  template <class V, class S, class D>
    requires(!V::inPlace)
  NppStatus operator()(V, const Call &call, const S *a, S constant, D *to, size_t count, int scale = 0) const {
    return eachSample(
        call, to, count, scale, [k = typename Number<D>::Type(Number<S>::of(constant))](auto x) { return F()(k, x); }, a);
  }
  template <class V, class T>
    requires(V::inPlace)
  NppStatus operator()(V, const Call &call, T constant, T *to, size_t count, int scale = 0) const {
    return eachSample(
        call, to, count, scale, [k = Number<T>::of(constant)](auto x) { return F()(k, x); }, static_cast<const T *>(to));
  }
};
template <class F> struct OfOne {
  template <class V, class T>
    requires(!V::inPlace)
  NppStatus operator()(V, const Call &call, const T *a, T *to, size_t count, int scale = 0) const {
    return eachSample(
        call, to, count, scale, [](auto x) { return F()(x); }, a);
  }
  template <class V, class T>
    requires(V::inPlace)
  NppStatus operator()(V, const Call &call, T *to, size_t count, int scale = 0) const {
    return eachSample(
        call, to, count, scale, [](auto x) { return F()(x); }, static_cast<const T *>(to));
  }
};

struct Square {
  template <class C> C operator()(C a) const { return a * a; }
};
struct Root {
  template <class C> C operator()(C a) const {
    using std::sqrt;
    return sqrt(a);
  }
};

/// A number of the whole signal, in double; F::add for each element, then F::result.
template <class F> struct Reduced {
  template <class V, class S, class D> NppStatus operator()(V, const Call &call, const S *a, size_t count, D *result, Npp8u *) const {
    if (!a || !result)
      return NPP_NULL_POINTER_ERROR;
    if (!count)
      return NPP_SIZE_ERROR;
    return call.enqueue([=] {
      using C = std::conditional_t<std::is_arithmetic_v<S>, double, std::complex<double>>;
      F f;
      C sum = f.template start<C>();
      for (size_t i = 0; i < count; ++i)
        sum = f(sum, C(Number<S>::of(a[i])));
      using R = typename Number<D>::Type;
      *result = Number<D>::back(R(f.result(sum, count)), 0);
    });
  }
};
struct Total {
  template <class C> C start() const { return C(0); }
  template <class C> C operator()(C sum, C x) const { return sum + x; }
  template <class C> C result(C sum, size_t) const { return sum; }
};
struct Average : Total {
  template <class C> C result(C sum, size_t count) const { return sum / double(count); }
};
struct Least {
  template <class C> C start() const { return std::numeric_limits<double>::infinity(); }
  double operator()(double sum, double x) const { return std::min(sum, x); }
  double result(double sum, size_t) const { return sum; }
};
struct Most {
  template <class C> C start() const { return -std::numeric_limits<double>::infinity(); }
  double operator()(double sum, double x) const { return std::max(sum, x); }
  double result(double sum, size_t) const { return sum; }
};
struct Largest : Total {
  double operator()(double sum, double x) const { return std::max(sum, std::fabs(x)); }
};
struct Absolutes : Total {
  double operator()(double sum, double x) const { return sum + std::fabs(x); }
};
struct Squares : Total {
  double operator()(double sum, double x) const { return sum + x * x; }
  double result(double sum, size_t) const { return std::sqrt(sum); }
};

} // namespace

namespace cuport::npp::npps {

struct Add : OfTwo<Plus> {};
struct Sub : OfTwo<FromSecond> {};
struct Mul : OfTwo<Times> {};
struct Div : OfTwo<IntoSecond> {};
struct AddC : OfConstant<Plus> {};
struct SubC : OfConstant<FromSecond> {};
struct MulC : OfConstant<Times> {};
struct DivC : OfConstant<IntoSecond> {};
struct MulC_Low : OfConstant<Times> {};
struct Sqr : OfOne<Square> {};
struct Sqrt : OfOne<Root> {};
struct Sum : Reduced<Total> {};
struct Mean : Reduced<Average> {};
struct Min : Reduced<Least> {};
struct Max : Reduced<Most> {};
struct Norm_Inf : Reduced<Largest> {};
struct Norm_L1 : Reduced<Absolutes> {};
struct Norm_L2 : Reduced<Squares> {};

struct Convert {
  template <class V, class S, class D> NppStatus operator()(V, const Call &call, const S *a, D *to, size_t count) const {
    return eachSample(
        call, to, count, 0, [](auto x) { return x; }, a);
  }
};

struct Copy {
  template <class V, class T> NppStatus operator()(V, const Call &call, const T *a, T *to, size_t count) const {
    if (!a || !to)
      return NPP_NULL_POINTER_ERROR;
    if (!count)
      return NPP_SIZE_ERROR;
    return call.enqueue([=] { std::memmove(to, a, count * sizeof(T)); });
  }
};
struct Set {
  template <class V, class T> NppStatus operator()(V, const Call &call, T value, T *to, size_t count) const {
    if (!to)
      return NPP_NULL_POINTER_ERROR;
    if (!count)
      return NPP_SIZE_ERROR;
    return call.enqueue([=] { std::fill_n(to, count, value); });
  }
};
struct Zero {
  template <class V, class T> NppStatus operator()(V v, const Call &call, T *to, size_t count) const { return Set()(v, call, T{}, to, count); }
};

struct MinMax {
  template <class V, class T> NppStatus operator()(V, const Call &call, const T *a, size_t count, T *least, T *most, Npp8u *) const {
    if (!a || !least || !most)
      return NPP_NULL_POINTER_ERROR;
    if (!count)
      return NPP_SIZE_ERROR;
    return call.enqueue([=] {
      auto [low, high] = std::minmax_element(a, a + count);
      *least = *low, *most = *high;
    });
  }
};

/// Of a sample: divided by one less than there are.
struct StdDev {
  template <class V, class T> NppStatus operator()(V, const Call &call, const T *a, size_t count, T *result, Npp8u *) const {
    if (!a || !result)
      return NPP_NULL_POINTER_ERROR;
    if (count < 2)
      return NPP_SIZE_ERROR;
    return call.enqueue([=] {
      double sum = 0, squares = 0;
      for (size_t i = 0; i < count; ++i)
        sum += a[i];
      for (size_t i = 0; i < count; ++i)
        squares += (a[i] - sum / double(count)) * (a[i] - sum / double(count));
      *result = T(std::sqrt(squares / double(count - 1)));
    });
  }
};

struct DotProd {
  template <class V, class S, class D> NppStatus operator()(V, const Call &call, const S *a, const S *b, size_t count, D *result, Npp8u *) const {
    if (!a || !b || !result)
      return NPP_NULL_POINTER_ERROR;
    if (!count)
      return NPP_SIZE_ERROR;
    return call.enqueue([=] {
      using C = std::conditional_t<std::is_arithmetic_v<S>, double, std::complex<double>>;
      C sum(0);
      for (size_t i = 0; i < count; ++i)
        sum += C(Number<S>::of(a[i])) * C(Number<S>::of(b[i]));
      using R = typename Number<D>::Type;
      *result = Number<D>::back(R(sum), 0);
    });
  }
};

/// Sums of all so far.
struct Integral {
  template <class V, class T> NppStatus operator()(V, const Call &call, const T *a, T *to, size_t count, Npp8u *) const {
    if (!a || !to)
      return NPP_NULL_POINTER_ERROR;
    if (!count)
      return NPP_SIZE_ERROR;
    return call.enqueue([=] {
      T sum = 0;
      for (size_t i = 0; i < count; ++i)
        to[i] = sum = T(sum + a[i]);
    });
  }
};

} // namespace cuport::npp::npps

#define CUPORT_NPPS_Add
#define CUPORT_NPPS_Sub
#define CUPORT_NPPS_Mul
#define CUPORT_NPPS_Div
#define CUPORT_NPPS_AddC
#define CUPORT_NPPS_SubC
#define CUPORT_NPPS_MulC
#define CUPORT_NPPS_DivC
#define CUPORT_NPPS_MulC_Low
#define CUPORT_NPPS_Sqr
#define CUPORT_NPPS_Sqrt
#define CUPORT_NPPS_Sum
#define CUPORT_NPPS_Mean
#define CUPORT_NPPS_Min
#define CUPORT_NPPS_Max
#define CUPORT_NPPS_Norm_Inf
#define CUPORT_NPPS_Norm_L1
#define CUPORT_NPPS_Norm_L2
#define CUPORT_NPPS_Convert
#define CUPORT_NPPS_Copy
#define CUPORT_NPPS_Set
#define CUPORT_NPPS_Zero
#define CUPORT_NPPS_MinMax
#define CUPORT_NPPS_StdDev
#define CUPORT_NPPS_DotProd
#define CUPORT_NPPS_Integral
#include "NppEntries.inc"
