// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA names that a macro pastes from pieces. Where the piece that carries CUDA's prefix is right for every use, it is
// changed: at the use, or in the macro's definition. Otherwise it is a finding.
//
//   Before: #define PASTE(a, b) a##b          After: #define PASTE(a, b) a##b
//           PASTE(cuda, Free)(p);                    PASTE(hip, Free)(p);
//   Before: #define CALL(f) cuda##f           After: #define CALL(f) hip##f

#include "Rules/Calls.h"

#include "llvm/ADT/STLExtras.h"

#include <map>
#include <set>

using namespace cuport;

/// The new first piece, if putting it for Piece turns Name into what its row says; nothing otherwise.
static std::optional<std::string> replacementFor(const FileView &File, llvm::StringRef Name,
                                                 llvm::StringRef Piece) {
  const ApiRow *Row = File.Apis.find(Name);
  if (!Row || Row->Hip.empty() || needsPerson(verdictFor(*Row, File.Options.Hip)) ||
      !Name.starts_with(Piece) || Piece == Name)
    return std::nullopt;
  llvm::StringRef Tail = Name.drop_front(Piece.size());
  llvm::StringRef Hip = hipNameFor(*Row, File.Options.Hip);
  if (!Hip.ends_with(Tail))
    return std::nullopt;
  return Hip.drop_back(Tail.size()).str();
}

namespace {
struct PastedBy {
  std::set<std::string> Names;
  size_t Places = 0; ///< where it is used
};
} // namespace

/// What a macro of this spelling pastes anywhere in the project.
static PastedBy pastedBy(const FileView &File, llvm::StringRef Macro) {
  PastedBy Result;
  for (const auto &[Path, F] : File.Project.Files)
    for (const auto &[Offset, Set] : F.Pastes) {
      bool Here = false;
      for (const PasteFact &P : Set)
        if (P.Macro == Macro) {
          Result.Names.insert(P.Name);
          Here = true;
        }
      Result.Places += Here;
    }
  return Result;
}

/// The one replacement that is right for all names, or nothing.
static std::optional<std::string> commonReplacement(const FileView &File, const std::set<std::string> &Names,
                                                    llvm::StringRef Piece) {
  std::optional<std::string> Common;
  for (const std::string &Name : Names) {
    auto One = replacementFor(File, Name, Piece);
    if (!One || (Common && *Common != *One))
      return std::nullopt;
    Common = One;
  }
  return Common;
}

/// At a use: the argument that is the prefix, changed for the names this use makes.
static void atUse(const FileView &File, uint32_t Offset, const std::set<PasteFact> &Pastes,
                  std::vector<Finding> &Findings) {
  size_t Index = File.Source.tokenAt(Offset);
  if (Index >= File.tokens().size() || File.tokens()[Index].Offset != Offset)
    return;
  std::set<std::string> Names;
  for (const PasteFact &P : Pastes)
    Names.insert(P.Name);
  const Token &T = File.tokens()[Index];
  Finding F = File.finding("pasted-name", T.Offset, T.Length, Verdict::Review, Confidence::Resolved);
  F.Name = *Names.begin();
  if (const ApiRow *Row = File.Apis.find(F.Name))
    F.Replacement = hipNameFor(*Row, File.Options.Hip).str();
  F.Message = "the macro makes '" + F.Name + "' out of pieces; it has to become '" + F.Replacement + "' in " + File.Options.Output;
  if (F.Replacement.empty())
    F.Message = "the macro makes '" + F.Name + "' out of pieces, and " + File.Options.Output + " has nothing for it";
  if (auto Call = callAt(File, Index)) {
    for (size_t I = Call->Open + 1; I < Call->Close; ++I) {
      if (File.tokens()[I].What != Token::Identifier)
        continue;
      auto New = commonReplacement(File, Names, File.text(I));
      if (!New)
        continue;
      F.Verdict = Verdict::Edit;
      F.Message = "the macro makes '" + F.Name + "' out of pieces; the piece '" + File.text(I).str() + "' becomes '" +
                  *New + "'";
      F.Edits = {{File.tokens()[I].Offset, File.tokens()[I].Length, *New}};
      break;
    }
  }
  // The definition may hold the prefix; then the finding there has the edit or says that there is none, and this place is in order.
  if (F.Edits.empty()) {
    bool AtDefinition = true, Changed = true;
    for (const PasteFact &P : Pastes) {
      std::optional<llvm::StringRef> Piece = File.Macros.pastedPrefix(P.Macro);
      AtDefinition &= Piece && replacementFor(File, P.Name, *Piece);
      Changed &= AtDefinition && commonReplacement(File, pastedBy(File, P.Macro).Names, *Piece);
    }
    if (AtDefinition) {
      F.Verdict = Verdict::AsIs;
      F.Message = "the macro makes '" + F.Name + "' out of pieces; its definition is " + (Changed ? "changed" : "told");
    }
  }
  Findings.push_back(std::move(F));
}

/// Where a macro was seen to paste a piece, and which names keep the piece from being changed: those for which the change that most have in
/// common is not right.
static std::string seenAt(const FileView &File, const PastedBy &Pasted, llvm::StringRef Piece) {
  std::map<std::string, size_t> Right;
  for (const std::string &Name : Pasted.Names)
    if (auto One = replacementFor(File, Name, Piece))
      ++Right[*One];
  std::string Seen = " at " + std::to_string(Pasted.Places) + (Pasted.Places == 1 ? " place" : " places");
  if (Right.empty())
    return Seen + ", and no change of it is right for any of them";
  const auto Most = llvm::max_element(Right, [](const auto &A, const auto &B) { return A.second < B.second; });
  Seen += "; '" + Most->first + "' is right for " + std::to_string(Most->second) + " of " + std::to_string(Pasted.Names.size()) +
          " names and not for";
  size_t Told = 0;
  for (const std::string &Name : Pasted.Names) {
    if (Told == 3 || replacementFor(File, Name, Piece) == Most->first)
      continue;
    Seen += (Told++ ? ", '" : " '") + Name + "'";
  }
  const size_t Left = Pasted.Names.size() - Most->second - Told;
  return Seen + (Left ? " and " + std::to_string(Left) + " more" : "");
}

/// In a definition: an identifier joined by ## that is a prefix of CUDA's.
static void atDefinition(const FileView &File, const Directive &D, std::vector<Finding> &Findings) {
  static constexpr llvm::StringLiteral Prefixes[] = {"cuda", "cublas", "cudnn", "cufft", "curand", "cusparse",
                                                     "cusolver", "cu", "CUDA", "CUDA_", "CU_", "CUBLAS_"};
  for (size_t I = D.First + 3; I + 1 < D.Last; ++I) {
    if (File.tokens()[I].What != Token::Identifier || !File.is(I + 1, "##") || File.is(I - 1, "##"))
      continue;
    llvm::StringRef Piece = File.text(I), Macro = File.text(D.First + 2);
    const PastedBy Pasted = pastedBy(File, Macro);
    const std::set<std::string> &Names = Pasted.Names;
    bool Starts = false;
    for (const std::string &Name : Names)
      Starts |= llvm::StringRef(Name).starts_with(Piece);
    bool LooksLikeCuda = false;
    for (llvm::StringRef Prefix : Prefixes)
      LooksLikeCuda |= Piece == Prefix || (Prefix.size() > 3 && Piece.starts_with(Prefix));
    if (!Starts && !LooksLikeCuda)
      continue;
    const Token &T = File.tokens()[I];
    Finding F = File.finding("pasted-name", T.Offset, T.Length, Verdict::Review, Confidence::Unresolved);
    F.Name = Piece.str();
    auto New = Names.empty() ? std::nullopt : commonReplacement(File, Names, Piece);
    if (New) {
      F.Verdict = Verdict::Edit;
      F.Confidence = Confidence::Resolved;
      F.Replacement = *New;
      F.Message = "'" + F.Name + "' is pasted into names of CUDA's and becomes '" + *New + "', which is right for all " +
                  std::to_string(Names.size()) + " names seen";
      F.Edits = {{T.Offset, T.Length, *New}};
    } else {
      F.Message = "'" + F.Name + "' is pasted into names" + (Names.empty() ? ", and no use of it was seen" : seenAt(File, Pasted, Piece)) +
                  "; change the macro by hand";
    }
    Findings.push_back(std::move(F));
  }
}

namespace cuport {
void runPastedName(const FileView &File, std::vector<Finding> &Findings) {
  if (File.Facts)
    for (const auto &[Offset, Pastes] : File.Facts->Pastes)
      atUse(File, Offset, Pastes, Findings);
  for (const Directive &D : File.Source.directives())
    if (D.Name == "define" && D.Last > D.First + 4)
      atDefinition(File, D, Findings);
}
} // namespace cuport
