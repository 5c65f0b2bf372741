// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arguments that HIP wants in another form; the API row says which.
//
//   Before: cudaMemcpyToSymbol(coeff, h, n);         After: hipMemcpyToSymbol(HIP_SYMBOL(coeff), h, n);
//   Before: cudaFuncSetAttribute(kernel, attr, n);   After: hipFuncSetAttribute((const void *)kernel, attr, n);

#include "Rules/Calls.h"

using namespace cuport;

static bool isCast(const FileView &File, TokenRange Argument) {
  llvm::StringRef First = File.text(Argument.First);
  if (First.ends_with("_cast") || First == "nullptr" || First == "NULL")
    return true;
  if (First != "(")
    return false;
  // (T *)x: a parenthesis that ends in * with something behind it.
  size_t Close = File.Source.matching(Argument.First);
  return Close + 1 < Argument.Last && File.is(Close - 1, "*");
}

static Finding change(const FileView &File, const CallTokens &Call, const ArgumentChange &Change,
                      TokenRange Argument, Confidence C) {
  uint32_t Begin = File.tokens()[Argument.First].Offset;
  uint32_t End = File.tokens()[Argument.Last - 1].end();
  Finding F = File.finding("argument-change", Begin, End - Begin, Verdict::Edit, C);
  std::string Text = Change.Text.str();
  switch (Change.What) {
  case ArgumentChange::Wrap:
    if (File.tokens()[Argument.First].What == Token::String) {
      F.Verdict = Verdict::Review;
      F.Message = "HIP takes the symbol itself here, not its name in a string";
      break;
    }
    F.Edits = {{Begin, 0, Text + "("}, {End, 0, ")"}};
    F.Message = "HIP wants the argument as " + Text + "(...)";
    break;
  case ArgumentChange::Cast:
    F.Edits = {{Begin, 0, "(" + Text + ")"}};
    F.Message = "HIP takes a '" + Text + "' here, so the kernel is cast";
    break;
  case ArgumentChange::Remove: {
    // The comma before it goes too; for a first argument the one behind it.
    uint32_t From = Begin, To = End;
    if (Change.Index > 0)
      From = File.tokens()[Call.Arguments[Change.Index - 1].Last - 1].end();
    else if (Call.Arguments.size() > 1)
      To = File.tokens()[Call.Arguments[1].First].Offset;
    F.Edits = {{From, To - From, ""}};
    F.Message = "HIP has no such argument; it is taken out";
    break;
  }
  }
  return F;
}

namespace cuport {
void runArgumentChange(const FileView &File, std::vector<Finding> &Findings) {
  auto Wanted = [&](const ApiRow &Row) {
    return !Row.Arguments.empty() && !needsPerson(verdictFor(Row, File.Options.Hip));
  };
  forEachCall(File, Wanted, [&](size_t Name, const ApiRow &Row, const CallTokens &Call) {
    for (const ArgumentChange &Change : Row.Arguments) {
      if (Change.Index >= Call.Arguments.size() || Call.Arguments[Change.Index].empty())
        continue;
      TokenRange Argument = Call.Arguments[Change.Index];
      if (Change.What == ArgumentChange::Wrap && File.is(Argument.First, Change.Text))
        continue;
      if (Change.What == ArgumentChange::Cast && isCast(File, Argument))
        continue;
      Finding F = change(File, Call, Change, Argument, File.confidenceOfToken(Name));
      F.Name = Row.Cuda.str();
      F.Replacement = hipNameFor(Row, File.Options.Hip).str();
      Findings.push_back(std::move(F));
    }
  });
}
} // namespace cuport
