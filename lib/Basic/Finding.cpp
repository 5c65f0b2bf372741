// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Basic/Finding.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/ErrorHandling.h"

using namespace cuport;

llvm::StringRef cuport::verdictName(Verdict V) {
  switch (V) {
  case Verdict::AsIs:
    return "as-is";
  case Verdict::Rename:
    return "rename";
  case Verdict::Edit:
    return "edit";
  case Verdict::Review:
    return "review";
  case Verdict::Redesign:
    return "redesign";
  case Verdict::Unsupported:
    return "unsupported";
  case Verdict::Unknown:
    return "unknown";
  }
  llvm_unreachable("not a verdict");
}

std::optional<Verdict> cuport::parseVerdict(llvm::StringRef Name) {
  for (Verdict V : AllVerdicts)
    if (verdictName(V) == Name)
      return V;
  return std::nullopt;
}

bool cuport::needsPerson(Verdict V) { return V >= Verdict::Review; }

llvm::StringRef cuport::confidenceName(Confidence C) {
  switch (C) {
  case Confidence::Resolved:
    return "resolved";
  case Confidence::Inactive:
    return "inactive";
  case Confidence::Unresolved:
    return "unresolved";
  case Confidence::Unparsed:
    return "unparsed";
  }
  llvm_unreachable("not a confidence");
}
