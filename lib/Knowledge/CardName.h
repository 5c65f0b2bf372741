// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What becomes of one CUDA name on a card: the name that was seen there, the one that follows from
// the card's naming rule, or that nobody knows.

#ifndef CUPORT_KNOWLEDGE_CARDNAME_H
#define CUPORT_KNOWLEDGE_CARDNAME_H

#include "Knowledge/ApiRow.h"
#include "Knowledge/Target.h"

namespace cuport {

struct CardName {
  enum StateKind : uint8_t {
    Origin,  ///< the card's toolkit is where the name comes from: NVIDIA's, AMD's
    Seen,    ///< From says where
    Derived, ///< by a rule that From tells of; the name itself was not seen
    Lacks,   ///< the card has nothing for it; Note says why
    Unknown,
  };
  StateKind State = Unknown;
  FactConfidence Confidence =
      FactConfidence::High; ///< of all but Unknown; a derived name is never sure
  std::string Name;         ///< of Origin, Seen and Derived
  std::string Rule;         ///< of Derived: "cuda -> musa", "CUDA's names", "cublas -> mublas"
  llvm::StringRef Note;     ///< what differs in a call, or why the card lacks it; may be empty
  const Evidence *From = nullptr; ///< null where only the API row tells, and where nothing is known
  const TargetLibraryInfo *CudaLibrary =
      nullptr;                            ///< the library of CUDA's that it belongs to, or null
  const TargetLibrary *Library = nullptr; ///< the card's counterpart of that; null where not known
};

/// Cuda is a name or a header, Row its row among the APIs or null. Hip is the HIP that cards with
/// HIP's names have.
CardName nameOnCard(const Target &Card, llvm::StringRef Cuda, const ApiRow *Row, Version Hip);

} // namespace cuport

#endif
