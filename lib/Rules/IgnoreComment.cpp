// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Ignore comments that do nothing: without a reason, with the name of no rule, or unfinished. Those that work are heeded when
// all rules have run.
//
//   Seen: // cuport-ignore(warp-indx): rows of 32        Seen: // cuport-ignore(warp-index)

#include "Rules/Ignore.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;

namespace {

struct IgnoreComment {
  uint32_t Offset = 0;
  uint32_t Length = 0;
  unsigned Line = 0; ///< the line it speaks of
  llvm::SmallVector<llvm::StringRef, 2> Rules;
  llvm::StringRef Reason;
  std::string Wrong; ///< what is wrong with it; empty where it is right
};

} // namespace

static constexpr llvm::StringLiteral Word = "cuport-ignore";

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

static void read(llvm::StringRef Text, IgnoreComment &Comment) {
  llvm::StringRef Rest = Text.drop_front(Word.size());
  size_t Close = Rest.find(')');
  if (!Rest.consume_front("(") || Close == llvm::StringRef::npos) {
    Comment.Wrong = "it names no rule";
    return;
  }
  llvm::StringRef Names = Rest.substr(0, Close - 1);
  Rest = Rest.drop_front(Close);
  llvm::SmallVector<llvm::StringRef, 2> Parts;
  Names.split(Parts, ',');
  for (llvm::StringRef Name : Parts) {
    Comment.Rules.push_back(Name.trim());
    if (llvm::none_of(allRules(), [&](const RuleInfo &R) { return R.Id == Comment.Rules.back(); }))
      Comment.Wrong = "there is no rule '" + Comment.Rules.back().str() + "'";
  }
  if (Rest.consume_front(":"))
    Comment.Reason = Rest.trim();
  if (Comment.Reason.ends_with("*/"))
    Comment.Reason = Comment.Reason.drop_back(2).rtrim();
  if (Comment.Wrong.empty() && Comment.Reason.empty())
    Comment.Wrong = "it gives no reason";
}

static std::vector<IgnoreComment> commentsOf(const SourceFile &File) {
  std::vector<IgnoreComment> Comments;
  llvm::StringRef Text = File.text();
  for (size_t At = Text.find(Word); At != llvm::StringRef::npos; At = Text.find(Word, At + Word.size())) {
    if (!isInComment(File, At))
      continue;
    IgnoreComment C;
    C.Offset = At;
    C.Length = Word.size();
    C.Line = lineMeant(File, File.placeOf(At, 0).Line, At);
    read(Text.substr(At).take_until([](char Ch) { return Ch == '\n' || Ch == '\r'; }), C);
    Comments.push_back(std::move(C));
  }
  return Comments;
}

void cuport::heedIgnoreComments(const FileView &File, std::vector<Finding> &Findings) {
  for (const IgnoreComment &C : commentsOf(File.Source)) {
    if (!C.Wrong.empty())
      continue;
    for (Finding &F : Findings)
      if (F.At.Line == C.Line && llvm::is_contained(C.Rules, F.Rule)) {
        F.Verdict = Verdict::AsIs;
        F.Edits.clear();
        F.Replacement.clear();
        F.Ignored = C.Reason.str();
        F.Message = "left as it is, as a comment says: " + F.Ignored;
      }
  }
}

namespace cuport {
void runIgnoreComment(const FileView &File, std::vector<Finding> &Findings) {
  for (const IgnoreComment &C : commentsOf(File.Source)) {
    if (C.Wrong.empty())
      continue;
    Finding F = File.finding("ignore-comment", C.Offset, C.Length, Verdict::Review, Confidence::Resolved);
    F.Name = Word.str();
    F.Message = "this comment has no effect, since " + C.Wrong + "; write 'cuport-ignore(rule): reason'";
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
