// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The macro or constant that says a warp has 32 lanes, where code counts lanes with it.
//
//   Seen: #define WARP_SIZE 32      Seen: constexpr int kWarp = 32;
//
// A constant of 32 is taken for it where lane arithmetic names it (Frontend/LaneFlow.h), or where it is called so: host code
// sizes blocks and counts warps with it.

#include "Rules/Lanes.h"
#include "Rules/Needs.h"

#include "llvm/ADT/StringExtras.h"

using namespace cuport;

static std::string messageFor(const LaneFact &L) {
  return "'" + L.Text + "' is the width of a warp and fixed for 32 lanes; give it the card's width (64 on most of AMD's), or keep groups of 32 and "
         "give every shuffle the width '" + L.Text + "'";
}

/// WARP_SIZE, kWarpSize, threads_per_warp, WARP.
static bool isWarpWidthName(llvm::StringRef Name) {
  std::string Lower;
  for (char C : Name)
    if (C != '_')
      Lower += llvm::toLower(C);
  llvm::StringRef Word(Lower);
  Word.consume_front("k");
  bool Counts = Word.contains("size") || Word.contains("threads") || Word.contains("width") || Word.contains("lanes");
  return Word == "warp" || (Word.contains("warp") && Counts && !Word.contains("warpsper"));
}

namespace cuport {
void runWarpConstant(const FileView &File, std::vector<Finding> &Findings) {
  addLaneFindings(File, "warp-constant", {LaneFact::Constant}, messageFor, Findings);
  for (size_t I = 0; I + 2 < File.tokens().size(); ++I) {
    if (File.tokens()[I].What != Token::Identifier || !isWarpWidthName(File.text(I)))
      continue;
    const Directive *D = File.Source.directiveOf(I);
    bool IsMacro = D && D->Name == "define" && D->First + 2 == I;
    size_t Value = IsMacro ? I + 1 : File.is(I + 1, "=") ? I + 2 : 0;
    if (!Value)
      continue;
    while (File.is(Value, "("))
      ++Value;
    if (Value >= File.tokens().size() || File.text(Value).rtrim("uU") != "32")
      continue;
    const Token &T = File.tokens()[Value];
    LaneFact Fact{T.Offset, LaneFact::Constant, T.Length, File.text(I).str()};
    if (File.Facts && File.Facts->Lanes.count(Fact))
      continue; // the flow of values has told already
    Finding F = File.finding("warp-constant", T.Offset, T.Length, Verdict::Review, File.lexicalConfidence(T.Offset));
    F.Name = Fact.Text;
    F.Message = messageFor(Fact);
    F.Needs = {needsWarpOf32()};
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
