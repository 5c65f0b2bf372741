// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Verify/Layout.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace cuport {

// The compiler describes nothing larger.
static constexpr size_t MostScalars = 256, MostBytes = 65536;

std::optional<Layout> parseLayout(StringRef Text) {
  Layout Result;
  SmallVector<StringRef, 16> Parts;
  Text.split(Parts, '@');
  if (Parts[0].getAsInteger(10, Result.Size) || Result.Size == 0 || Result.Size > MostBytes ||
      Parts.size() < 2 || Parts.size() > MostScalars)
    return std::nullopt;
  for (StringRef Part : ArrayRef(Parts).drop_front()) {
    Scalar S;
    if (Part.consumeInteger(10, S.Offset) || Part.empty())
      return std::nullopt;
    const char Kind = Part.front();
    if (!StringRef("iufbp").contains(Kind) || Part.drop_front().getAsInteger(10, S.Size))
      return std::nullopt;
    S.Kind = ScalarKind(Kind);
    const bool Fits = S.Size == 1 || S.Size == 2 || S.Size == 4 || S.Size == 8;
    if (!Fits || (S.isReal() && S.Size == 1) || (S.Kind == ScalarKind::BFloat && S.Size != 2) ||
        S.Offset > Result.Size || S.Size > Result.Size - S.Offset)
      return std::nullopt;
    Result.Scalars.push_back(S);
  }
  return Result;
}

std::optional<Layout> parsePointee(StringRef Text) {
  return Text.consume_front("*") ? parseLayout(Text) : std::nullopt;
}

Layout unknownLayout() { return {4, {{0, ScalarKind::Bits, 4}}}; }

} // namespace cuport
