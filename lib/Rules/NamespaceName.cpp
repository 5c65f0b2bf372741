// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Namespaces of CUDA's C++ libraries, where they qualify a name, are opened, used or aliased.
//
//   Before: cub::DeviceReduce::Sum(...)     After: hipcub::DeviceReduce::Sum(...)
//   Before: using namespace nvcuda;         After: using namespace rocwmma;

#include "Rules/Cutlass.h"
#include "Rules/SpecialNames.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

using namespace cuport;

/// A namespace name stands before ::, or behind namespace or = in a using or alias.
static bool isNamespacePosition(const FileView &File, size_t Index) {
  if (File.is(Index + 1, "::"))
    return true;
  if (Index == 0)
    return false;
  if (File.is(Index - 1, "namespace"))
    return File.is(Index + 1, ";") || File.is(Index + 1, "{");
  if (File.is(Index - 1, "=") && Index >= 3 && File.is(Index - 3, "namespace"))
    return true;
  return File.is(Index - 1, "::") && File.is(Index + 1, ";");
}

/// True where a namespace stands before token Index: mine::cub, but not return ::cub.
static bool qualifiesNext(const FileView &File, size_t Index) {
  llvm::ArrayRef<Token> Tokens = File.tokens();
  return Index > 1 && File.is(Index - 1, "::") && Tokens[Index - 2].What == Token::Identifier && Tokens[Index - 2].end() == Tokens[Index - 1].Offset;
}

/// half_t, float_e4m3_t, int4b_t
static bool isNumberType(llvm::StringRef Name) {
  return Name.ends_with("_t") && (Name == "half_t" || Name == "bfloat16_t" || Name == "tfloat32_t" || Name.starts_with("float_e") ||
                                  Name.starts_with("float_ue") || Name.starts_with("int") || Name.starts_with("uint"));
}

/// Code that is built of CUTLASS, CuTe included: to be written anew as a whole, so that it is said once a file and not at each name.
static void lookForCutlass(const FileView &File, std::vector<Finding> &Findings) {
  llvm::ArrayRef<Token> Tokens = File.tokens();
  std::map<llvm::StringRef, std::vector<size_t>> Places;
  for (size_t I = 0; I < Tokens.size(); ++I)
    if (Tokens[I].What == Token::Identifier && (File.text(I) == "cutlass" || File.text(I) == "cute") && isNamespacePosition(File, I) &&
        !qualifiesNext(File, I))
      Places[File.text(I)].push_back(I);
  if (Places.empty())
    return;
  const bool Includes = includesCutlass(File.Source);
  // cute alone may be anybody's.
  if (!Includes && !Places.contains("cutlass"))
    return;
  size_t First = Tokens.size(), Count = 0;
  bool OnlyNumbers = !Includes; // as the files have that do nothing but instantiate kernels
  for (const auto &[Name, At] : Places) {
    First = std::min(First, At.front());
    Count += At.size();
    OnlyNumbers &= llvm::all_of(At, [&](size_t I) { return I + 2 < Tokens.size() && File.is(I + 1, "::") && isNumberType(File.text(I + 2)); });
  }
  Finding F = File.finding("namespace-name", Tokens[First].Offset, Tokens[First].Length, Verdict::Unsupported, Confidence::Resolved);
  F.Name = "cutlass";
  if (OnlyNumbers) {
    F.Verdict = Verdict::AsIs;
    F.Message = "types of numbers of CUTLASS's, which go where the code that takes them goes";
    Findings.push_back(std::move(F));
    return;
  }
  F.Message = "code of CUTLASS and CuTe, whose namespaces are named at " + std::to_string(Count) + (Count == 1 ? " place" : " places") +
              " of this file: its kernels are made of NVIDIA's matrix instructions; write what it computes with the card's own library "
              "(Composable Kernel on AMD's cards), or use its vendor's fork of CUTLASS";
  Findings.push_back(std::move(F));
}

namespace cuport {
void runNamespaceName(const FileView &File, std::vector<Finding> &Findings) {
  lookForCutlass(File, Findings);
  llvm::ArrayRef<Token> Tokens = File.tokens();
  for (size_t I = 0; I < Tokens.size(); ++I) {
    if (Tokens[I].What != Token::Identifier)
      continue;
    // The longest spelling that has a row: nvcuda::wmma before nvcuda.
    const ApiRow *Row = File.Apis.find(File.text(I));
    size_t Last = I;
    if (File.is(I + 1, "::") && I + 2 < Tokens.size() && Tokens[I + 2].What == Token::Identifier) {
      std::string Nested = (File.text(I) + "::" + File.text(I + 2)).str();
      if (const ApiRow *Longer = File.Apis.find(Nested); Longer && Longer->Kind == ApiKind::Namespace) {
        Row = Longer;
        Last = I + 2;
      }
    }
    if (!Row || Row->Kind != ApiKind::Namespace || !isNamespacePosition(File, Last))
      continue;
    FileView::Owner Owner = File.ownerOfToken(I);
    if (needsPerson(verdictFor(*Row, File.Options.Hip)) && saysQualifiedName(File, I))
      continue; // one finding for both
    bool Opened = I > 0 && File.is(I - 1, "namespace") && File.is(Last + 1, "{");
    if (Owner == FileView::Owner::User || Owner == FileView::Owner::Ambiguous)
      continue; // a namespace of the user's with that name
    // The program may have asked for the library in a namespace of its own, which HIP's is not in: mine::cub is ::hipcub.
    size_t First = I;
    if (Owner == FileView::Owner::Cuda && Row->Hip != Row->Cuda)
      while (qualifiesNext(File, First))
        First -= 2;
    if (First < I && First > 0 && File.is(First - 1, "::"))
      --First;
    uint32_t Begin = Tokens[First].Offset, Length = Tokens[Last].end() - Begin;
    Verdict V = verdictFor(*Row, File.Options.Hip);
    Finding F = File.finding("namespace-name", Begin, Length, Opened && !needsPerson(V) ? Verdict::Review : V,
                             File.confidenceOfToken(I));
    F.Name = Row->Cuda.str();
    F.Replacement = (First < I && !Row->Hip.empty() ? "::" : "") + Row->Hip.str();
    std::string Why = (Row->Note.empty() ? Row->Reason : Row->Note).str();
    if (Row->Hip.empty())
      F.Message = File.Options.Output + " has nothing for namespace '" + F.Name + "'";
    else if (Row->Hip == Row->Cuda)
      F.Message = "namespace '" + F.Name + "' is the same in " + File.Options.Output;
    else
      F.Message = "namespace '" + F.Name + "' is '" + F.Replacement + "' in " + File.Options.Output;
    if (Opened)
      F.Message += "; the project adds to it here";
    if (!Why.empty())
      F.Message += ": " + Why;
    if (!Row->Hip.empty() && Row->Hip != Row->Cuda && V != Verdict::Unsupported && V != Verdict::Redesign)
      F.Edits = {{Begin, Length, F.Replacement}};
    Findings.push_back(std::move(F));
    I = Last;
  }
}
} // namespace cuport
