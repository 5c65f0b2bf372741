// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/Excerpts.h"

#include <set>

using namespace cuport;

static constexpr unsigned LinesAround = 3;
static constexpr size_t LongestLine = 200; ///< bytes
static constexpr size_t LinesOfFile = 2000;
static constexpr size_t LinesOfReport = 20000;

static llvm::StringRef lineOf(const SourceFile &Source, unsigned Line) {
  llvm::StringRef Text = Source.text().drop_front(Source.lineStart(Line));
  Text = Text.take_until([](char C) { return C == '\n'; }).rtrim('\r');
  if (Text.size() <= LongestLine)
    return Text;
  size_t End = LongestLine;
  while (End > 0 && (static_cast<unsigned char>(Text[End]) & 0xC0) == 0x80) // not inside a character
    --End;
  return Text.take_front(End);
}

std::vector<Excerpt> cuport::excerptsOf(const SourceFile &Source, llvm::ArrayRef<Finding> Findings, size_t &LinesTaken) {
  std::set<unsigned> Wanted;
  for (const Finding &F : Findings) {
    if (!needsPerson(F.Verdict) || F.At.Line == 0 || Wanted.size() > LinesOfFile)
      continue;
    unsigned First = F.At.Line > LinesAround ? F.At.Line - LinesAround : 1;
    unsigned Last = std::min(F.At.Line + LinesAround, Source.lineCount());
    for (unsigned Line = First; Line <= Last; ++Line)
      Wanted.insert(Line);
  }
  if (LinesTaken + Wanted.size() > LinesOfReport)
    return {};
  LinesTaken += Wanted.size();
  std::vector<Excerpt> Result;
  unsigned Next = 0;
  for (unsigned Line : Wanted) {
    if (Result.empty() || Line != Next)
      Result.push_back({Line, ""});
    else
      Result.back().Text += '\n';
    Result.back().Text += lineOf(Source, Line);
    Next = Line + 1;
  }
  return Result;
}
