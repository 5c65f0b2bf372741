// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arithmetic and logic on images. Of two sources the second is what is subtracted from and divided, as in NPP.

#include "Image.h"
#include "Operations.h"

using namespace cuport::npp;

namespace {

/// f(first, second) -> Calculated<T>.
template <class F> struct OfTwo {
  template <class V, class T>
    requires(!V::inPlace)
  NppStatus operator()(V, const Call &call, const T *a, int aStep, const T *b, int bStep, T *to, int step, NppiSize size, int scale = 0) const {
    return each<V>(
        call, size, to, step, [=](int, T x, T y) { return finish<T>(F()(Calculated<T>(x), Calculated<T>(y)), scale); }, image(a, aStep), image(b, bStep));
  }
  template <class V, class T>
    requires(V::inPlace)
  NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size, int scale = 0) const {
    return each<V>(
        call, size, to, step, [=](int, T x, T y) { return finish<T>(F()(Calculated<T>(x), Calculated<T>(y)), scale); }, image(a, aStep),
        image<const T>(to, step));
  }
};

/// The first is a constant.
template <class F> struct OfConstant {
  template <class V, class T, class K>
    requires(!V::inPlace)
  NppStatus operator()(V, const Call &call, const T *a, int aStep, K given, T *to, int step, NppiSize size, int scale = 0) const {
    if (!isGiven(given))
      return NPP_NULL_POINTER_ERROR;
    return each<V>(
        call, size, to, step, [=, k = constantOf<V>(given)](int c, T x) { return finish<T>(F()(Calculated<T>(k[c]), Calculated<T>(x)), scale); },
        image(a, aStep));
  }
  template <class V, class T, class K>
    requires(V::inPlace)
  NppStatus operator()(V v, const Call &call, K given, T *to, int step, NppiSize size, int scale = 0) const {
    return (*this)(Variant<T, T, 'C', V::to, 'C', V::to, false, V::scaled>(), call, static_cast<const T *>(to), step, given, to, step, size, scale);
  }
};

/// As nppiAbsDiffC has it: the constant stands last.
template <class F> struct OfConstantBehind {
  template <class V, class T>
  NppStatus operator()(V v, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size, T constant) const {
    return OfConstant<F>()(v, call, a, aStep, constant, to, step, size);
  }
};

template <class F> struct OfOne {
  template <class V, class T>
    requires(!V::inPlace)
  NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size, int scale = 0) const {
    return each<V>(
        call, size, to, step, [=](int, T x) { return finish<T>(F()(Calculated<T>(x)), scale); }, image(a, aStep));
  }
  template <class V, class T>
    requires(V::inPlace)
  NppStatus operator()(V, const Call &call, T *to, int step, NppiSize size, int scale = 0) const {
    return each<V>(
        call, size, to, step, [=](int, T x) { return finish<T>(F()(Calculated<T>(x)), scale); }, image<const T>(to, step));
  }
};

struct Distance {
  template <class C> C operator()(C a, C b) const { return std::fabs(a - b); }
};
template <class F> struct Whole {
  template <class C> C operator()(C a, C b) const { return C(F()(int64_t(a), int64_t(b))); }
};
struct BitAnd {
  int64_t operator()(int64_t a, int64_t b) const { return a & b; }
};
struct BitOr {
  int64_t operator()(int64_t a, int64_t b) const { return a | b; }
};
struct BitXor {
  int64_t operator()(int64_t a, int64_t b) const { return a ^ b; }
};

/// Shifts of what T has.
template <bool left> struct ShiftBy {
  template <class V, class T, class K>
    requires(!V::inPlace)
  NppStatus operator()(V, const Call &call, const T *a, int aStep, K given, T *to, int step, NppiSize size) const {
    if (!isGiven(given))
      return NPP_NULL_POINTER_ERROR;
    return each<V>(
        call, size, to, step,
        [=, k = constantOf<V>(given)](int c, T x) {
          unsigned by = std::min<unsigned>(k[c], 63);
          return left ? T(uint64_t(x) << by) : T(int64_t(x) >> by);
        },
        image(a, aStep));
  }
  template <class V, class T, class K>
    requires(V::inPlace)
  NppStatus operator()(V, const Call &call, K given, T *to, int step, NppiSize size) const {
    return (*this)(Variant<T, T, 'C', V::to, 'C', V::to, false, false>(), call, static_cast<const T *>(to), step, given, to, step, size);
  }
};

struct Magnitude {
  template <class C> C operator()(C a) const { return std::fabs(a); }
};
struct Square {
  template <class C> C operator()(C a) const { return a * a; }
};
struct Root {
  template <class C> C operator()(C a) const { return std::sqrt(a); }
};
struct Exponential {
  template <class C> C operator()(C a) const { return std::exp(a); }
};
struct Logarithm {
  template <class C> C operator()(C a) const { return std::log(a); }
};
struct Complement {
  template <class C> C operator()(C a) const { return 255 - a; }
};

} // namespace

namespace cuport::npp::nppi {

struct Add : OfTwo<Plus> {};
struct Sub : OfTwo<FromSecond> {};
struct Mul : OfTwo<Times> {};
struct Div : OfTwo<IntoSecond> {};
struct AbsDiff : OfTwo<Distance> {};
struct And : OfTwo<Whole<BitAnd>> {};
struct Or : OfTwo<Whole<BitOr>> {};
struct Xor : OfTwo<Whole<BitXor>> {};
struct AddC : OfConstant<Plus> {};
struct SubC : OfConstant<FromSecond> {};
struct MulC : OfConstant<Times> {};
struct DivC : OfConstant<IntoSecond> {};
struct AbsDiffC : OfConstantBehind<Distance> {};
struct AndC : OfConstant<Whole<BitAnd>> {};
struct OrC : OfConstant<Whole<BitOr>> {};
struct XorC : OfConstant<Whole<BitXor>> {};
struct LShiftC : ShiftBy<true> {};
struct RShiftC : ShiftBy<false> {};
struct Abs : OfOne<Magnitude> {};
struct Sqr : OfOne<Square> {};
struct Sqrt : OfOne<Root> {};
struct Exp : OfOne<Exponential> {};
struct Ln : OfOne<Logarithm> {};
struct Not : OfOne<Complement> {};

/// target += a * a
struct AddSquare {
  template <class V, class T> NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size) const {
    return each<V>(
        call, size, to, step, [](int, T x, T sum) { return sum + x * x; }, image(a, aStep), image<const T>(to, step));
  }
};
/// target += a * b
struct AddProduct {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, const T *b, int bStep, T *to, int step, NppiSize size) const {
    return each<V>(
        call, size, to, step, [](int, T x, T y, T sum) { return sum + x * y; }, image(a, aStep), image(b, bStep), image<const T>(to, step));
  }
};
/// target = a * alpha + target * (1 - alpha)
struct AddWeighted {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size, Npp32f alpha) const {
    return each<V>(
        call, size, to, step, [=](int, T x, T old) { return x * alpha + old * (1 - alpha); }, image(a, aStep), image<const T>(to, step));
  }
};

} // namespace cuport::npp::nppi

#define CUPORT_NPPI_Add
#define CUPORT_NPPI_Sub
#define CUPORT_NPPI_Mul
#define CUPORT_NPPI_Div
#define CUPORT_NPPI_AbsDiff
#define CUPORT_NPPI_And
#define CUPORT_NPPI_Or
#define CUPORT_NPPI_Xor
#define CUPORT_NPPI_AddC
#define CUPORT_NPPI_SubC
#define CUPORT_NPPI_MulC
#define CUPORT_NPPI_DivC
#define CUPORT_NPPI_AbsDiffC
#define CUPORT_NPPI_AndC
#define CUPORT_NPPI_OrC
#define CUPORT_NPPI_XorC
#define CUPORT_NPPI_LShiftC
#define CUPORT_NPPI_RShiftC
#define CUPORT_NPPI_Abs
#define CUPORT_NPPI_Sqr
#define CUPORT_NPPI_Sqrt
#define CUPORT_NPPI_Exp
#define CUPORT_NPPI_Ln
#define CUPORT_NPPI_Not
#define CUPORT_NPPI_AddSquare
#define CUPORT_NPPI_AddProduct
#define CUPORT_NPPI_AddWeighted
#include "NppEntries.inc"
