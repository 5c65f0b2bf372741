// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Basic/IgnoreText.h"

using namespace cuport;
using llvm::StringRef;

IgnoreText cuport::readIgnoreText(StringRef Text) {
  IgnoreText Result;
  StringRef Rest = Text.drop_front(IgnoreWord.size());
  size_t Close = Rest.find(')');
  if (!Rest.consume_front("(") || Close == StringRef::npos) {
    Result.Wrong = "it names no rule";
    return Result;
  }
  llvm::SmallVector<StringRef, 2> Parts;
  Rest.substr(0, Close - 1).split(Parts, ',');
  for (StringRef Name : Parts)
    Result.Rules.push_back(Name.trim());
  Rest = Rest.drop_front(Close);
  if (Rest.consume_front(":"))
    Result.Reason = Rest.trim();
  if (Result.Reason.ends_with("*/"))
    Result.Reason = Result.Reason.drop_back(2).rtrim();
  if (Result.Reason.empty())
    Result.Wrong = "it gives no reason";
  return Result;
}

void cuport::ignore(Finding &F, StringRef Reason) {
  F.Verdict = Verdict::AsIs;
  F.Edits.clear();
  F.Replacement.clear();
  F.Ignored = Reason.str();
  F.Message = "left as it is, as a comment says: " + F.Ignored;
}

std::string cuport::messageOf(const IgnoreText &Text) {
  return "this comment has no effect, since " + Text.Wrong + "; write 'cuport-ignore(rule): reason'";
}
