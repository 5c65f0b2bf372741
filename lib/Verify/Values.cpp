// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Verify/Values.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace llvm;

namespace cuport {

static constexpr StringLiteral Names[RealTypes] = {"f16", "bf16", "f32", "f64"};

StringRef realTypeName(RealType T) { return Names[size_t(T)]; }

RealType realTypeOf(const Scalar &S) {
  if (S.Kind == ScalarKind::BFloat)
    return RealType::BF16;
  return S.Size == 2 ? RealType::F16 : S.Size == 4 ? RealType::F32 : RealType::F64;
}

Error Tolerances::set(StringRef Text) {
  StringRef Values = Text;
  size_t First = 0, Last = RealTypes;
  if (Text.contains(':')) {
    auto [Type, Rest] = Text.split(':');
    Values = Rest;
    First = size_t(llvm::find(Names, Type) - std::begin(Names));
    if (First == RealTypes)
      return createStringError("'" + Type + "' is no type; there are f16, bf16, f32 and f64");
    Last = First + 1;
  }
  SmallVector<StringRef, 4> Parts;
  Values.split(Parts, ',');
  for (StringRef Part : Parts) {
    auto [Key, Number] = Part.split('=');
    double Value = 0;
    if (Number.getAsDouble(Value) || !(Value >= 0) || std::isinf(Value))
      return createStringError(
          "'" + Part +
          "' is not of the form ulp=4, relative=1e-5, of-largest=1e-6 or absolute=1e-9");
    for (size_t I = First; I < Last; ++I) {
      if (Key == "ulp")
        Of[I].Ulp = uint64_t(std::min(Value, 9e18));
      else if (Key == "relative")
        Of[I].Relative = Value;
      else if (Key == "of-largest")
        Of[I].OfLargest = Value;
      else if (Key == "absolute")
        Of[I].Absolute = Value;
      else
        return createStringError(
            "'" + Key + "' is no tolerance; there are ulp, relative, of-largest and absolute");
    }
  }
  return Error::success();
}

uint64_t bitsOf(const char *Bytes, unsigned Size) {
  uint64_t Bits = 0;
  for (unsigned I = 0; I < Size; ++I)
    Bits |= uint64_t(uint8_t(Bytes[I])) << (8 * I);
  return Bits;
}

static const fltSemantics &semanticsOf(RealType T) {
  switch (T) {
  case RealType::F16:
    return APFloat::IEEEhalf();
  case RealType::BF16:
    return APFloat::BFloat();
  case RealType::F32:
    return APFloat::IEEEsingle();
  case RealType::F64:
    return APFloat::IEEEdouble();
  }
  llvm_unreachable("all types are above");
}

static unsigned sizeOf(RealType T) { return APFloat::semanticsSizeInBits(semanticsOf(T)) / 8; }

double realOf(uint64_t Bits, RealType T) {
  if (T == RealType::F64)
    return bit_cast<double>(Bits);
  if (T == RealType::F32)
    return bit_cast<float>(uint32_t(Bits));
  APFloat Value(semanticsOf(T), APInt(16, Bits & 0xffff));
  return Value.convertToDouble();
}

/// Sign and magnitude as one number; both zeros are one.
static int64_t placeOfReal(uint64_t Bits, unsigned Size) {
  const uint64_t Sign = uint64_t(1) << (8 * Size - 1);
  return Bits & Sign ? -int64_t(Bits & ~Sign) : int64_t(Bits);
}

int64_t placeOf(uint64_t Bits, const Scalar &S) {
  return S.isReal() ? placeOfReal(Bits, S.Size) : int64_t(Bits);
}

uint64_t ulpsBetween(uint64_t A, uint64_t B, RealType T) {
  if (std::isnan(realOf(A, T)) || std::isnan(realOf(B, T)))
    return ~uint64_t(0);
  const int64_t X = placeOfReal(A, sizeOf(T)), Y = placeOfReal(B, sizeOf(T));
  return X > Y ? uint64_t(X) - uint64_t(Y) : uint64_t(Y) - uint64_t(X);
}

std::string textOf(uint64_t Bits, const Scalar &S) {
  std::string Text;
  raw_string_ostream Out(Text);
  switch (S.Kind) {
  case ScalarKind::Signed:
    Out << SignExtend64(Bits, S.Size * 8);
    break;
  case ScalarKind::Unsigned:
    Out << Bits;
    break;
  case ScalarKind::Float:
  case ScalarKind::BFloat: {
    const RealType T = realTypeOf(S);
    static constexpr int Digits[RealTypes] = {5, 4, 9, 17};
    Out << format("%.*g", Digits[size_t(T)], realOf(Bits, T));
    break;
  }
  case ScalarKind::Pointer:
  case ScalarKind::Bits:
    Out << format_hex(Bits, 2 + 2 * S.Size);
    break;
  }
  return Text;
}

std::string nameOf(const Scalar &S) {
  const std::string Width = utostr(S.Size * 8);
  switch (S.Kind) {
  case ScalarKind::Signed:
    return "int" + Width;
  case ScalarKind::Unsigned:
    return "uint" + Width;
  case ScalarKind::Float:
    return "float" + Width;
  case ScalarKind::BFloat:
    return "bfloat16";
  case ScalarKind::Pointer:
    return "pointer";
  case ScalarKind::Bits:
    return "bytes of unknown type";
  }
  llvm_unreachable("all kinds are above");
}

void UlpHistogram::add(uint64_t Ulps, uint64_t Times) {
  const size_t Bucket = Ulps == 0 ? 0 : std::min<size_t>(Log2_64_Ceil(Ulps) + 1, Buckets - 1);
  Counts[Bucket] += Times;
}

uint64_t UlpHistogram::limitOf(size_t Bucket) {
  return Bucket == 0 ? 0 : Bucket == Buckets - 1 ? ~uint64_t(0) : uint64_t(1) << (Bucket - 1);
}

} // namespace cuport
