// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Ignore comments that do nothing: without a reason, with the name of no rule, or unfinished. Those that work are heeded when
// all rules have run.
//
//   Seen: // cuport-ignore(warp-indx): rows of 32        Seen: // cuport-ignore(warp-index)

#include "Rules/Ignore.h"

#include "Basic/IgnoreText.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;

namespace {

struct IgnoreComment {
  uint32_t Offset = 0;
  uint32_t Length = 0;
  unsigned Line = 0; ///< the line it speaks of
  IgnoreText Says;
};

} // namespace

/// True where Offset lies in no token: in a comment.
static bool isInComment(const SourceFile &File, uint32_t Offset) {
  size_t Next = File.tokenAt(Offset);
  return (Next == 0 || File.tokens()[Next - 1].end() <= Offset) &&
         (Next == File.tokens().size() || File.tokens()[Next].Offset > Offset);
}

/// The line a comment on Line speaks of: its own where code stands before it, else the next with code.
static unsigned lineMeant(const SourceFile &File, unsigned Line, uint32_t Offset) {
  size_t First = File.tokenAt(File.lineStart(Line));
  if (First < File.tokens().size() && File.tokens()[First].Offset < Offset)
    return Line;
  size_t Next = File.tokenAt(Offset);
  return Next < File.tokens().size() ? File.placeOf(File.tokens()[Next].Offset, 0).Line : Line;
}

static IgnoreText read(llvm::StringRef Text) {
  IgnoreText Says = readIgnoreText(Text);
  for (llvm::StringRef Name : Says.Rules)
    if (llvm::none_of(allRules(), [&](const RuleInfo &R) { return R.Id == Name; }))
      Says.Wrong = "there is no rule '" + Name.str() + "'";
  return Says;
}

static std::vector<IgnoreComment> commentsOf(const SourceFile &File) {
  std::vector<IgnoreComment> Comments;
  llvm::StringRef Text = File.text();
  for (size_t At = Text.find(IgnoreWord); At != llvm::StringRef::npos; At = Text.find(IgnoreWord, At + IgnoreWord.size())) {
    if (!isInComment(File, At))
      continue;
    IgnoreComment C;
    C.Offset = At;
    C.Length = IgnoreWord.size();
    C.Line = lineMeant(File, File.placeOf(At, 0).Line, At);
    C.Says = read(Text.substr(At).take_until([](char Ch) { return Ch == '\n' || Ch == '\r'; }));
    Comments.push_back(std::move(C));
  }
  return Comments;
}

void cuport::heedIgnoreComments(const FileView &File, std::vector<Finding> &Findings) {
  for (const IgnoreComment &C : commentsOf(File.Source)) {
    if (!C.Says.Wrong.empty())
      continue;
    for (Finding &F : Findings)
      if (F.At.Line == C.Line && llvm::is_contained(C.Says.Rules, F.Rule))
        ignore(F, C.Says.Reason);
  }
}

namespace cuport {
void runIgnoreComment(const FileView &File, std::vector<Finding> &Findings) {
  for (const IgnoreComment &C : commentsOf(File.Source)) {
    if (C.Says.Wrong.empty())
      continue;
    Finding F = File.finding("ignore-comment", C.Offset, C.Length, Verdict::Review, Confidence::Resolved);
    F.Name = IgnoreWord.str();
    F.Message = messageOf(C.Says);
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
