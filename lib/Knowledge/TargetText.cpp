// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/TargetText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace cuport;

std::string cuport::valueText(const TargetFact &Fact) {
  if (factInfo(Fact.Key).Kind == FactKind::Bytes && Fact.Number % 1024 == 0)
    return std::to_string(Fact.Number / 1024) + " KiB";
  if (factInfo(Fact.Key).Kind == FactKind::Bytes)
    return Fact.Value.str() + " bytes";
  return Fact.Value.str();
}

std::string cuport::shortText(const Target &Card, FactKey Key) {
  std::string Text;
  for (const TargetFact &Fact : Card.facts(Key)) {
    Text += (Text.empty() ? "" : ", ") + valueText(Fact);
    if (!Fact.For.empty())
      Text += " (" + llvm::join(Fact.For, ", ") + ")";
  }
  return Text.empty() ? "unknown" : Text;
}

std::string cuport::namingText(const NamingRule &Rule) {
  switch (Rule.Style) {
  case NamingRule::Unknown:
    return "unknown";
  case NamingRule::Cuda:
    return Rule.Origin ? "CUDA's own" : "CUDA's names";
  case NamingRule::Hip:
    return Rule.Origin ? "HIP's own" : "HIP's names";
  case NamingRule::Listed:
    return "no rule";
  case NamingRule::Prefix:
    break;
  }
  std::string Text;
  for (const PrefixRule &P : Rule.Prefixes)
    Text += ((Text.empty() ? "" : ", ") + P.Cuda + " -> " + P.Card).str();
  return Text;
}

std::vector<std::string> cuport::waysOnto(const Target &Card) {
  std::vector<std::string> Ways;
  const NamingRule &Rule = Card.Naming;
  if (Rule.Origin && Rule.Style == NamingRule::Cuda)
    return {"It is what CUDA source is written for."};
  auto Has = [&](FactKey Key, std::initializer_list<Support> Any) {
    return llvm::any_of(Card.facts(Key),
                        [&](const TargetFact &F) { return llvm::is_contained(Any, F.Support); });
  };
  const bool Kernels =
      Has(FactKey::SimtKernels, {Support::Yes, Support::Partial, Support::Emulated});
  if (Kernels && Rule.Style == NamingRule::Hip)
    Ways.push_back("Translated to HIP: cuport translate.");
  if (Kernels && Rule.Style == NamingRule::Prefix)
    Ways.push_back("With CUDA's names changed to the card's; the kernels stay.");
  if (Has(FactKey::CudaSource, {Support::Yes, Support::Partial, Support::Emulated}))
    Ways.push_back("As CUDA source, with the vendor's compiler or wrappers.");
  for (const TargetFact &Fact : Card.facts(FactKey::SimtKernels)) {
    std::string On = Fact.For.empty() ? "" : " (" + llvm::join(Fact.For, ", ") + ")";
    if (Fact.Support == Support::No)
      Ways.push_back("The host's code only" + On +
                     ": kernels are written anew in the card's own model.");
    else if (Ways.empty() || Fact.Support == Support::Partial)
      Ways.push_back("Kernels in threads, blocks and warps" + On +
                     "; the host's code moves to the card's own interface.");
  }
  if (Card.facts(FactKey::SimtKernels).empty())
    Ways.push_back("Whether kernels of threads, blocks and warps carry over is not known.");
  return Ways;
}

std::vector<const FactInfo *> cuport::unknownFacts(const Target &Card) {
  std::vector<const FactInfo *> Unknown;
  for (const FactInfo &Info : allFacts())
    if (Card.facts(Info.Key).empty())
      Unknown.push_back(&Info);
  return Unknown;
}
