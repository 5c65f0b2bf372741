// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/PtxRow.h"

using namespace cuport;

static constexpr llvm::StringLiteral Names[] = {"exact",  "guarded",  "approximate",
                                                "helper", "redesign", "none"};

llvm::StringRef cuport::ptxExactnessName(PtxExactness E) { return Names[size_t(E)]; }

std::optional<PtxExactness> cuport::parsePtxExactness(llvm::StringRef Name) {
  for (size_t I = 0; I < std::size(Names); ++I)
    if (Names[I] == Name)
      return PtxExactness(I);
  return std::nullopt;
}
