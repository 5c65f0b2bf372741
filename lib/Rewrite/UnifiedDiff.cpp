// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rewrite/UnifiedDiff.h"

#include "Rewrite/ApplyEdits.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

#include <vector>

using namespace llvm;

namespace cuport {
namespace {

constexpr size_t Context = 3;

/// Lines [Line, Line + Removed.size()) of the old text become Added. Lines count from 0 and hold
/// their ending.
struct Change {
  size_t Line;
  size_t Begin, End; ///< where the removed lines stand in the old text
  size_t Removed;
  std::string Added;
  size_t AddedLines;
};

/// The first line of `Text`, taken away from it.
StringRef takeLine(StringRef &Text) {
  size_t End = Text.find('\n');
  StringRef Line = Text.substr(0, End == StringRef::npos ? End : End + 1);
  Text = Text.substr(Line.size());
  return Line;
}

/// The last line of `Text`, without taking it.
StringRef lastLine(StringRef Text) {
  size_t Before = Text.drop_back(Text.empty() ? 0 : 1).rfind('\n');
  return Before == StringRef::npos ? Text : Text.substr(Before + 1);
}

size_t countLines(StringRef Text) {
  return Text.count('\n') + (!Text.empty() && Text.back() != '\n');
}

size_t lineBegin(StringRef Text, size_t Offset) {
  size_t Before = Text.substr(0, Offset).rfind('\n');
  return Before == StringRef::npos ? 0 : Before + 1;
}

size_t lineEnd(StringRef Text, size_t Offset) {
  size_t End = Text.find('\n', Offset);
  return End == StringRef::npos ? Text.size() : End + 1;
}

/// What `Edits`, all within the whole lines [Begin, End), change; lines that stay the same at both
/// ends are left out.
Change changeOf(StringRef Old, size_t Begin, size_t End, ArrayRef<Edit> Edits) {
  std::vector<Edit> Local(Edits.begin(), Edits.end());
  for (Edit &E : Local)
    E.Offset -= Begin;
  std::string NewText = applyResolved(Old.slice(Begin, End), Local);
  StringRef From = Old.slice(Begin, End), To = NewText;
  size_t Skipped = 0;
  while (!From.empty() && !To.empty()) {
    StringRef RestFrom = From, RestTo = To;
    if (takeLine(RestFrom) != takeLine(RestTo))
      break;
    From = RestFrom;
    To = RestTo;
    ++Skipped;
  }
  size_t From0 = From.data() - Old.data();
  while (!From.empty() && !To.empty() && lastLine(From) == lastLine(To)) {
    size_t Length = lastLine(From).size();
    From = From.drop_back(Length);
    To = To.drop_back(Length);
  }
  return {Skipped, From0, From0 + From.size(), countLines(From), To.str(), countLines(To)};
}

std::vector<Change> changesOf(StringRef Old, ArrayRef<Edit> Edits) {
  std::vector<Change> Result;
  size_t Line = 0, Counted = 0; // Line is the number of the line that begins at Counted
  while (!Edits.empty()) {
    size_t Begin = lineBegin(Old, Edits.front().Offset), End = Begin, Taken = 0;
    // A line's end joins the edits that stand on it; the text's end is no line's if a newline
    // stands before it.
    while (Taken < Edits.size() && (Taken == 0 || Edits[Taken].Offset < End ||
                                    (End == Old.size() && !Old.ends_with("\n")))) {
      End = lineEnd(Old, size_t(Edits[Taken].Offset) + Edits[Taken].Length);
      ++Taken;
    }
    Line += Old.slice(Counted, Begin).count('\n');
    Counted = Begin;
    Change C = changeOf(Old, Begin, End, Edits.take_front(Taken));
    C.Line += Line;
    if (C.Removed != 0 || C.AddedLines != 0)
      Result.push_back(std::move(C));
    Edits = Edits.drop_front(Taken);
  }
  return Result;
}

void emit(std::string &Out, char Sign, StringRef Lines) {
  while (!Lines.empty()) {
    StringRef Line = takeLine(Lines);
    Out += Sign;
    Out += Line;
    if (!Line.ends_with("\n"))
      Out += "\n\\ No newline at end of file\n";
  }
}

/// "12,3"; a range of no lines is named by the line before it.
std::string rangeOf(size_t Line, size_t Count) {
  return utostr(Count == 0 ? Line : Line + 1) + "," + utostr(Count);
}

/// Writes changes that share a hunk. `Shift` is by how many lines the new text is ahead, before and
/// after.
void emitHunk(std::string &Out, StringRef Old, ArrayRef<Change> Changes, ptrdiff_t &Shift) {
  size_t Begin = Changes.front().Begin, Before = 0;
  for (; Before < Context && Begin != 0; ++Before)
    Begin = lineBegin(Old, Begin - 1);
  size_t End = Changes.back().End;
  for (size_t I = 0; I < Context && End != Old.size(); ++I)
    End = lineEnd(Old, End);

  size_t OldCount = countLines(Old.slice(Begin, End)), NewCount = OldCount;
  for (const Change &C : Changes)
    NewCount += C.AddedLines - C.Removed;
  size_t First = Changes.front().Line - Before;
  Out += "@@ -" + rangeOf(First, OldCount) + " +" + rangeOf(First + Shift, NewCount) + " @@\n";
  for (const Change &C : Changes) {
    emit(Out, ' ', Old.slice(Begin, C.Begin));
    emit(Out, '-', Old.slice(C.Begin, C.End));
    emit(Out, '+', C.Added);
    Begin = C.End;
  }
  emit(Out, ' ', Old.slice(Begin, End));
  Shift += ptrdiff_t(NewCount) - ptrdiff_t(OldCount);
}

/// A header's file name, quoted as git quotes; a tab ends a name with blanks.
std::string headerName(StringRef Prefix, StringRef Path) {
  std::string Name = (Prefix + Path.ltrim('/')).str();
  auto MustEscape = [](unsigned char C) { return C < 0x20 || C == 0x7F || C == '"' || C == '\\'; };
  if (none_of(Name, MustEscape))
    return StringRef(Name).contains(' ') ? Name + "\t" : Name;
  std::string Quoted = "\"";
  for (unsigned char C : Name) {
    if (C == '"' || C == '\\')
      Quoted += {'\\', char(C)};
    else if (MustEscape(C))
      Quoted += {'\\', char('0' + (C >> 6)), char('0' + (C >> 3 & 7)), char('0' + (C & 7))};
    else
      Quoted += char(C);
  }
  return Quoted + "\"";
}

} // namespace

std::string unifiedDiff(StringRef Path, StringRef Old, ArrayRef<Edit> Resolved) {
  std::vector<Change> Changes = changesOf(Old, Resolved);
  if (Changes.empty())
    return "";
  std::string Out = "--- " + headerName("a/", Path) + "\n+++ " + headerName("b/", Path) + "\n";
  ptrdiff_t Shift = 0;
  ArrayRef<Change> Rest = Changes;
  while (!Rest.empty()) {
    size_t Taken = 1;
    while (Taken < Rest.size() &&
           Rest[Taken].Line - (Rest[Taken - 1].Line + Rest[Taken - 1].Removed) <= 2 * Context)
      ++Taken;
    emitHunk(Out, Old, Rest.take_front(Taken), Shift);
    Rest = Rest.drop_front(Taken);
  }
  return Out;
}

} // namespace cuport
