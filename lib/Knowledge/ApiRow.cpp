// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/ApiRow.h"

#include "Knowledge/ApiLoader.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace cuport;

static constexpr llvm::StringRef KindNames[] = {
    "function", "device-function", "type",    "enumerator", "macro",
    "variable", "keyword",         "include", "namespace",
};

llvm::StringRef cuport::apiKindName(ApiKind K) { return KindNames[static_cast<unsigned>(K)]; }

std::optional<ApiKind> cuport::parseApiKind(llvm::StringRef Name) {
  for (unsigned I = 0; I < std::size(KindNames); ++I)
    if (KindNames[I] == Name)
      return static_cast<ApiKind>(I);
  return std::nullopt;
}

static bool isDropped(const ApiRow &Row, Version Hip) {
  return Row.HipRemoved.isKnown() && Hip >= Row.HipRemoved;
}

llvm::StringRef cuport::hipNameFor(const ApiRow &Row, Version Hip) {
  return isDropped(Row, Hip) && !Row.HipLater.empty() ? Row.HipLater : Row.Hip;
}

Verdict cuport::verdictFor(const ApiRow &Row, Version Hip) {
  if (!Hip.isKnown() || Row.Hip.empty())
    return Row.Verdict;
  if (Row.HipSince.isKnown() && Hip < Row.HipSince)
    return Verdict::Unsupported;
  if (!isDropped(Row, Hip))
    return Row.Verdict;
  if (Row.HipLater.empty())
    return Verdict::Unsupported;
  bool ByName = Row.Verdict == Verdict::AsIs || Row.Verdict == Verdict::Rename;
  return ByName ? defaultVerdict(Row.Cuda, Row.HipLater) : Row.Verdict;
}

bool cuport::isHipSpelling(llvm::StringRef Name) {
  if (Name.empty() || !llvm::all_of(Name, [](char C) { return llvm::isAlnum(C) || C == '_'; }))
    return false;
  Name.consume_front("make_");
  Name = Name.ltrim('_');
  static constexpr llvm::StringLiteral Prefixes[] = {"hip", "roc", "rccl", "miopen"};
  return llvm::any_of(Prefixes,
                      [&](llvm::StringRef Prefix) { return Name.starts_with_insensitive(Prefix); });
}

static constexpr llvm::StringRef ConditionNames[] = {"is", "has", "not", "text", "type"};

llvm::StringRef cuport::conditionKindName(ArgumentCondition::Kind K) { return ConditionNames[K]; }

std::string cuport::conditionText(const ArgumentCondition &Condition) {
  static constexpr llvm::StringRef Verbs[] = {" is ", " has the bits of ", " is not ", " is like ", " is a "};
  std::string Text = (Condition.What == ArgumentCondition::Text ? "a string of " : "") +
                     Condition.Argument.str() + Verbs[Condition.What].str();
  for (size_t I = 0; I < Condition.Values.size(); ++I)
    Text += (I == 0                            ? ""
             : I + 1 < Condition.Values.size() ? ", "
                                               : " or ") +
            Condition.Values[I].str();
  return Text;
}
