// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Names that CUDA declares.
//
//   Before: cudaMalloc(&p, n);     After: hipMalloc(&p, n);
//
// A token that a parse resolves to the user's own declaration is left alone and no finding.

#include "Rules/Calls.h"
#include "Rules/Guards.h"
#include "Rules/Needs.h"
#include "Rules/RowUse.h"
#include "Rules/SpecialNames.h"

using namespace cuport;

/// True where the token is what a #define gives a meaning.
static bool isDefined(const FileView &File, size_t Index) {
  const Directive *D = File.Source.directiveOf(Index);
  return D && D->Name == "define" && Index == D->First + 2;
}

/// #define cudaMalloc myMalloc
static bool isAliasDefinition(const FileView &File, size_t Index) {
  return isDefined(File, Index) && Index + 1 < File.Source.directiveOf(Index)->Last;
}

/// #define CUDA_API_PER_THREAD_DEFAULT_STREAM: a switch that CUDA's headers read.
static bool isSwitchDefinition(const FileView &File, size_t Index) {
  return isDefined(File, Index) && !isAliasDefinition(File, Index);
}

/// A call with this many arguments may have a form of its own.
static RowUse useOf(const FileView &File, const ApiRow &Row, size_t Index) {
  RowUse U = wholeRow(Row, File.Options.Hip);
  if (Row.Forms.empty() || U.V == Verdict::Unsupported)
    return U;
  if (auto Call = callAt(File, Index))
    for (const CallForm &Form : Row.Forms)
      if (Form.Arguments == Call->Arguments.size())
        return {Form.Verdict, Form.Hip, Form.Note};
  return U;
}

/// Names that another rule answers for where the output is HIP.
static bool isOthers(const FileView &File, llvm::StringRef Name) {
  return isWarpMaskName(Name) || (!File.Options.Card && isSimdInWordName(Name));
}

/// CUDA's device runtime (dynamic parallelism): functions of the host API that kernels call.
static bool isCallOfDeviceRuntime(const FileView &File, const ApiRow &Row, uint32_t Offset) {
  return Row.Kind == ApiKind::Function && File.isInDeviceCode(Offset) && File.Apis.libraryOf(Row).Id == "runtime";
}

namespace cuport {
void runApiName(const FileView &File, std::vector<Finding> &Findings) {
  for (size_t I = 0; I < File.tokens().size(); ++I) {
    const Token &T = File.tokens()[I];
    if (T.What != Token::Identifier)
      continue;
    llvm::StringRef Name = File.text(I);
    const ApiRow *Row = File.Apis.find(Name);
    if (!Row || Row->Kind == ApiKind::Namespace || isOthers(File, Name) ||
        (T.InDirective && isGuardUse(File, I)))
      continue;
    FileView::Owner Owner = File.ownerOfToken(I);
    bool IsSwitch = Row->Kind == ApiKind::Macro && isSwitchDefinition(File, I);
    if (Owner == FileView::Owner::User && !isAliasDefinition(File, I) && !IsSwitch)
      continue;
    Finding F = File.finding("api-name", T.Offset, T.Length, Verdict::Unknown, File.confidenceOfToken(I));
    F.Name = Name.str();
    // Some keywords are clang's own too, and then no parse records them.
    if (Row->Kind == ApiKind::Keyword && F.Confidence == Confidence::Unresolved)
      F.Confidence = Confidence::Resolved;
    if (isAliasDefinition(File, I)) {
      F.Verdict = Verdict::Review;
      F.Message = "the project defines '" + F.Name + "' as a macro of its own; its uses are left as they are";
    } else if (Owner == FileView::Owner::Ambiguous && !IsSwitch) {
      F.Verdict = Verdict::Review;
      F.Message = "'" + F.Name + "' may be CUDA's or the project's own, which has that name too; left as it is";
    } else if (isCallOfDeviceRuntime(File, *Row, T.Offset) && File.Options.Card) {
      F.Message = "'" + F.Name + "' is called in device code (dynamic parallelism); " + supportText(File.Options.Card->card(), FactKey::DynamicParallelism) +
                  "; it stays as it is";
    } else if (isCallOfDeviceRuntime(File, *Row, T.Offset)) {
      F.Verdict = Verdict::Unsupported;
      F.Needs = {need(FactKey::DynamicParallelism)};
      F.Message = "'" + F.Name + "' is called in device code, and HIP's runtime is for the host only (no dynamic "
                                 "parallelism); let the host do this between kernels";
    } else if (File.becomesDim3(T.Offset) && !File.Options.Card) {
      F.Verdict = Verdict::Edit;
      F.Replacement = "dim3";
      F.Message = "HIP's dim3 cannot be made of the uint3 that 'make_uint3' gives; a dim3 is made at once";
      F.Edits.push_back({T.Offset, T.Length, F.Replacement});
    } else {
      RowUse U = useOf(File, *Row, I);
      F.Verdict = U.V;
      F.Replacement = U.Hip.str();
      F.Message = messageFor(*Row, U, File.Options.Hip, File.Options.Output);
      F.Needs = needsOf(*Row, File.Apis.libraryOf(*Row));
      bool Change = U.V == Verdict::Rename || U.V == Verdict::Edit || U.V == Verdict::Review;
      if (Change && !U.Hip.empty() && U.Hip != Name)
        F.Edits.push_back({T.Offset, T.Length, U.Hip.str()});
      // What HIP needs no word for goes, with the blank behind it.
      if (U.V == Verdict::Edit && U.Hip.empty())
        F.Edits.push_back({T.Offset, T.Length + uint32_t(File.Source.text().substr(T.end()).starts_with(" ")), ""});
    }
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
