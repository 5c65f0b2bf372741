// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Streams that wait for the default stream, in a file that launches there too.
//
//   Seen: cudaStreamCreate(&s);  kernel<<<g, b>>>();  other<<<g, b, 0, s>>>();

#include "Rules/Calls.h"

using namespace cuport;

/// True where a launch of the file names no stream: fewer than four parts.
static bool launchesInDefaultStream(const FileView &File) {
  for (size_t I = 0; I < File.tokens().size(); ++I) {
    if (!File.is(I, "<<<"))
      continue;
    size_t End = I + 1;
    while (End < File.tokens().size() && !File.is(End, ">>>") && !File.is(End, ";"))
      ++End;
    if (File.is(End, ">>>") && splitAtCommas(File, {I + 1, End}).size() < 4)
      return true;
  }
  return false;
}

namespace cuport {
void runDefaultStream(const FileView &File, std::vector<Finding> &Findings) {
  for (size_t I = 0; I < File.tokens().size(); ++I) {
    const Token &T = File.tokens()[I];
    if (T.What != Token::Identifier || T.InDirective || File.text(I) != "cudaStreamCreate" || File.ownerOfToken(I) == FileView::Owner::User)
      continue;
    if (!launchesInDefaultStream(File))
      return;
    Finding F = File.finding("default-stream", T.Offset, T.Length, Verdict::AsIs, File.confidenceOfToken(I));
    F.Name = "cudaStreamCreate";
    F.Message = "streams made so wait for the default stream, in which this file launches too; HIP keeps that order, other runtimes need not: name a stream at each launch, or "
                "join them with events";
    Findings.push_back(std::move(F));
    return; // one tells it for the file
  }
}
} // namespace cuport
