// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is known of a card in words, for the command line and the pages in docs/targets.

#ifndef CUPORT_KNOWLEDGE_TARGETTEXT_H
#define CUPORT_KNOWLEDGE_TARGETTEXT_H

#include "Knowledge/Target.h"

namespace cuport {

/// The value of one fact without its note: "128", "64 KiB", "emulated".
std::string valueText(const TargetFact &Fact);

/// The values of a fact over the generations in a few words, "128 (mp_21, mp_22), 32 (mp_31)", or
/// "unknown".
std::string shortText(const Target &Card, FactKey Key);

/// "CUDA's names", "cuda -> musa, cu -> mu", or "unknown".
std::string namingText(const NamingRule &Rule);

/// How a program's source gets onto the card, one sentence a way.
std::vector<std::string> waysOnto(const Target &Card);

/// The facts that nothing is known of, in the order of TargetFacts.def.
std::vector<const FactInfo *> unknownFacts(const Target &Card);

} // namespace cuport

#endif
