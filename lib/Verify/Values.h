// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One value against another: what it is, how far the two are apart, and whether that is near
// enough.

#ifndef CUPORT_VERIFY_VALUES_H
#define CUPORT_VERIFY_VALUES_H

#include "Verify/Layout.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <array>
#include <cstdint>
#include <string>

namespace cuport {

/// Two reals a and b are near enough if one of these holds:
///   their distance in units of the last place is at most Ulp
///   |a - b| <= Relative * max(|a|, |b|)
///   |a - b| <= OfLargest * the largest magnitude in the memory that they stand in
///   |a - b| <= Absolute
struct Tolerance {
  uint64_t Ulp = 0;
  double Relative = 0, OfLargest = 0, Absolute = 0;
};

enum class RealType { F16, BF16, F32, F64 };
inline constexpr size_t RealTypes = 4;
llvm::StringRef realTypeName(RealType T);
/// Of a scalar that is one.
RealType realTypeOf(const Scalar &S);

/// By RealType. What is right for sums of some millions of terms in another order.
struct Tolerances {
  std::array<Tolerance, RealTypes> Of{
      {{2, 4e-3, 1e-3, 0}, {2, 3e-2, 8e-3, 0}, {4, 1e-5, 1e-6, 0}, {4, 1e-12, 1e-14, 0}}};

  /// "f32:ulp=4,relative=1e-5": what is named changes; without a type of all. The error says what
  /// is wrong.
  llvm::Error set(llvm::StringRef Text);
};

/// The bits of a scalar at Bytes, as an unsigned number.
uint64_t bitsOf(const char *Bytes, unsigned Size);
double realOf(uint64_t Bits, RealType T);
/// How many values of the type lie between the two, plus one; all ones where one of them is no
/// number.
uint64_t ulpsBetween(uint64_t A, uint64_t B, RealType T);
/// A number that sorts scalars of one kind; reals by their value.
int64_t placeOf(uint64_t Bits, const Scalar &S);
/// As a person reads it; reals with all digits that tell them apart.
std::string textOf(uint64_t Bits, const Scalar &S);
/// "float32", "uint8": for messages.
std::string nameOf(const Scalar &S);

/// Distances in ULP: none, 1, 2, up to 4, 8 ... 2^30, and more, no number or another sign.
struct UlpHistogram {
  static constexpr size_t Buckets = 33;
  std::array<uint64_t, Buckets> Counts{};

  void add(uint64_t Ulps, uint64_t Times = 1);
  /// The largest distance that the bucket holds; all ones of the last.
  static uint64_t limitOf(size_t Bucket);
};

} // namespace cuport

#endif
