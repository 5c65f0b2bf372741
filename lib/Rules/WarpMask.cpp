// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Warp functions that take a mask of lanes. CUDA's mask has 32 bits; HIP's has 64, because a wavefront may have 64 lanes,
// and HIP has these functions only since 6.2. A mask that names all lanes is written so that it still does; what the code
// assumes about 32 lanes is for a person, and so every use stays a finding.
//
//   Before: v += __shfl_down_sync(0xffffffff, v, 16);
//   After (HIP >= 6.2): v += __shfl_down_sync(0xffffffffffffffffull, v, 16);
//   After (HIP <  6.2): v += __shfl_down(v, 16);
//
// With --warp=rewrite shuffles get the width 32, and votes of all lanes are those of cuport/warp.h: groups of 32 lanes on every card, which is
// the same where a warp has 32. A file that names warpSize counts with the card's width, and is left.
//
//   After (--warp=rewrite): v += __shfl_down(v, 16, 32);  b = cuport::ballot(v > 0);
//
// __syncwarp came with HIP 7 only. Before that, fences around a wave barrier order the lanes' memory as HIP 7's does.

#include "Rules/Calls.h"
#include "Rules/Needs.h"
#include "Rules/SpecialNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace cuport;

static constexpr Version FirstWithMasks{6, 2};

/// What the function is called in HIP before 6.2, without a mask; empty where there was none.
static llvm::StringRef legacyName(llvm::StringRef Name) {
  return llvm::StringSwitch<llvm::StringRef>(Name)
      .Case("__shfl_sync", "__shfl")
      .Case("__shfl_up_sync", "__shfl_up")
      .Case("__shfl_down_sync", "__shfl_down")
      .Case("__shfl_xor_sync", "__shfl_xor")
      .Case("__ballot_sync", "__ballot")
      .Case("__any_sync", "__any")
      .Case("__all_sync", "__all")
      .Default("");
}

static constexpr llvm::StringLiteral WarpBarrier = "__syncwarp";
static constexpr llvm::StringLiteral ActiveMask = "__activemask";
static constexpr Version FirstWithBarrier{7, 0};
static constexpr llvm::StringLiteral FencedBarrier =
    "(__threadfence_block(), __builtin_amdgcn_wave_barrier(), __threadfence_block())";

bool cuport::isWarpMaskName(llvm::StringRef Name) {
  return !legacyName(Name).empty() || Name == WarpBarrier || Name == ActiveMask || Name == "__match_any_sync" || Name == "__match_all_sync";
}

/// What a name is given where the file declares it, if that is the only place where the file gives it anything:
/// `const unsigned full = 0xffffffff;`.
static std::string onlyValueOf(const FileView &File, llvm::StringRef Name) {
  std::string Value;
  for (size_t I = 1; I + 2 < File.tokens().size(); ++I) {
    if (File.tokens()[I].What != Token::Identifier || File.text(I) != Name)
      continue;
    llvm::StringRef Next = File.text(I + 1);
    bool Declares = Next == "=" && File.tokens()[I - 1].What == Token::Identifier;
    bool Writes = Next.ends_with("=") && Next != "==" && Next != "!=" && Next != "<=" && Next != ">=";
    bool Leaks = File.is(I - 1, "&") || File.is(I - 1, "++") || File.is(I - 1, "--") || Next == "++" || Next == "--";
    if ((Writes && !Declares) || Leaks || (Declares && !Value.empty()))
      return "";
    if (Declares) {
      size_t End = I + 2;
      while (End < File.tokens().size() && !File.is(End, ";") && !File.is(End, ","))
        ++End;
      Value = textOf(File, {I + 2, End}).str();
    }
  }
  return Value;
}

/// True for spellings of a mask with all 32 bits set; a macro stands for its body, a constant for its value.
static bool isFullMask(const FileView &File, std::string Text, unsigned Depth = 0) {
  std::erase(Text, ' ');
  llvm::StringRef Mask(Text);
  while (Mask.starts_with("(") && Mask.ends_with(")") && Mask.find(')') == Mask.size() - 1)
    Mask = Mask.drop_front().drop_back();
  for (llvm::StringRef Cast : {"(unsigned)", "(unsignedint)", "(uint32_t)", "(int)"})
    Mask.consume_front(Cast);
  if (llvm::StringRef Body = File.Macros.bodyOf(Mask); !Body.empty() && Depth < 4)
    return isFullMask(File, Body.str(), Depth + 1);
  if (!Mask.empty() && (llvm::isAlpha(Mask[0]) || Mask[0] == '_') && llvm::all_of(Mask, [](char C) { return llvm::isAlnum(C) || C == '_'; }))
    if (std::string Value = onlyValueOf(File, Mask); !Value.empty() && Depth < 4)
      return isFullMask(File, Value, Depth + 1);
  for (llvm::StringRef Cast : {"unsigned(", "uint32_t(", "int(", "static_cast<unsigned>(", "static_cast<unsignedint>(",
                               "static_cast<uint32_t>("})
    if (Mask.starts_with(Cast) && Mask.ends_with(")"))
      return isFullMask(File, Mask.drop_front(Cast.size()).drop_back().str(), Depth + 1);
  if (Mask == "UINT_MAX" || Mask == "UINT32_MAX")
    return true;
  std::string Lower = Mask.rtrim("uUlL").lower();
  return llvm::StringSwitch<bool>(Lower)
      .Cases({"0xffffffff", "4294967295", "-1", "~0", "~0x0"}, true)
      .Cases({"0xffffffffffffffff", "~(0)", "~0x00000000"}, true)
      .Default(false);
}

/// What cuport/warp.h has in place of a function that takes a mask; empty for others.
static llvm::StringRef groupFunction(llvm::StringRef Name) {
  return llvm::StringSwitch<llvm::StringRef>(Name)
      .Case("__ballot_sync", "cuport::ballot")
      .Case("__any_sync", "cuport::any")
      .Case("__all_sync", "cuport::all")
      .Case("__match_any_sync", "cuport::match_any")
      .Case("__activemask", "cuport::active")
      .Default("");
}

/// True where the file counts with the card's width, so that groups of 32 lanes would not fit the rest of it.
static bool namesWarpSize(const FileView &File) {
  for (const Token &T : File.tokens())
    if (T.What == Token::Identifier && File.Source.textOf(T) == "warpSize")
      return true;
  return false;
}

/// The call as one of groups of 32 lanes; false where it cannot be one for certain. F has what else becomes of it.
static bool keepToGroup(const FileView &File, size_t Index, const CallTokens &Call, Finding &F) {
  const Token &T = File.tokens()[Index];
  llvm::StringRef Group = groupFunction(F.Name);
  bool Full = !Call.Arguments.empty() && isFullMask(File, textOf(File, Call.Arguments[0]).str());
  if (F.Name == ActiveMask) {
    F.Edits = {{T.Offset, T.Length, Group.str()}};
  } else if (!Group.empty() && Full && Call.Arguments.size() == 2) {
    uint32_t Mask = File.tokens()[Call.Arguments[0].First].Offset;
    F.Edits = {{T.Offset, T.Length, Group.str()}, {Mask, File.tokens()[Call.Arguments[1].First].Offset - Mask, ""}};
  } else if (llvm::StringRef(F.Name).starts_with("__shfl") && Full && Call.Arguments.size() == 3) {
    // Without a mask in every HIP: lanes of the other group of a warp may be elsewhere, and a mask of all would name them.
    uint32_t Mask = File.tokens()[Call.Arguments[0].First].Offset;
    Group = legacyName(F.Name);
    F.Edits = {{T.Offset, T.Length, Group.str()},
               {Mask, File.tokens()[Call.Arguments[1].First].Offset - Mask, ""},
               {File.tokens()[Call.Close].Offset, 0, ", 32"}};
  } else {
    return false;
  }
  F.Verdict = Verdict::Edit;
  F.Replacement = Group.str();
  F.Needs.clear();
  F.Message = "'" + F.Name + "' is of groups of 32 lanes on every card, as in CUDA";
  return true;
}

/// #include <cuport/warp.h>, behind the last include that no #if decides and that stands before the first use.
static void includeWarpHeader(const FileView &File, uint32_t FirstUse, std::vector<Finding> &Findings) {
  unsigned Depth = 0;
  uint32_t At = 0;
  llvm::StringRef Text = File.Source.text(), Newline = Text.contains("\r\n") ? "\r\n" : "\n";
  for (const Directive &D : File.Source.directives()) {
    if (File.tokens()[D.First].Offset > FirstUse)
      break;
    if (D.Name.starts_with("if"))
      ++Depth;
    else if (D.Name == "endif" && Depth > 0)
      --Depth;
    size_t End = D.Name == "include" && Depth == 0 ? Text.find('\n', File.tokens()[D.Last - 1].end()) : llvm::StringRef::npos;
    if (End != llvm::StringRef::npos)
      At = static_cast<uint32_t>(End + 1);
  }
  Finding F = File.finding("warp-mask", At, 0, Verdict::Edit, Confidence::Resolved);
  F.Replacement = "cuport/warp.h";
  F.Message = "votes of groups of 32 lanes are in 'cuport/warp.h', a header alone that may be copied into the project";
  F.Edits = {{At, 0, ("#include <cuport/warp.h>" + Newline).str()}};
  Findings.push_back(std::move(F));
}

/// __syncwarp() or __syncwarp(mask) where HIP has it not yet.
static void changeBarrier(const FileView &File, size_t Index, const CallTokens &Call, Finding &F) {
  const Token &T = File.tokens()[Index];
  F.Replacement = FencedBarrier.str();
  F.Edits = {{T.Offset, File.tokens()[Call.Close].end() - T.Offset, F.Replacement}};
  F.Message = "'__syncwarp' came with HIP 7.0; a wave barrier between fences orders memory as it does, but lanes that have "
              "branched off do not arrive at it: check that all lanes it names get here together";
}

/// __activemask(): 64 bits in HIP, and before 6.2 the ballot of all that are here.
static void changeActiveMask(const FileView &File, size_t Index, const CallTokens &Call, Finding &F) {
  const Token &T = File.tokens()[Index];
  F.Message = "'__activemask' has 64 bits in HIP; a variable of 32 bits loses half of the lanes of most cards";
  F.Needs = {needsWarpOf32()};
  F.Replacement = F.Name;
  if (File.Options.Hip < FirstWithMasks) {
    F.Replacement = "__ballot(1)";
    F.Edits = {{T.Offset, File.tokens()[Call.Close].end() - T.Offset, F.Replacement}};
    F.Message += "; before HIP 6.2 it is '__ballot(1)'";
  }
}

static void change(const FileView &File, size_t Index, const CallTokens &Call, Finding &F) {
  TokenRange Mask = Call.Arguments.front();
  const Token &T = File.tokens()[Index];
  uint32_t MaskBegin = File.tokens()[Mask.First].Offset, MaskEnd = File.tokens()[Mask.Last - 1].end();
  bool Full = isFullMask(File, textOf(File, Mask).str());
  const char *Why = "; HIP's wavefronts have 32 or 64 lanes, so check what the code takes for granted";
  F.Needs = {needsWarpOf32()};
  if (File.Options.Hip >= FirstWithMasks) {
    F.Replacement = F.Name;
    if (Full) {
      F.Edits = {{MaskBegin, MaskEnd - MaskBegin, "0xffffffffffffffffull"}};
      F.Message = "the mask of '" + F.Name + "' has 64 bits in HIP (define HIP_ENABLE_WARP_SYNC_BUILTINS) and still names all lanes" + Why;
    } else {
      F.Needs.push_back(need(FactKey::LaneMaskBits, 32));
      F.Message = "the mask of '" + F.Name + "' has 64 bits in HIP (define HIP_ENABLE_WARP_SYNC_BUILTINS): widen '" +
                  textOf(File, Mask).str() + "' by hand" + Why;
    }
    return;
  }
  llvm::StringRef Legacy = legacyName(F.Name);
  // A shuffle reads the same lane with or without its mask; a vote would count lanes that the mask leaves out.
  bool IsShuffle = Legacy.starts_with("__shfl");
  if (Legacy.empty() || Call.Arguments.size() < 2 || !(Full || IsShuffle)) {
    F.Verdict = Verdict::Unsupported;
    F.Needs.clear();
    F.Message = "HIP " + toString(File.Options.Hip) + " has no '" + F.Name + "'" +
                (Legacy.empty() ? ", nor a form of it without a mask" : ", and its mask does not name all lanes");
    return;
  }
  F.Replacement = Legacy.str();
  uint32_t Next = File.tokens()[Call.Arguments[1].First].Offset;
  F.Edits = {{T.Offset, T.Length, Legacy.str()}, {MaskBegin, Next - MaskBegin, ""}};
  F.Message = "'" + F.Name + "' is '" + F.Replacement + "' without a mask in HIP before 6.2" +
              (Full ? "" : ", so that all lanes that get here take part; see that '" + textOf(File, Mask).str() +
                               "' names no others") + Why;
}

/// On a card that is written for by its own names the call stays: how wide a mask is there is a fact of few cards.
static void leave(const FileView &File, Finding &F) {
  const CardRows &Card = *File.Options.Card;
  F.Replacement = F.Name;
  F.Message = "'" + F.Name + "' is kept";
  if (!Card.mayHaveWideWarps()) {
    F.Verdict = Verdict::AsIs;
    F.Message += ": warps of " + File.Options.Output + " have 32 lanes";
    return;
  }
  std::string Widths;
  for (uint64_t Lanes : Card.card().numbers(FactKey::WarpWidth))
    Widths += (Widths.empty() ? "" : " or ") + std::to_string(Lanes);
  F.Message += "; warps of " + File.Options.Output + " have " + (Widths.empty() ? "a width that is not known" : Widths + " lanes") +
               ", so see that its mask names them all and has bits for them";
}

/// __shfl_down(0xffffffff, v, d): a mask where the older function, which has none, takes the value.
static void checkForKeptMask(const FileView &File, size_t Index, std::vector<Finding> &Findings) {
  llvm::StringRef Name = File.text(Index);
  bool IsOlder = Name == "__shfl" || Name == "__shfl_up" || Name == "__shfl_down" || Name == "__shfl_xor";
  if (!IsOlder || File.ownerOfToken(Index) == FileView::Owner::User)
    return;
  auto Call = callAt(File, Index);
  if (!Call || Call->Arguments.size() < 3 || !isFullMask(File, textOf(File, Call->Arguments[0]).str()))
    return;
  const Token &Mask = File.tokens()[Call->Arguments[0].First];
  Finding F = File.finding("warp-mask", Mask.Offset, Mask.Length, Verdict::Review, File.confidenceOfToken(Index));
  F.Name = Name.str();
  F.Message = "'" + F.Name + "' has no mask and shuffles its first argument, which is one here: leave the mask out, or call '" + F.Name + "_sync'";
  Findings.push_back(std::move(F));
}

/// WARP_SYNC(0xffffffff): a function of the program's whose name is of warps, and a mask of 32 lanes. What it does with the mask may stand
/// in a file that is not there.
static void checkForPassedMask(const FileView &File, size_t Index, std::vector<Finding> &Findings) {
  llvm::StringRef Name = File.text(Index);
  if (!Name.contains_insensitive("warp") || isWarpMaskName(Name) || !File.is(Index + 1, "(") || (File.Options.Card && !File.Options.Card->mayHaveWideWarps()))
    return;
  auto Call = callAt(File, Index);
  if (!Call)
    return;
  for (TokenRange Argument : Call->Arguments) {
    if (Argument.Last - Argument.First != 1 || !isFullMask(File, textOf(File, Argument).str()))
      continue;
    const Token &Mask = File.tokens()[Argument.First];
    Finding F = File.finding("warp-mask", Mask.Offset, Mask.Length, Verdict::Review, File.confidenceOfToken(Index));
    F.Name = Name.str();
    F.Needs = {needsWarpOf32()};
    F.Message = "the mask given to '" + F.Name + "' names 32 lanes; where it is a set of lanes, a warp of " + File.Options.Output +
                "'s may have more, which are left out: give it a mask of the card's width, and make the parameter as wide";
    Findings.push_back(std::move(F));
  }
}

namespace cuport {
void runWarpMask(const FileView &File, std::vector<Finding> &Findings) {
  bool Rewrite = File.Options.RewriteWarp && !namesWarpSize(File), Included = false;
  for (size_t I = 0; I < File.tokens().size(); ++I) {
    const Token &T = File.tokens()[I];
    if (T.What != Token::Identifier)
      continue;
    checkForKeptMask(File, I, Findings);
    checkForPassedMask(File, I, Findings);
    if (!isWarpMaskName(File.text(I)))
      continue;
    FileView::Owner Owner = File.ownerOfToken(I);
    if (Owner == FileView::Owner::User)
      continue;
    Finding F = File.finding("warp-mask", T.Offset, T.Length, Verdict::Review, File.confidenceOfToken(I));
    F.Name = File.text(I).str();
    auto Call = callAt(File, I);
    if (File.Options.Card) {
      leave(File, F);
      Findings.push_back(std::move(F));
      continue;
    }
    bool IsBarrier = F.Name == WarpBarrier && File.Options.Hip < FirstWithBarrier;
    if (IsBarrier && Call && Owner != FileView::Owner::Ambiguous)
      changeBarrier(File, I, *Call, F);
    else if (F.Name == ActiveMask && Call && Owner != FileView::Owner::Ambiguous)
      changeActiveMask(File, I, *Call, F);
    else if (F.Name == WarpBarrier && Call && Call->Arguments.empty()) {
      F.Message = "'__syncwarp' is the same in HIP; HIP's wavefronts have 32 or 64 lanes, so check what the code takes for granted";
      F.Needs = {needsWarpOf32()};
    } else if (Owner == FileView::Owner::Ambiguous || !Call || Call->Arguments.empty() || Call->Arguments[0].empty())
      F.Message = "'" + F.Name + "' takes a mask of 64 lanes in HIP, and not every HIP has it; this use has to be looked at";
    else
      change(File, I, *Call, F);
    if (Rewrite && Call && Owner != FileView::Owner::Ambiguous && keepToGroup(File, I, *Call, F) && F.Replacement.starts_with("cuport::") && !Included) {
      includeWarpHeader(File, T.Offset, Findings);
      Included = true;
    }
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
