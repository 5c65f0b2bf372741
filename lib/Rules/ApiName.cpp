// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Names that CUDA declares.
//
//   Before: cudaMalloc(&p, n);     After: hipMalloc(&p, n);
//
// A token that a parse resolves to the user's own declaration is left alone and no finding.

#include "Knowledge/CallText.h"
#include "Knowledge/Signature.h"
#include "Rules/Calls.h"
#include "Rules/ComputeType.h"
#include "Rules/Guards.h"
#include "Rules/Needs.h"
#include "Rules/RowUse.h"
#include "Rules/SpecialNames.h"

#include "llvm/ADT/StringExtras.h"

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

/// #define cudaMalloc hipMalloc: the project's own port, which says of the name what the row does
static bool isOwnMapping(const FileView &File, size_t Index, const ApiRow &Row) {
  llvm::StringRef Hip = hipNameFor(Row, File.Options.Hip);
  return File.Source.directiveOf(Index)->Last == Index + 2 && !Hip.empty() && File.is(Index + 1, Hip);
}

/// #define CUDA_API_PER_THREAD_DEFAULT_STREAM: a switch that CUDA's headers read.
static bool isSwitchDefinition(const FileView &File, size_t Index) {
  return isDefined(File, Index) && !isAliasDefinition(File, Index);
}

/// True where HIP of this version has every name in what is written for a call.
static bool hasAllNames(const FileView &File, llvm::StringRef Call) {
  while (!Call.empty()) {
    llvm::StringRef Name = Call.take_while([](char C) { return llvm::isAlnum(C) || C == '_'; });
    const ApiRow *Row = Name.empty() ? nullptr : File.Apis.find(Name);
    if (Row && verdictFor(*Row, File.Options.Hip) == Verdict::Unsupported)
      return false;
    Call = Call.drop_front(std::max<size_t>(Name.size(), 1));
  }
  return true;
}

/// A call with this many arguments may have a form of its own. Where HIP of this version has no such name, only what is
/// written without it helps.
static RowUse useOf(const FileView &File, const ApiRow &Row, size_t Index) {
  RowUse U = wholeRow(Row, File.Options.Hip);
  if (Row.Forms.empty())
    return U;
  if (auto Call = callAt(File, Index))
    for (const CallForm &Form : Row.Forms)
      if (Form.Arguments == Call->Arguments.size() &&
          (isWrittenAnew(Form.Hip) ? hasAllNames(File, Form.Hip) : U.V != Verdict::Unsupported))
        return {Form.Verdict, Form.Hip, Form.Note};
  return U;
}

/// The edits that make a call what Text says. They stand around and between the arguments, which other rules may change, and
/// take the blanks there along, unless a comment stands between them.
static std::vector<Edit> callEdits(const FileView &File, size_t Name, llvm::StringRef Text) {
  const CallTokens Call = *callAt(File, Name);
  auto Begin = [&](size_t Token) { return File.tokens()[Token].Offset; };
  auto End = [&](size_t Token) { return File.tokens()[Token].end(); };
  llvm::StringRef Source = File.Source.text();
  std::vector<Edit> Edits;
  for (size_t I = 0; I <= Call.Arguments.size(); ++I) {
    llvm::StringRef Piece = Text.take_until([](char C) { return C == '$'; });
    Text = Text.drop_front(Piece.size()).drop_while([](char C) { return C == '$' || llvm::isDigit(C); });
    const bool IsFirst = I == 0, IsLast = I == Call.Arguments.size();
    // The name up to its (, a comma, or the ).
    uint32_t From = Begin(IsFirst ? Name : Call.Arguments[I - 1].Last), To = End(IsFirst ? Call.Open : Call.Arguments[I - 1].Last);
    const uint32_t Before = IsFirst ? From : End(Call.Arguments[I - 1].Last - 1), Behind = IsLast ? To : Begin(Call.Arguments[I].First);
    if (Source.slice(Before, From).trim().empty() && Source.slice(To, Behind).trim().empty()) {
      From = Before;
      To = Behind;
    }
    // A comma that stays one stays with the line's end behind it.
    if (Piece.trim() != ",")
      Edits.push_back({From, To - From, Piece.str()});
  }
  return Edits;
}

/// Names that another rule answers for where the output is HIP.
static bool isOthers(const FileView &File, llvm::StringRef Name) {
  return isWarpMaskName(Name) || (!File.Options.Card && isSimdInWordName(Name));
}

static bool includes(const FileView &File, llvm::StringRef Header) {
  return llvm::any_of(File.Source.directives(), [&](const Directive &D) {
    return D.Name == "include" && D.First + 2 < D.Last && File.text(D.First + 2).drop_front().drop_back() == Header;
  });
}

/// cuBLAS's legacy interface, which cublas.h declares, has functions of the same names without a handle, and so with fewer arguments. A
/// name that is not called, or with arguments that a macro hands on, is the one that the file's header declares; where that has become
/// HIP's, a name that was left.
static bool isWithoutHandle(const FileView &File, const ApiRow &Row, size_t Index) {
  auto [Today, Legacy] = Row.Signature.split('\n');
  if (Row.Kind != ApiKind::Function || !Today.contains("cublasHandle_t") || Legacy.empty() || Legacy.contains("cublasHandle_t"))
    return false;
  auto CountOf = [](llvm::StringRef Text) { return parameters(takeApart(Text)->Parameters).size(); };
  if (auto Call = callAt(File, Index))
    if (Call->Arguments.size() == CountOf(Today) || Call->Arguments.size() == CountOf(Legacy))
      return Call->Arguments.size() == CountOf(Legacy);
  return includes(File, "cublas.h") || (includes(File, "hipblas/hipblas.h") && !includes(File, "cublas_v2.h"));
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
    if (isAliasDefinition(File, I) && isOwnMapping(File, I, *Row)) {
      F.Verdict = Verdict::AsIs;
      F.Message = "the project has a port of its own that makes '" + F.Name + "' what it is in HIP";
    } else if (isAliasDefinition(File, I)) {
      F.Verdict = Verdict::Review;
      F.Message = "the project defines '" + F.Name + "' as a macro of its own; uses that it holds for are left as they are, others are CUDA's name";
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
    } else if (isWithoutHandle(File, *Row, I) && (!File.Options.Card || Row->Hip != Name)) {
      F.Verdict = File.Options.Card ? Verdict::Unknown : Verdict::Unsupported;
      F.Needs = needsOf(*Row, File.Apis.libraryOf(*Row));
      const std::string Anew = Row->Hip.empty() ? "the call" : "the call as one of '" + Row->Hip.str() + "'";
      F.Message = "'" + F.Name + "' is here the function of cuBLAS's legacy interface (cublas.h), which has no handle, and " +
                  (File.Options.Card ? "it is not known whether " + File.Options.Output + " has such an interface" : "hipBLAS has no such interface") +
                  "; write " + Anew + ": the handle first, letters as enumerators, scalars by address, a result by a pointer at the end; it stays as it is";
    } else if (File.becomesDim3(T.Offset) && !File.Options.Card) {
      F.Verdict = Verdict::Edit;
      F.Replacement = "dim3";
      F.Message = "HIP's dim3 cannot be made of the uint3 that 'make_uint3' gives; a dim3 is made at once";
      F.Edits.push_back({T.Offset, T.Length, F.Replacement});
    } else if (llvm::StringRef Compute = File.Options.Card ? "" : computeTypeAt(File, I); !Compute.empty()) {
      F.Verdict = Verdict::Edit;
      F.Replacement = Compute.str();
      F.Message = "hipBLAS takes a compute type here: '" + F.Name + "' is '" + F.Replacement + "'";
      F.Edits.push_back({T.Offset, T.Length, F.Replacement});
    } else {
      RowUse U = useOf(File, *Row, I);
      F.Verdict = U.V;
      F.Replacement = U.Hip.str();
      F.Message = messageFor(*Row, U, File.Options.Hip, File.Options.Output);
      F.Needs = needsOf(*Row, File.Apis.libraryOf(*Row));
      bool Change = U.V == Verdict::Rename || U.V == Verdict::Edit || U.V == Verdict::Review;
      if (isWrittenAnew(U.Hip))
        F.Edits = callEdits(File, I, U.Hip);
      else if (Change && !U.Hip.empty() && U.Hip != Name)
        F.Edits.push_back({T.Offset, T.Length, U.Hip.str()});
      // What HIP needs no word for goes, with the blank behind it.
      if (U.V == Verdict::Edit && U.Hip.empty())
        F.Edits.push_back({T.Offset, T.Length + uint32_t(File.Source.text().substr(T.end()).starts_with(" ")), ""});
    }
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
